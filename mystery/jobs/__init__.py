"""Jobs: work that outlives a request, written down in the transaction that asked for it."""
