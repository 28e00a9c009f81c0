"""Commands that hold an interview: interview, demo, simulate."""
