"""Archives: the reports of many visits as one ZIP, packed by a worker and kept for a few days."""
