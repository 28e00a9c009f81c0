"""Personas, packs, phrases and content checks: files that people write, read and checked.

Never knows an interview that runs.
"""
