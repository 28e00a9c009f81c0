"""Sound in and out: the sound card, files, a simulated room, echo, playback.

Never knows what the sound says.
"""
