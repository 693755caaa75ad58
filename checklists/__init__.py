"""What a good visit is, and how it is scored."""
