"""Authoring: publishing checklist versions and the notice given to staff."""
