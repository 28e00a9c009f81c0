"""Model weights: which are known, where they are got from, whether they are whole.

Never knows what a model is used for.
"""
