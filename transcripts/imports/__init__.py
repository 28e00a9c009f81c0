"""Transcripts made elsewhere (Zoom, Teams, Meet, Otter, Whisper): formats, speakers, pairs.

Never knows a session of ours.
"""
