"""Capture: the auditor fills in a checklist on the phone."""
