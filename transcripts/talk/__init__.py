"""Who said what when, and how: turns, answers, pacing, fillers, interruptions.

Pure: never knows what it is worth.
"""
