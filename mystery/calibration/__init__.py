"""Calibration: how severe auditors are and how well they agree, for the lead; the method, for everybody."""
