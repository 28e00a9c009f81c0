"""Who asks, and what: the interviewer's moves and words."""
