"""Calibration: auditors for the lead, the method for everybody."""
