"""Reports over a period: one employee's visits, and a unit's standards by staff."""
