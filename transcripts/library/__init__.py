"""Many sessions: their folders, the index, search, take against take.

Never knows how a session is held.
"""
