"""The live session on the sample clock: ear, floor, mouth, interviewer, recorder.

Never knows devices, terminals or settings' files.
"""
