"""What to practise and when: drills, their schedule, the plan of days.

Never knows how a drill is held.
"""
