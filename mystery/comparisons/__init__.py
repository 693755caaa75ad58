"""Comparisons: the staff of a unit and period, side by side."""
