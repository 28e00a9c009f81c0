"""From text to sound: the voices that speak the interviewer's lines.

Never knows when a line is played, or cut off.
"""
