"""The application as a process that can be killed and started again on the same port and data."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.journeys.site import SECRET, find_free_port, wait_until_it_answers


class Server:
    """A server over the data of ``folder``; SIGKILL is a real outage."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # Not 127.0.0.1: that is where the drivers listen, and one host name is one place for storage.
        self.address = f"http://localhost:{find_free_port()}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        environment = {
            **os.environ,
            "MYSTERY_SECRET_KEY": SECRET,
            "MYSTERY_DATA_DIR": str(self.folder),
            "MYSTERY_PORT": self.address.rpartition(":")[2],
            "MYSTERY_PUBLIC_URL": self.address,
        }
        command = [str(Path(sys.executable).with_name("mystery")), "run", "--workers", "0"]
        with open(self.folder / "server.log", "ab") as log:
            self._process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        wait_until_it_answers(self._process, self.address.replace("localhost", "127.0.0.1"))

    def kill(self) -> None:
        """End it at once, whatever it is doing."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(timeout=10)
            self._process = None
