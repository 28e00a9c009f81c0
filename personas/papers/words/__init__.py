"""What a single line says: a time, a title, an employer, a heading, a deed, a name.

Pure; never knows which paper the line is from.
"""
