"""Planning: the lead assigns visits to auditors."""
