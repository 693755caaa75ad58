"""Stored photos on their way into a report: pictures only, and nothing in them but the picture."""

from typing import Final

JPEG: Final = b"\xff\xd8"
PNG: Final = b"\x89PNG\r\n\x1a\n"
EXIF: Final = b"Exif\x00\x00"

_START_OF_SCAN: Final = 0xDA
_COMMENT: Final = 0xFE
# What programs write beside the picture: Exif and XMP (1), makers' notes and IPTC (3 to 13), others (15).
# Kept are JFIF (0), the colour profile (2) and Adobe's colour transform (14), without which colours change.
_TALKATIVE: Final = frozenset({0xE1, *range(0xE3, 0xEE), 0xEF, _COMMENT})


def admit_photo(content: bytes) -> bytes | None:
    """Give the bytes to print, or None for anything but a JPEG or PNG: a drawing could hold addresses.

    Comments and XMP leave without touching the picture. Exif stays, because it may turn the picture upright;
    the PDF engine then writes the picture anew without it.
    """
    if content.startswith(PNG):
        return content
    return _strip_segments(content) if content.startswith(JPEG) else None


def _strip_segments(content: bytes) -> bytes:
    """Drop talkative segments before the scan; a file that does not keep to the format stays as it is."""
    kept = [JPEG]
    position = len(JPEG)
    while (
        position + 4 <= len(content) and content[position] == 0xFF and content[position + 1] != _START_OF_SCAN
    ):
        length = int.from_bytes(content[position + 2 : position + 4], "big")
        segment = content[position : position + 2 + length]
        if content[position + 1] not in _TALKATIVE or segment[4:].startswith(EXIF):
            kept.append(segment)
        position += 2 + length
    return b"".join([*kept, content[position:]])
