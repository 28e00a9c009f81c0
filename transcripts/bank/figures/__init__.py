"""The figures that somebody claims in a text, spoken or written. Knows nobody's story and no session."""
