"""Practice with an aim: a story against the clock, a drill, a day of the plan.

Never knows a command line.
"""
