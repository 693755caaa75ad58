"""The photo worker: a process of its own that opens strangers' pictures, so that a bad one harms nobody.

It is run as a file, imports nothing of ours and knows no secrets. It reads a picture from standard input
(its length in four bytes, then its bytes) and answers with a JSON line and the prepared JPEG, until the
input ends.
"""

from __future__ import annotations

import io
import json
import resource
import struct
import sys
import warnings
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 64_000_000
LONGEST_SIDE = 1480
JPEG_QUALITY = 82
MOST_MEMORY_BYTES = 640 * 1024**2
LENGTH = struct.Struct(">I")
# Without a decoder for it we can still say what the file is, and how to get another.
HEIC_BRANDS = (b"heic", b"heix", b"heif", b"hevc", b"mif1", b"msf1")
KNOWN_BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF")


def prepare_picture(content: bytes) -> tuple[dict[str, str | int], bytes]:
    """The answer for one picture: ``{"fault": …}``, or its new size and the JPEG."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            upright = _shrink(picture)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError, MemoryError):
        return {"fault": "too_many_pixels"}, b""
    except UnidentifiedImageError:
        return {"fault": _name_stranger(content)}, b""
    except Exception:
        # A decoder fails in as many ways as there are broken files; all of them mean the same here.
        return {"fault": "damaged"}, b""
    target = io.BytesIO()
    upright.save(target, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return {"width": upright.width, "height": upright.height}, target.getvalue()


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


def _name_stranger(content: bytes) -> str:
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        return "heic"
    return "damaged" if content.startswith(KNOWN_BEGINNINGS) else "not_a_photo"


def serve(source: BinaryIO, target: BinaryIO) -> None:
    """Prepare pictures one after another until ``source`` ends."""
    while len(head := source.read(LENGTH.size)) == LENGTH.size:
        answer, picture = prepare_picture(source.read(LENGTH.unpack(head)[0]))
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
    serve(sys.stdin.buffer, sys.stdout.buffer)
