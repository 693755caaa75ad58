"""Lenses: what the visits of a unit show through the customer's eyes, and what its loyalty buttons say."""
