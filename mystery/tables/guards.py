"""What an uploaded file is, told from its content; bombs and wrong types are refused unopened."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import Literal

from mystery.tables import limits
from mystery.tables.faults import Fault, TableReason, fault

FileType = Literal["csv", "xlsx"]

MEGABYTE = 1024 * 1024
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
# A workbook under a password is an old-style container with this entry in it.
ENCRYPTED_ENTRY = "EncryptedPackage".encode("utf-16-le")
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*")
PACKED = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh")
NOT_TABLES = (*PICTURES, *PACKED, b"%PDF", b"{\\rtf", b"\x7fELF", b"MZ\x90")
# Some systems export web pages under the name of a spreadsheet.
MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<svg")
END_OF_DIRECTORY = struct.Struct("<4s4H2LH")
LONGEST_ZIP_COMMENT = 65535


def recognise_file(content: bytes) -> FileType | Fault:
    """Whether ``content`` may be read as CSV or XLSX; a Fault says why not."""
    if not content.strip():
        return fault(TableReason.FILE_EMPTY)
    if len(content) > limits.MOST_FILE_BYTES:
        return fault(TableReason.FILE_TOO_LARGE, most=limits.MOST_FILE_BYTES // MEGABYTE)
    if content.startswith(ZIP):
        return check_zip(content) or "xlsx"
    if content.startswith(OLD_OFFICE):
        return fault(TableReason.FILE_LOCKED if ENCRYPTED_ENTRY in content else TableReason.FILE_OLD_EXCEL)
    beginning = content[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if content.startswith(NOT_TABLES) or beginning.startswith(MARKUP):
        return fault(TableReason.FILE_WRONG_TYPE)
    return "csv"


def check_zip(content: bytes) -> Fault | None:
    """Look at the list of a zip file's members, without unpacking any: sizes, count, passwords, kind."""
    if not _has_small_directory(content):
        return fault(TableReason.FILE_BROKEN)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return fault(TableReason.FILE_BROKEN)
    if len(members) > limits.MOST_ZIP_MEMBERS or _unpacked_size(members) > limits.MOST_UNPACKED_BYTES:
        return fault(TableReason.FILE_UNPACKS_TOO_LARGE, most=limits.MOST_UNPACKED_BYTES // MEGABYTE)
    if any(member.flag_bits & 1 for member in members):
        return fault(TableReason.FILE_LOCKED)
    names = {member.filename for member in members}
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        return fault(TableReason.FILE_WRONG_TYPE)
    return None


def _unpacked_size(members: list[zipfile.ZipInfo]) -> int:
    # A member cannot unpack to more than it declares: the reader stops there and the checksum is wrong.
    return sum(member.file_size for member in members)


def _has_small_directory(content: bytes) -> bool:
    """Whether the list of members is short enough to be read; a quarter million fit in 12 MB."""
    start = content.rfind(b"PK\x05\x06", -(END_OF_DIRECTORY.size + LONGEST_ZIP_COMMENT))
    if start < 0 or len(content) - start < END_OF_DIRECTORY.size:
        return False
    *_head, size, _offset, _comment = END_OF_DIRECTORY.unpack_from(content, start)
    return int(size) <= limits.MOST_ZIP_DIRECTORY_BYTES
