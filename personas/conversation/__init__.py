"""What the interviewer does next and in which words: replies, patience, director, templates.

Never knows sound or servers.
"""
