"""A printed file as bytes: each of its objects is written once, and packed as hard as it pays.

The PDF engine writes a file twice when it needs a fingerprint, as archives do, and packs at the highest
level both times: that takes four times as long as the usual level and saves three bytes in a hundred.
"""

import hashlib
import zlib
from typing import IO, Any, Final

LEVEL: Final = 6
PACKED: Final = "/FlateDecode"
HEADER: Final = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
# An entry of the table of objects: its kind, then the place in the file and the generation, or for an object
# in the pack the number of the pack and the place in it.
FREE, ALONE, IN_PACK = 0, 1, 2
WIDTHS: Final = (1, 4, 2)
NEVER_USED: Final = 65535
FINGERPRINT_BYTES: Final = 16

Entry = tuple[int, int, int]


def write_file(pdf: Any, output: IO[bytes]) -> None:
    """Write the engine's tree of objects as PDF 1.7; two trees alike give the same bytes."""
    if pdf.info:
        pdf.add_object(pdf.info)
    used = [item for item in pdf.objects if item.free != "f"]
    in_pack = [item for item in used if item.compressible]
    pack, table = len(pdf.objects), len(pdf.objects) + 1
    entries: dict[int, Entry] = {0: (FREE, 0, NEVER_USED)}
    entries |= {item.number: (IN_PACK, pack, place) for place, item in enumerate(in_pack)}
    written = bytearray(HEADER)
    for item in used:
        if not item.compressible:
            entries[item.number] = (ALONE, len(written), item.generation)
            written += _frame(item.number, _write_stream(item))
    entries[pack] = (ALONE, len(written), 0)
    written += _frame(pack, _pack_objects(in_pack))
    start = entries[table] = (ALONE, len(written), 0)
    written += _frame(table, _write_table(pdf, entries, _mark(written)))
    written += b"startxref\n%d\n%%%%EOF\n" % start[1]
    output.write(written)


def _frame(number: int, content: bytes) -> bytes:
    return b"%d 0 obj\n%b\nendobj\n" % (number, content)


def _write_stream(item: Any) -> bytes:
    """Write a stream; what the engine wanted packed, at our level."""
    if item.compress:
        item.compress, extra, item.extra = False, item.extra, {}
        item.stream = [zlib.compress(item.data.partition(b"stream\n")[2].removesuffix(b"\nendstream"), LEVEL)]
        item.extra = extra
        item.extra["Filter"] = PACKED
    return bytes(item.data)


def _pack_objects(items: list[Any]) -> bytes:
    """Write small objects as one packed stream: it begins with their numbers and places."""
    contents = [item.data for item in items]
    places, place = [], 0
    for item, content in zip(items, contents, strict=True):
        places.append(b"%d %d" % (item.number, place))
        place += len(content) + 1
    head = b" ".join(places)
    packed = zlib.compress(b"\n".join([head, *contents]), LEVEL)
    facts = b"/Type /ObjStm/N %d/First %d" % (len(items), len(head) + 1)
    return _write_packed(facts, packed)


def _write_table(pdf: Any, entries: dict[int, Entry], mark: bytes) -> bytes:
    """Write where every object is, and what a reader begins with."""
    rows = b"".join(
        part.to_bytes(width, "big")
        for number in range(len(entries))
        for part, width in zip(entries[number], WIDTHS, strict=True)
    )
    facts = b"/Type /XRef/W [%d %d %d]/Size %d/Root %b/ID [(%b) (%b)]" % (
        *WIDTHS,
        len(entries),
        pdf.catalog.reference,
        mark,
        mark,
    )
    if pdf.info:
        facts += b"/Info " + pdf.info.reference
    return _write_packed(facts, zlib.compress(rows, LEVEL))


def _write_packed(facts: bytes, packed: bytes) -> bytes:
    return b"<<%b/Filter %b/Length %d>>\nstream\n%b\nendstream" % (
        facts,
        PACKED.encode(),
        len(packed),
        packed,
    )


def _mark(written: bytearray) -> bytes:
    """A file's own mark, which archives ask for: a fingerprint of what is in it."""
    return hashlib.blake2b(written, digest_size=FINGERPRINT_BYTES).hexdigest().encode()
