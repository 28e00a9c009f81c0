"""What a paper says of a person or a job: roles, projects, skills, and what may be asked about.

Pure; never reads a file, and never lets the person's name or address into what is spoken.
"""
