"""Kinds of sound that phones record, told by the first bytes of a file and never by what is said of it."""

from __future__ import annotations

WEBM = b"\x1a\x45\xdf\xa3"
MP4_BRANDS = frozenset(
    {b"M4A ", b"M4B ", b"isom", b"iso2", b"iso5", b"iso6", b"mp41", b"mp42", b"dash", b"qt  "}
)


def name_sound(content: bytes) -> str | None:
    """The media type of a sound file; None for anything else, whatever it calls itself."""
    if content.startswith(WEBM):
        return "audio/webm"
    if content.startswith(b"OggS"):
        return "audio/ogg"
    if content[4:8] == b"ftyp" and content[8:12] in MP4_BRANDS:
        return "audio/mp4"
    if content.startswith(b"RIFF") and content[8:12] == b"WAVE":
        return "audio/wav"
    return "audio/mpeg" if _is_mp3(content) else None


def _is_mp3(content: bytes) -> bool:
    if content.startswith(b"ID3"):
        return True
    # Eleven bits of ones, then a version and a layer that are no reserved values.
    if len(content) < 2 or content[0] != 0xFF or content[1] & 0xE0 != 0xE0:
        return False
    return content[1] & 0x18 != 0x08 and content[1] & 0x06 == 0x02
