"""The phone: drafts and photos that arrive piece by piece, and visits that arrive exactly once."""
