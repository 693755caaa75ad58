"""The server as the runner sees it: a process that is started, killed, and started again."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from tests.journeys.site import SECRET, find_free_port
from tests.torture.faults import FaultBox

ROOT = Path(__file__).parent.parent.parent
SECONDS_TO_START = 30.0


class Server:
    """A server process on one port and one data folder; ``build`` grows with every deployment."""

    def __init__(self, folder: Path) -> None:
        self.box = FaultBox(folder / "faults")
        self.build = 1
        self.starts = 0
        self.log = folder / "server.log"
        self.address = f"http://127.0.0.1:{find_free_port()}"
        self._process_id = 0
        environment = {
            **os.environ,
            "MYSTERY_SECRET_KEY": SECRET,
            "MYSTERY_DATA_DIR": str(folder),
            "MYSTERY_PORT": self.address.rpartition(":")[2],
            "MYSTERY_PUBLIC_URL": self.address,
            "TORTURE_FAULTS": str(self.box.folder),
            "OPENBLAS_NUM_THREADS": "1",
        }
        with self.log.open("ab") as log:
            self._keeper = subprocess.Popen(
                [sys.executable, "-m", "tests.torture.serving"],
                env=environment,
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    @property
    def is_alive(self) -> bool:
        """Whether the server lives; one that killed itself does not."""
        try:
            os.kill(self._process_id, 0)
        except ProcessLookupError:
            return False
        return self._process_id != 0

    def start(self) -> None:
        """Start it and wait until it answers; nothing happens while it lives. Raises RuntimeError."""
        if self.is_alive:
            return
        assert self._keeper.stdin is not None
        assert self._keeper.stdout is not None
        print(self.build, file=self._keeper.stdin, flush=True)
        self._process_id = int(self._keeper.stdout.readline())
        self.starts += 1
        self._wait()

    def kill(self) -> None:
        """End it at once, whatever it is doing."""
        with contextlib.suppress(ProcessLookupError):
            if self._process_id:
                os.kill(self._process_id, signal.SIGKILL)
        deadline = time.monotonic() + SECONDS_TO_START
        while self.is_alive and time.monotonic() < deadline:
            time.sleep(0.01)
        self._process_id = 0

    def deploy(self) -> None:
        """Put a new build in its place: other scripts, other styles, under other names."""
        self.kill()
        self.build += 1
        self.start()

    def close(self) -> None:
        """End the server and its keeper."""
        self.kill()
        if self._keeper.stdin is not None and self._keeper.stdout is not None:
            self._keeper.stdin.close()
            self._keeper.stdout.close()
        self._keeper.wait(timeout=10)

    def _wait(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline and self.is_alive:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.address}/health", timeout=2).close()
                return
            time.sleep(0.02)
        raise RuntimeError(f"the server does not answer; see {self.log}")
