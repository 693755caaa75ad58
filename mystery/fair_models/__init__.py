"""Fair models: what a fair comparison rests on, read and fitted once for as long as nothing changes."""
