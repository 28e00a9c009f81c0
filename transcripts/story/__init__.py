"""What an answer is made of: sentences, parts, progress, terms.

Pure: never knows a score, a time or a file.
"""
