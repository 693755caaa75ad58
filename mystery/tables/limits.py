"""How much an imported file may hold, and the refusal; shared by the guards and the worker."""

from __future__ import annotations

# 12 MB is also what the web server takes; the command line is held to the same.
MOST_FILE_BYTES = 12 * 1024 * 1024
MOST_UNPACKED_BYTES = 80 * 1024 * 1024
MOST_ZIP_MEMBERS = 300
MOST_ZIP_DIRECTORY_BYTES = 64 * 1024
# An import is one transaction; so many rows hold the write lock for a few seconds, which others can wait.
MOST_ROWS = 20_000
MOST_COLUMNS = 60
MOST_SHEETS = 20
# No column of ours takes more than 300 characters; what is cut here is refused as too long later.
LONGEST_CELL = 500
WORKER_MEMORY_BYTES = 768 * 1024 * 1024
WORKER_SECONDS = 30


class Refusal(Exception):
    """The file cannot be read; ``reason`` is a value of TableReason, told with ``details``."""

    def __init__(self, reason: str, **details: str | int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.details = details
