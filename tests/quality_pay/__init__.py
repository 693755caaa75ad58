"""Quality pay."""
