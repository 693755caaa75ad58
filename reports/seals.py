"""The seal on page one: a code that leads to the page on which a stranger can compare hash and score."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import segno

from reports.record import STAMP_LETTERS, digest_report
from reports.rows import VisitReport

# Half of the digest: nobody guesses it, and the code stays coarse enough for any phone.
ADDRESS_LETTERS: Final = 32


@dataclass(frozen=True)
class Seal:
    """The stamp that every page carries, and the address in the code; None where no server is known."""

    stamp: str
    address: str | None


def build_seal(report: VisitReport) -> Seal:
    """Make the seal of a visit's report from the digest of its record."""
    return seal_digest(digest_report(report), report.public_url)


def seal_digest(digest: str, public_url: str) -> Seal:
    """Make the seal of any report; `digest` is that of its record, `public_url` may be empty."""
    base = public_url.rstrip("/")
    return Seal(digest[:STAMP_LETTERS], f"{base}/v/{digest[:ADDRESS_LETTERS]}" if base else None)


def draw_code(address: str) -> bytes:
    """Draw an address as a QR code, an SVG of one path without a quiet zone: the layout keeps it free."""
    code = segno.make(address, error="m", micro=False)
    size = code.symbol_size(border=0)[0]
    path = "".join(_list_runs(code.matrix))
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{path}"/></svg>'
    return drawing.encode()


def _list_runs(matrix: tuple[bytearray, ...]) -> Iterator[str]:
    """Give each run of dark modules in a row as one closed bar."""
    for row, modules in enumerate(matrix):
        column = 0
        while column < len(modules):
            length = 0
            while column + length < len(modules) and modules[column + length]:
                length += 1
            if length:
                yield f"M{column} {row}h{length}v1h-{length}z"
            column += length + 1
