"""The sheet of a visit: what was entered, whether it may be sent, and how it is frozen as evidence."""
