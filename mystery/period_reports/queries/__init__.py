"""What the reports over a period are made from, already counted where the database can count."""
