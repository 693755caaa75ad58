"""How scores are compared, drawn and printed: plain rows in, plain results or bytes out."""
