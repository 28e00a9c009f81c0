"""Is it found whether the frame was switched when the listener changed?"""
