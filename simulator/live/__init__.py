"""A session with a person: their devices, papers, screen and keys, and the folder it leaves.

Never decides who may speak.
"""
