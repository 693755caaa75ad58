"""WebKitGTK, the nearest relative of Safari on Debian, driven by its own WebDriver over HTTP."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.journeys.site import find_free_port
from tests.other_browsers.driver import Driver

PACKAGES = "webkit2gtk-driver xvfb"
# Where Debian and others put what comes with the library.
PLACES = ("lib/*", "lib64", "libexec")
SECONDS_TO_START = 30
SECONDS_FOR_A_COMMAND = 60
SCREEN = "800x900x24"
# Where the commands of WebDriver lie; {id} is the element.
PATHS = {
    "DeleteSession": ("DELETE", ""),
    "ElementClick": ("POST", "/element/{id}/click"),
    "ElementSendKeys": ("POST", "/element/{id}/value"),
    "ExecuteAsyncScript": ("POST", "/execute/async"),
    "FindElement": ("POST", "/element"),
    "GetWindowHandle": ("GET", "/window"),
    "CloseWindow": ("DELETE", "/window"),
    "Navigate": ("POST", "/url"),
    "NewWindow": ("POST", "/window/new"),
    "SetTimeouts": ("POST", "/timeouts"),
    "SetWindowRect": ("POST", "/window/rect"),
    "SwitchToWindow": ("POST", "/window"),
    "TakeScreenshot": ("GET", "/screenshot"),
}


def find_browser() -> Path | None:
    """The small browser that comes with the library, newest first, or None."""
    found = sorted(
        path for place in PLACES for path in Path("/usr").glob(f"{place}/webkit2gtk-4.*/MiniBrowser")
    )
    return found[-1] if found else None


def list_missing() -> list[str]:
    """The programs that are not here."""
    missing = [name for name in ("WebKitWebDriver", "Xvfb") if shutil.which(name) is None]
    return missing + ([] if find_browser() else ["MiniBrowser"])


class WebKit(Driver):
    """A WebKitGTK window on a screen that nobody sees.

    Under automation it keeps its data in memory, so it cannot be killed and started again: its window is
    closed instead, and a new one opened. A cache in memory is gone as soon as no window has it open; on a
    phone it lies on the disk. So a window with a picture in it holds them all.
    """

    name = "webkit"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._session = ""
        self._log = open(folder / "browser.log", "ab")  # noqa: SIM115  # Closed with the browser.
        self._screen, display = self._start_screen()
        self._port = find_free_port()
        environment = {
            **os.environ,
            "DISPLAY": display,
            "HOME": str(folder),
            "NO_AT_BRIDGE": "1",
            "LIBGL_ALWAYS_SOFTWARE": "1",
        }
        command = ["WebKitWebDriver", f"--port={self._port}", "--host=127.0.0.1"]
        self._driver = subprocess.Popen(command, env=environment, stdout=self._log, stderr=self._log)
        self._begin()

    def send(self, command: str, parameters: dict[str, Any] | None = None) -> Any:
        method, path = PATHS[command]
        body = dict(parameters or {})
        if "{id}" in path:
            path = path.format(id=body.pop("id"))
        return self._request(method, f"/session/{self._session}{path}", body)

    def reopen(self) -> None:
        """Open a new window and close the old one: the service worker is all that is left in between."""
        old = self.send("GetWindowHandle")
        new = self.send("NewWindow", {"type": "window"})["handle"]
        self.send("SwitchToWindow", {"handle": old})
        self.send("CloseWindow")
        self.send("SwitchToWindow", {"handle": new})

    def hold(self, address: str) -> None:
        here = self.send("GetWindowHandle")
        self.send("SwitchToWindow", {"handle": self.send("NewWindow", {"type": "window"})["handle"]})
        self.open(address)
        names = "await Promise.all((await caches.keys()).map((name) => caches.open(name)))"
        assert self.run(f"self.held = {names}; return self.held.length;") > 0
        self.send("SwitchToWindow", {"handle": here})

    def close(self) -> None:
        # A browser that is gone already needs no end.
        with suppress(OSError, RuntimeError):
            self.send("DeleteSession")
        for process in (self._driver, self._screen):
            process.terminate()
            process.wait(timeout=10)
        self._log.close()

    def _start_screen(self) -> tuple[subprocess.Popen[bytes], str]:
        reading, writing = os.pipe()
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"]
        process = subprocess.Popen(command, pass_fds=[writing], stdout=self._log, stderr=self._log)
        os.close(writing)
        with os.fdopen(reading) as stream:
            return process, f":{stream.readline().strip()}"

    def _begin(self) -> None:
        options = {"binary": str(find_browser()), "args": ["--automation"]}
        wanted = {"webkitgtk:browserOptions": options, "unhandledPromptBehavior": "accept"}
        deadline = time.monotonic() + SECONDS_TO_START
        while True:
            try:
                begun = self._request("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
        self._session = begun["sessionId"]
        self.send("SetTimeouts", {"pageLoad": 20_000, "script": 20_000})
        self.send("SetWindowRect", {"width": 400, "height": 800})

    def _request(self, method: str, path: str, body: dict[str, Any]) -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self._port}{path}",
            method=method,
            data=json.dumps(body).encode() if method == "POST" else None,
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=SECONDS_FOR_A_COMMAND) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            with error:
                value = json.load(error)["value"]
            raise RuntimeError(f"{path}: {value['error']}: {value['message']}") from None
