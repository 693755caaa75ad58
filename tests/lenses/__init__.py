"""Lenses."""
