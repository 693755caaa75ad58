"""Review: what a person has to look at before a visit counts, or because two things arrived."""
