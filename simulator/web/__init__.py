"""The library in the browser, served from this machine to this machine.

Never knows the command line.
"""
