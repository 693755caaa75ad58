"""Pictures to upload: drawn by code, good ones and bad ones."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image, ImageDraw

GPS_IFD = 0x8825
ORIENTATION = 0x0112
MAKER = 0x010F


def draw(width: int = 1600, height: int = 1200, *, mode: str = "RGB") -> Image.Image:
    """A picture whose upper half is red and whose lower half is blue."""
    picture = Image.new(mode, (width, height), "blue")
    ImageDraw.Draw(picture).rectangle((0, 0, width, height // 2), fill="red")
    return picture


def encode(picture: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    """The bytes of a picture file."""
    target = io.BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


def take_photo(*, orientation: int = 1) -> bytes:
    """A photo as a phone takes it: with a place, a maker and a way to hold the phone."""
    exif = Image.Exif()
    exif[MAKER] = "SecretPhone of auditor 7"
    exif[ORIENTATION] = orientation
    exif.get_ifd(GPS_IFD).update({1: "N", 2: (59.0, 56.0, 3.0), 3: "E", 4: (30.0, 18.0, 51.0)})
    return encode(draw(), exif=exif, comment=b"taken by auditor 7")


def claim_png(width: int, height: int) -> bytes:
    """A tiny file that claims to be a huge picture."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(400_000))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
