"""The photo desk: hands pictures to worker processes, and makes a new worker when one breaks."""

from __future__ import annotations

import atexit
import json
import queue
import subprocess
import sys
import threading
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from mystery.sheets import photo_worker

MOST_PHOTO_BYTES = 12 * 1024 * 1024
MOST_WORKERS = 2
SECONDS_A_PHOTO = 20.0
PHOTOS_A_WORKER = 200


class PhotoFault(StrEnum):
    """Why a picture was not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_SMALL = "too_small"
    # Of a logo only: on white paper there would be nothing to see, or a line instead of a picture.
    NO_INK = "no_ink"
    TOO_THIN = "too_thin"
    HEIC = "heic"
    NOT_A_PHOTO = "not_a_photo"
    DAMAGED = "damaged"
    TOO_MANY_PHOTOS = "too_many_photos"
    NOT_ASKED_FOR = "not_asked_for"
    VISIT_SENT = "visit_sent"


@dataclass(frozen=True)
class PreparedPhoto:
    """A picture fit for page and print, upright and without any metadata.

    A photo is a JPEG of at most 1480 px, a logo a PNG of at most 960 x 320 px.
    """

    content: bytes
    width: int
    height: int


class PhotoDesk:
    """A few worker processes, started when first needed; safe to share between threads."""

    def __init__(
        self, *, workers: int = MOST_WORKERS, seconds: float = SECONDS_A_PHOTO, of_logos: bool = False
    ) -> None:
        self._seconds = seconds
        self._words = ("logo",) if of_logos else ()
        # Each slot is a worker waiting for work, or None where one has yet to be started.
        self._slots: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        for _ in range(workers):
            self._slots.put(None)

    def prepare(self, content: bytes) -> PreparedPhoto | PhotoFault:
        """Prepare one picture; waits for a free worker."""
        if not content:
            return PhotoFault.EMPTY
        if len(content) > MOST_PHOTO_BYTES:
            return PhotoFault.TOO_LARGE
        worker = self._slots.get()
        try:
            if worker is not None and not worker.is_ready:
                worker.stop()
                worker = None
            worker = worker or _Worker(self._words)
            return worker.prepare(content, self._seconds)
        except (OSError, ValueError):
            # The picture brought the worker down (memory, time): refuse it, and start afresh for the next.
            return PhotoFault.DAMAGED
        finally:
            self._put_back(worker)

    def close(self) -> None:
        """Stop the workers that are waiting."""
        for _ in range(self._slots.qsize()):
            worker = self._slots.get()
            if worker is not None:
                worker.stop()
            self._slots.put(None)

    def _put_back(self, worker: _Worker | None) -> None:
        if worker is not None and not worker.is_ready:
            worker.stop()
            worker = None
        self._slots.put(worker)


class _Worker:
    """One process; it is thrown away after any trouble, and after so many pictures."""

    def __init__(self, words: tuple[str, ...] = ()) -> None:
        # Isolated (-I) and without environment: whatever happens in there, there is nothing to take.
        self._process = subprocess.Popen(  # noqa: S603  # Our own file, run by our own interpreter.
            [sys.executable, "-I", str(Path(photo_worker.__file__)), *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
        )
        self._left = PHOTOS_A_WORKER
        self._sound = True

    @property
    def is_ready(self) -> bool:
        """Whether it can take another picture."""
        return self._sound and self._left > 0 and self._process.poll() is None

    def prepare(self, content: bytes, seconds: float) -> PreparedPhoto | PhotoFault:
        """Raises OSError or ValueError when the process dies or answers nothing in time."""
        self._sound = False
        self._left -= 1
        # Killing is what ends a write or a read that hangs; the timer needs no second thread at the pipe.
        alarm = threading.Timer(seconds, self._process.kill)
        alarm.start()
        try:
            answer, picture = self._exchange(content)
        finally:
            alarm.cancel()
        self._sound = True
        if "fault" in answer:
            return PhotoFault(answer["fault"])
        return PreparedPhoto(picture, int(answer["width"]), int(answer["height"]))

    def _exchange(self, content: bytes) -> tuple[dict[str, Any], bytes]:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None, "opened as a pipe"
        assert stdout is not None, "opened as a pipe"
        stdin.write(photo_worker.LENGTH.pack(len(content)) + content)
        stdin.flush()
        answer: dict[str, Any] = json.loads(stdout.readline())
        picture = stdout.read(answer["bytes"])
        if len(picture) != answer["bytes"]:
            raise ValueError("the worker stopped in the middle of its answer")
        return answer, picture

    def stop(self) -> None:
        """End the process and close its pipes."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                # Closing flushes what was never read; the reader is gone, and that is what we want.
                try:
                    pipe.close()
                except OSError:
                    continue


desk = PhotoDesk()
logo_desk = PhotoDesk(workers=1, of_logos=True)
atexit.register(desk.close)
atexit.register(logo_desk.close)
