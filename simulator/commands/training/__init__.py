"""Commands for the days before an interview: stories, drills, the plan."""
