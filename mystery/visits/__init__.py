"""Visits: what was submitted, with its arithmetic, photos and report."""
