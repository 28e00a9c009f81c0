"""What a session leaves on the disk: events, recording, details, notes, and where they lie.

Never knows what was meant.
"""
