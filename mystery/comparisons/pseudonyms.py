"""What stands for a name where names are hidden: a short code, the same all month, that tells nothing else.

The codes come from a secret of the installation, so nobody can work out whose they are, and people sorted by
them are in no order that has to do with their names. Every month everybody has another one, so that what was
hidden at one meeting cannot be followed for a year.
"""

from __future__ import annotations

import hmac
from collections import Counter
from collections.abc import Collection
from hashlib import sha256
from uuid import UUID

from mystery.clock import now

SIGNS = "23456789BCDFGHJKMNPQRTVWXYZ"
"""No vowels, so that no code is a word, and nothing that looks like something else."""
SHORTEST = 4


def code_people(people: Collection[str], *, company_id: UUID, key: bytes) -> dict[str, str]:
    """Employee id to code, such as "7FK2", different for all ``people``, who are everybody in the company."""
    whole = {person: _spell(person, company_id, key) for person in people}
    found: dict[str, str] = {}
    for length in range(SHORTEST, len(SIGNS)):
        open_still = {person: code[:length] for person, code in whole.items() if person not in found}
        counts = Counter(open_still.values())
        found |= {person: code for person, code in open_still.items() if counts[code] == 1}
    return found


def _spell(person: str, company_id: UUID, key: bytes) -> str:
    month = now().strftime("%Y-%m")
    digest = hmac.new(key, f"pseudonym/{company_id}/{month}/{person}".encode(), sha256).digest()
    number = int.from_bytes(digest, "big")
    signs = ""
    while len(signs) < len(SIGNS):
        number, place = divmod(number, len(SIGNS))
        signs += SIGNS[place]
    return signs
