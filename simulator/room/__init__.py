"""Sessions held in a browser's page: which there are, how a page joins one, and what it is told.

It never knows cookies or who may come in: what reaches it has passed the doorkeeper.
"""
