"""What was said and how well: events, words, analysis, report. Knows none of the other packages."""
