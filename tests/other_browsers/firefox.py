"""Firefox, driven through Marionette: JSON over a socket, which Debian's own build speaks as it is."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

from tests.journeys.site import find_free_port
from tests.other_browsers.driver import Driver

PACKAGE = "firefox-esr"
SECONDS_TO_START = 60
SECONDS_FOR_A_COMMAND = 60
# A fresh profile that asks nobody for news and shows no welcome.
PREFERENCES: dict[str, object] = {
    "app.update.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.file.createInChild": True,
    "extensions.getAddons.cache.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.dns.disablePrefetch": True,
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
}


def find_firefox() -> str | None:
    """The browser's path, or None; MYSTERY_FIREFOX names another one."""
    return os.environ.get("MYSTERY_FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")


class Firefox(Driver):
    """A Firefox without a window; its profile outlives a kill, as a phone's storage does."""

    name = "firefox"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = find_free_port()
        lines = {**PREFERENCES, "marionette.port": self.port}
        text = "\n".join(f"user_pref({json.dumps(name)}, {json.dumps(lines[name])});" for name in lines)
        (folder / "user.js").write_text(text, encoding="utf-8")
        self._start()

    def send(self, command: str, parameters: dict[str, Any] | None = None) -> Any:
        self._number += 1
        message = json.dumps([0, self._number, f"WebDriver:{command}", parameters or {}]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _kind, _number, error, result = self._read()
        if error:
            raise RuntimeError(f"{command}: {error['error']}: {error['message']}")
        return result["value"] if set(result or ()) == {"value"} else result

    def reopen(self) -> None:
        """Kill the browser as a system short of memory does, and start it again on the same profile."""
        self._kill()
        self._start()

    def hold(self, address: str) -> None:
        """Its profile holds everything."""

    def close(self) -> None:
        self._kill()

    def _start(self) -> None:
        flags = ["--headless", "--marionette", "--no-remote", "--profile", str(self.folder)]
        with open(self.folder / "browser.log", "ab") as log:
            # In a session of its own, so that a kill reaches its helpers as well.
            self._process = subprocess.Popen(
                [find_firefox() or PACKAGE, *flags],
                stdout=log,
                stderr=log,
                start_new_session=True,
                env={**os.environ, "HOME": str(self.folder), "MOZ_CRASHREPORTER_DISABLE": "1"},
            )
        self._socket = self._connect()
        self._stream = self._socket.makefile("rb")
        self._number = 0
        self._read()
        self.send("NewSession", {"capabilities": {"alwaysMatch": {"unhandledPromptBehavior": "accept"}}})
        self.send("SetTimeouts", {"pageLoad": 20_000, "script": 20_000})
        self.send("SetWindowRect", {"width": 400, "height": 800})

    def _connect(self) -> socket.socket:
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            try:
                return socket.create_connection(("127.0.0.1", self.port), timeout=SECONDS_FOR_A_COMMAND)
            except ConnectionRefusedError:
                if self._process.poll() is not None:
                    break
                time.sleep(0.1)
        raise RuntimeError(f"Firefox did not start; see {self.folder / 'browser.log'}")

    def _read(self) -> Any:
        digits = b""
        while (letter := self._stream.read(1)) != b":":
            if not letter:
                raise RuntimeError("Firefox is gone")
            digits += letter
        return json.loads(self._stream.read(int(digits)))

    def _kill(self) -> None:
        self._stream.close()
        self._socket.close()
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(timeout=10)
        # The mark of the killed browser would keep the next one from opening the profile.
        for name in ("lock", ".parentlock"):
            (self.folder / name).unlink(missing_ok=True)
