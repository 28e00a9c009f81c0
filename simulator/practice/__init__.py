"""Simulated candidates: scripts, simulation in virtual time, the demo.

Never knows a real microphone.
"""
