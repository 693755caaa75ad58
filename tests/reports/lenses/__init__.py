"""The lenses on results (LN-02 to LN-07)."""
