"""What is done with what was said, afterwards: transcribe, analyze, score, compare, export, import, delete.

Never knows a session that runs.
"""
