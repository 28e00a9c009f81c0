"""What lets somebody in who is not at this machine: a name to reach it by, https, and a password.

Never knows what lies behind the door.
"""
