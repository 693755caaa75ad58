"""The commands that open the application: serving, database, demonstration, people, imports."""
