"""Verification: a stranger with a printed report learns whether it was printed here, and nothing else."""
