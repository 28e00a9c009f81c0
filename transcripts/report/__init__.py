"""What a person or a program reads of a session: Markdown, HTML, JSON, captions, a table.

Never knows other sessions.
"""
