"""The method page: how figures come about, for people without statistics, with examples that are computed."""
