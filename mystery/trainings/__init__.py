"""Trainings: who was taught what and when, and what it did to the scores."""
