"""Tables that people upload: read safely, told apart by their headings, and kept for a dry run."""
