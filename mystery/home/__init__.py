"""Home: the first page, language choice and health."""
