"""Where a page may send a person next: only to a path on this very site."""

from __future__ import annotations

LONGEST_ADDRESS = 2000


def local_address(address: str | None) -> str | None:
    """``address`` when it is a path on this site, else None: nobody is sent elsewhere from our pages.

    Browsers take ``//other.site`` and ``/\\other.site`` for another site, and drop control characters
    before they look, so all of these are refused.
    """
    if not address or len(address) > LONGEST_ADDRESS:
        return None
    if not address.startswith("/") or address.startswith("//") or "\\" in address:
        return None
    return address if address.isprintable() and not any(letter.isspace() for letter in address) else None
