"""What an answer is worth, with the words that show it.

Pure: never knows how it is shown.
"""
