"""Interviews and the library in the browser, served from this machine.

Never knows the command line.
"""
