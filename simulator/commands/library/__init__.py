"""Commands for the sessions that there are: list, show, search, compare, move, delete, browse."""
