"""Lines and second opinions from a chat model, and the guard on what it says.

Never decides what comes next.
"""
