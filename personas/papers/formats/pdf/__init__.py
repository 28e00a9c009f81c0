"""PDFs: from letters and where they stand to lines in the order in which they are read.

Never knows whose paper it is.
"""
