"""The import of trainings: from an uploaded table to a plan of what would be recorded, and the recording."""
