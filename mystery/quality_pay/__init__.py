"""Quality pay: a formula agreed in advance, every line explained, signed by a person (LN-05)."""
