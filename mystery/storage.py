"""Where photos and rendered reports are kept: an object store, today a local folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import cast

from flask import Flask, current_app
from obstore.exceptions import AlreadyExistsError
from obstore.store import LocalStore

PIECE_BYTES = 256 * 1024


class MediaStore:
    """Bytes by key; keys are made by the server, never by a visitor."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._store = LocalStore(folder, mkdir=True)

    def put(self, key: str, content: bytes) -> None:
        """Keep ``content`` under ``key``; what is already there stays, since a key names its content."""
        try:
            self._store.put(key, content, mode="create")
        except AlreadyExistsError:
            return

    def put_durably(self, key: str, content: bytes) -> None:
        """``put``, and return only when the bytes would outlive a power cut: somebody may now delete his."""
        self.put(key, content)
        path = self._folder / key
        for each in (path, *path.parents):
            if not each.is_relative_to(self._folder):
                break
            opened = os.open(each, os.O_RDONLY)
            try:
                os.fsync(opened)
            finally:
                os.close(opened)

    def replace(self, key: str, content: bytes) -> None:
        """Keep ``content`` under ``key``, in the place of whatever was there."""
        self._store.put(key, content)

    def get(self, key: str) -> bytes | None:
        """The bytes under ``key``, or None."""
        try:
            return bytes(self._store.get(key).bytes())
        except FileNotFoundError:
            return None

    def put_file(self, key: str, path: Path) -> None:
        """``replace`` with the content of a file, which is read piece by piece."""
        with path.open("rb") as file:
            self._store.put(key, file)

    def has(self, key: str) -> bool:
        """Whether anything is kept under ``key``."""
        try:
            self._store.head(key)
        except FileNotFoundError:
            return False
        return True

    def read_pieces(self, key: str) -> tuple[int, Iterator[bytes]] | None:
        """How many bytes there are under ``key`` and the bytes in pieces, or None."""
        try:
            found = self._store.get(key)
        except FileNotFoundError:
            return None
        return found.meta["size"], (bytes(piece) for piece in found.stream(min_chunk_size=PIECE_BYTES))

    def list_under(self, folder: str) -> list[str]:
        """Every key that begins with ``folder`` and a slash."""
        return [found["path"] for batch in self._store.list(folder) for found in batch]

    def list_written(self, folder: str) -> Iterator[tuple[str, datetime]]:
        """Every key that begins with ``folder`` and a slash, and when it was written last."""
        for batch in self._store.list(folder):
            for found in batch:
                yield found["path"], found["last_modified"]

    def delete(self, key: str) -> None:
        """Forget ``key``; nothing happens when it is not there."""
        try:
            self._store.delete(key)
        except FileNotFoundError:
            return

    def delete_under(self, folder: str) -> None:
        """Forget every key that begins with ``folder`` and a slash."""
        for key in self.list_under(folder):
            self.delete(key)


def init_storage(app: Flask) -> None:
    """Open the media store of ``app``."""
    settings = app.config["MYSTERY"]
    # Reports, photos and the database are about people: other users of the machine have no business here.
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    app.extensions["media"] = MediaStore(settings.media_dir)


def media_store() -> MediaStore:
    """The media store of the running application."""
    return cast(MediaStore, current_app.extensions["media"])
