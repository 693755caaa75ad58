"""The rows behind the lenses, counted in the database as far as it can count."""
