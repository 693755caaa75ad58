"""Tests of the method page."""
