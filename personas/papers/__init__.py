"""The candidate's résumé and the job posting, and the questions they lead to.

Never knows what was answered.
"""
