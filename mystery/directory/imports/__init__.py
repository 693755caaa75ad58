"""The import of units and employees: from an uploaded file to a plan of what would change."""
