"""A person's stories: their files, what each take covers of them, what was claimed where.

Never knows who asked, nor how a take is recorded.
"""
