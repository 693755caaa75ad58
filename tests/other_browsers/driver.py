"""A browser as a test drives it, whatever makes it: the few commands that all of them understand.

Both ways of driving share the commands of the W3C's WebDriver and differ in how these travel: Firefox takes
them over a socket of its own (Marionette), WebKit over HTTP. So no further program and no library is needed.
"""

from __future__ import annotations

import base64
import time
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
PATIENCE = 60.0
PAUSE = 0.1


class NotThere(AssertionError):
    """What a test waited for did not come."""


class Driver(ABC):
    """One window of one browser."""

    name: str

    @abstractmethod
    def send(self, command: str, parameters: dict[str, Any] | None = None) -> Any:
        """Carry out one command of WebDriver; raises RuntimeError when the browser refuses."""

    @abstractmethod
    def reopen(self) -> None:
        """Close what is open, as roughly as this browser can be closed, and open an empty window again."""

    @abstractmethod
    def hold(self, address: str) -> None:
        """Keep what a site has stored although all its windows are closed; ``address`` is a picture there."""

    @abstractmethod
    def close(self) -> None:
        """End the browser."""

    def open(self, address: str) -> None:
        """Go to an address, and wait until the page is loaded."""
        self.send("Navigate", {"url": address})

    def run(self, script: str, *arguments: Any) -> Any:
        """Run the body of a function in the page; what it returns, or what its promise becomes."""
        # Promises are waited for by hand: not every driver does.
        body = (
            "const done = arguments[arguments.length - 1];"
            "const given = [...arguments].slice(0, -1);"
            f"(async (...given) => {{ const [a, b, c] = given; {script} }})(...given)"
            ".then((value) => done({ value }), (error) => done({ error: String(error) }));"
        )
        answer = self.send("ExecuteAsyncScript", {"script": body, "args": list(arguments)})
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer.get("value")

    def wait(self, script: str, *arguments: Any, seconds: float = PATIENCE) -> Any:
        """Run a script again and again until it returns something true; raises NotThere."""
        deadline = time.monotonic() + seconds
        problem: object = None
        while time.monotonic() < deadline:
            try:
                if found := self.run(script, *arguments):
                    return found
            except RuntimeError as error:
                # The page may just be going away under the script.
                problem = error
            time.sleep(PAUSE)
        raise NotThere(f"{self.name}: {script} on {self.look()} {problem or ''}")

    def look(self) -> str:
        """Where the window is and the words it shows, for whoever reads a failure."""
        try:
            words = "const words = document.body.innerText.replace(/\\s+/g, ' ');"
            return str(self.run(f"{words} return [location.href, words.slice(0, 200), words.slice(-200)];"))
        except RuntimeError as error:
            return f"a page that cannot be read ({error})"

    def wait_for(self, selector: str, *, seconds: float = PATIENCE) -> None:
        """Wait until something of the page matches and can be seen."""
        self.wait(
            "const found = document.querySelector(a); return found && found.getClientRects().length > 0;",
            selector,
            seconds=seconds,
        )

    def find(self, selector: str) -> str:
        """The driver's own name of the first match; raises RuntimeError when there is none."""
        found = self.send("FindElement", {"using": "css selector", "value": selector})
        return str(found[ELEMENT])

    def click(self, selector: str) -> None:
        """Press something, where a thumb would."""
        self.wait_for(selector)
        self.run("document.querySelector(a).scrollIntoView({ block: 'center' });", selector)
        self.send("ElementClick", {"id": self.find(selector)})

    def type(self, selector: str, text: str) -> None:
        """Type into a box."""
        self.wait_for(selector)
        self.send("ElementSendKeys", {"id": self.find(selector), "text": text})

    def fill(self, selector: str, value: str) -> None:
        """Set a box as a picker of the system would: of dates and times each browser makes its own."""
        self.wait_for(selector)
        self.run(
            "const box = document.querySelector(a); box.value = b;"
            "for (const kind of ['input', 'change']) box.dispatchEvent(new Event(kind, { bubbles: true }));",
            selector,
            value,
        )

    def choose_file(self, selector: str, path: Path) -> None:
        """Choose a file as if the camera had made it."""
        script = (
            "const bytes = Uint8Array.from(atob(b), (letter) => letter.charCodeAt(0));"
            "const chosen = new DataTransfer();"
            "chosen.items.add(new File([bytes], c, { type: 'image/jpeg' }));"
            "const box = document.querySelector(a); box.files = chosen.files;"
            "box.dispatchEvent(new Event('input', { bubbles: true }));"
            "box.dispatchEvent(new Event('change', { bubbles: true }));"
        )
        self.run(script, selector, base64.b64encode(path.read_bytes()).decode(), path.name)

    def keep_picture(self, path: Path) -> None:
        """Keep what the window shows."""
        path.write_bytes(base64.b64decode(self.send("TakeScreenshot")))
