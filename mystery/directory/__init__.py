"""Directory: units, employees and their import."""
