"""What stands for a name where names are hidden: a short code, the same all month, that tells nothing else.

The codes come from a secret of the installation, so nobody can work out whose they are, and people sorted by
them are in no order that has to do with their names. Every month everybody has another one, so that what was
hidden at one meeting cannot be followed for a year.
"""

from __future__ import annotations

import hmac
from collections import Counter
from collections.abc import Collection
from functools import lru_cache
from uuid import UUID

from mystery.clock import now

SIGNS = str.maketrans("0123456789abcdef", "23456789BCDFHKMX")
"""No vowels, so that no code is a word, and nothing that looks like something else."""
SHORTEST = 4
LONGEST = 64
CODES_KEPT = 1 << 16


def code_people(people: Collection[str], *, company_id: UUID, key: bytes) -> dict[str, str]:
    """Employee id to code, such as "7FK2", different for all ``people``, who are everybody in the company."""
    month = now().strftime("%Y-%m")
    whole = {person: _spell(f"pseudonym/{company_id}/{month}/{person}", key) for person in people}
    found: dict[str, str] = {}
    for length in range(SHORTEST, LONGEST + 1):
        open_still = {person: code[:length] for person, code in whole.items() if person not in found}
        counts = Counter(open_still.values())
        found |= {person: code for person, code in open_still.items() if counts[code] == 1}
        if len(found) == len(whole):
            break
    return found


@lru_cache(CODES_KEPT)
def _spell(text: str, key: bytes) -> str:
    return hmac.digest(key, text.encode(), "sha256").hex().translate(SIGNS)
