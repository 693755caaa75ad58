"""The watch: a browser that does not stir any more is killed, as its owner would do after a while."""

from __future__ import annotations

import threading
import time
from types import TracebackType

from tests.torture.phone import Phone

SECONDS_WITHOUT_A_PULSE = 40.0


class Watch:
    """Looks after a phone in a thread of its own; ``strikes`` counts how often the browser had to be killed.

    Most calls into a browser end by themselves when nothing comes; looking at a page that hangs does not.
    """

    def __init__(self, phone: Phone) -> None:
        self.strikes = 0
        self._phone = phone
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._look_after, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_over.set()
        self._thread.join()

    def _look_after(self) -> None:
        while not self._is_over.wait(1.0):
            if time.monotonic() - self._phone.pulse > SECONDS_WITHOUT_A_PULSE:
                self.strikes += 1
                self._phone.strike()
                self._phone.pulse = time.monotonic()
