"""Printouts: the dossier that a report is printed from, and the kept PDF of each."""
