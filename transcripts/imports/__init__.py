"""Transcripts made elsewhere: formats, speakers, pairs.

Never knows a session of ours.
"""
