"""A class on one machine: libraries apart, and a teacher who sees what was handed in.

Who somebody is, the door finds out; whose library it is, the journal knows. Nothing here ever shows the
library of one to another.
"""
