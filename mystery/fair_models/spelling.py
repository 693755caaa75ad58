"""Ids as text, spelled alike whichever database they come from."""

from __future__ import annotations

LENGTH_WITHOUT_DASHES = 32


def spell(key: str) -> str:
    """An id as everything outside the database spells it; SQLite keeps it without the dashes.

    Making UUIDs of tens of thousands takes longer than reading them.
    """
    if len(key) != LENGTH_WITHOUT_DASHES:
        return key
    return f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}"


def spell_both(key: str) -> tuple[str, str]:
    """An id in both spellings, for looking up what comes straight from a database."""
    return key, key.replace("-", "")


class Spellings(dict[str, str]):
    """Ids as the database gives them to their spelling outside, each spelled once: a shop has many visits."""

    def __missing__(self, key: str) -> str:
        self[key] = spelled = spell(key)
        return spelled
