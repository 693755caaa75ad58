"""The people, pages, phone and database of Mystery; the only package that knows Flask."""
