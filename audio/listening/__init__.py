"""From sound to words: speech or not, what was said, whether the speaker is done.

Never knows who asks or why.
"""
