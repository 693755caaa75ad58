"""The lenses of the source articles on results (LN-02 to LN-07): plain rows in, results and sentences out."""
