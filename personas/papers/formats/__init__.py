"""Papers from files: what stands in a résumé or a posting of any common format, line by line.

Never knows what the lines mean, and never trusts a file.
"""
