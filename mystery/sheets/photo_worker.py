"""The photo worker: a process of its own that opens strangers' pictures, so that a bad one harms nobody.

It is run as a file, imports nothing of ours and knows no secrets. It reads a picture from standard input
(its length in four bytes, then its bytes) and answers with a JSON line and the prepared picture, until the
input ends. Photos become JPEG; run with the word "logo", it makes PNG and keeps what is transparent.
"""

from __future__ import annotations

import io
import json
import resource
import struct
import sys
import warnings
from collections.abc import Callable
from typing import BinaryIO, TypeAlias

from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 64_000_000
LONGEST_SIDE = 1480
JPEG_QUALITY = 82
# On paper a logo gets at most this: over 400 dots an inch, and never a blurred stamp.
PRINTED_LOGO_MM = (56, 12)
LARGEST_LOGO = (960, 320)
SMALLEST_LOGO_SIDE = 96
THINNEST_LOGO_MM = 2
# Out of 255, which is white; what is lighter than this a printer hardly puts on paper, and nobody sees.
LIGHTEST_INK = 232
MOST_MEMORY_BYTES = 640 * 1024**2
LENGTH = struct.Struct(">I")
# Without a decoder for it we can still say what the file is, and how to get another.
HEIC_BRANDS = (b"heic", b"heix", b"heif", b"hevc", b"mif1", b"msf1")
Answer: TypeAlias = tuple[dict[str, str | int], bytes]
KNOWN_BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF")


def prepare_picture(content: bytes) -> Answer:
    """The answer for one photo: ``{"fault": …}``, or its new size and the JPEG."""
    opened = _open(content, _shrink)
    if isinstance(opened, str):
        return {"fault": opened}, b""
    target = io.BytesIO()
    opened.save(target, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return {"width": opened.width, "height": opened.height}, target.getvalue()


def prepare_logo(content: bytes) -> Answer:
    """The same for a logo: a PNG that may be transparent."""
    opened = _open(content, _shrink_logo)
    if isinstance(opened, str):
        return {"fault": opened}, b""
    fault = _name_logo_fault(opened)
    if fault:
        return {"fault": fault}, b""
    target = io.BytesIO()
    opened.save(target, "PNG", optimize=True)
    return {"width": opened.width, "height": opened.height}, target.getvalue()


def _open(content: bytes, prepare: Callable[[Image.Image], Image.Image]) -> Image.Image | str:
    """The prepared picture, or what is wrong with the file."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            return prepare(picture)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError, MemoryError):
        return "too_many_pixels"
    except UnidentifiedImageError:
        return _name_stranger(content)
    except Exception:
        # A decoder fails in as many ways as there are broken files; all of them mean the same here.
        return "damaged"


def _shrink(picture: Image.Image) -> Image.Image:
    """A copy that is small and upright, and carries nothing but pixels: no EXIF, GPS, profile or comment."""
    # A JPEG can be decoded at a fraction of its size at once, which is what makes 50 megapixels cheap.
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=2.0)
    turned = ImageOps.exif_transpose(picture)
    clean = Image.new("RGB", turned.size, "white")
    if turned.mode in ("RGBA", "LA", "PA", "P"):
        layer = turned.convert("RGBA")
        clean.paste(layer, mask=layer.getchannel("A"))
    else:
        clean.paste(turned.convert("RGB"))
    return clean


def _shrink_logo(picture: Image.Image) -> Image.Image:
    """A copy that fits the head of a page, without metadata and without an empty margin."""
    picture.load()
    turned = ImageOps.exif_transpose(picture)
    clean = turned.convert("RGBA" if turned.has_transparency_data else "RGB")
    # What is fully transparent at the edges would only set the logo off from the margin of the page.
    box = clean.getchannel("A").getbbox() if clean.mode == "RGBA" else None
    clean = clean.crop(box) if box else clean
    clean.thumbnail(LARGEST_LOGO, reducing_gap=2.0)
    return Image.frombytes(clean.mode, clean.size, clean.tobytes())


def _name_logo_fault(logo: Image.Image) -> str:
    """What is wrong with a logo on white paper, where it stands for the company's name; empty if nothing."""
    if max(logo.size) < SMALLEST_LOGO_SIDE:
        return "too_small"
    paper = Image.new("RGBA", logo.size, "white")
    paper.alpha_composite(logo.convert("RGBA"))
    inked = paper.convert("L").point([255 * (light < LIGHTEST_INK) for light in range(256)]).getbbox()
    if inked is None:
        return "no_ink"
    left, top, right, bottom = inked
    scale = min(most / side for most, side in zip(PRINTED_LOGO_MM, logo.size, strict=True))
    return "too_thin" if min(right - left, bottom - top) * scale < THINNEST_LOGO_MM else ""


def _name_stranger(content: bytes) -> str:
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        return "heic"
    return "damaged" if content.startswith(KNOWN_BEGINNINGS) else "not_a_photo"


def serve(source: BinaryIO, target: BinaryIO, prepare: Callable[[bytes], Answer] = prepare_picture) -> None:
    """Prepare pictures one after another until ``source`` ends."""
    while len(head := source.read(LENGTH.size)) == LENGTH.size:
        answer, picture = prepare(source.read(LENGTH.unpack(head)[0]))
        target.write(json.dumps(answer | {"bytes": len(picture)}).encode() + b"\n" + picture)
        target.flush()


def limit_process() -> None:
    """Give this process a ceiling of memory, and make too many pixels an error."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = MOST_MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(hard, MOST_MEMORY_BYTES)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)


if __name__ == "__main__":
    limit_process()
    serve(sys.stdin.buffer, sys.stdout.buffer, prepare_logo if sys.argv[1:] == ["logo"] else prepare_picture)
