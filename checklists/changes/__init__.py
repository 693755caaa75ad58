"""How two versions of a checklist differ, in sentences of both languages; used by `version_changes`."""
