"""The ledger: what was entered on the phone, and what the phone said it had kept."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Values = tuple[str, ...]


@dataclass
class FieldLog:
    """The values of one field in the order they were entered; ``kept`` counts those up to the last kept."""

    values: list[Values] = field(default_factory=list)
    kept: int = 0
    is_touched: bool = False

    @property
    def last(self) -> Values:
        """What the page showed last."""
        return self.values[-1] if self.values else ()

    @property
    def allowed(self) -> list[Values]:
        """What may stand there now: the value last kept, or a later one that was never acknowledged."""
        return self.values[max(self.kept - 1, 0) :]

    @property
    def is_promised(self) -> bool:
        """Whether something that a thumb entered was said to be kept.

        Until then the page may fill the field in, from what was noted during the visit.
        """
        return self.is_touched and self.kept > 0

    def allows(self, found: Values) -> bool:
        """Whether ``found`` loses nothing: it is allowed, or nothing was promised."""
        return found in self.allowed or not self.is_promised


@dataclass
class PhotoLog:
    """A photo: what was chosen, and the hash of the bytes under each id that the phone has kept it as.

    The phone first keeps a photo as it was chosen, and then a smaller one under another id.
    """

    number: int
    question: str
    original_sha256: str
    hashes: dict[str, str] = field(default_factory=dict)
    is_kept: bool = False
    is_removed: bool = False


@dataclass
class VisitLog:
    """Everything about one visit: fields, photos, notes by text, and whether its sending was acknowledged."""

    fields: defaultdict[str, FieldLog] = field(default_factory=lambda: defaultdict(FieldLog))
    photos: dict[int, PhotoLog] = field(default_factory=dict)
    # Whether the screen said of a note that it is kept.
    notes: dict[str, bool] = field(default_factory=dict)
    is_sent: bool = False


class Ledger:
    """What every visit must arrive with."""

    def __init__(self) -> None:
        self.visits: defaultdict[int, VisitLog] = defaultdict(VisitLog)
        self.entered = 0
        self.acknowledged = 0

    def enter(self, visit: int, shown: Mapping[str, Sequence[str]], touched: str = "") -> None:
        """The page of a visit shows ``shown`` after a gesture on the field ``touched``, if it was on one."""
        fields = self.visits[visit].fields
        for name in {*shown, *fields}:
            log, values = fields[name], tuple(shown.get(name, ()))
            if values != log.last:
                log.values.append(values)
        if touched:
            fields[touched].is_touched = True
        self.entered += 1

    def acknowledge(self, visit: int) -> None:
        """The screen said that everything entered so far on the page of this visit is kept."""
        for log in self.visits[visit].fields.values():
            log.kept = len(log.values)
        self.acknowledged += 1

    def list_losses(self, visit: int, shown: Mapping[str, Sequence[str]]) -> list[str]:
        """The fields of a visit that show something else than they may, each as a line to read."""
        return [
            f"{name} shows {list(shown.get(name, ()))}, kept was {[list(each) for each in log.allowed]}"
            for name, log in self.visits[visit].fields.items()
            if not log.allows(tuple(shown.get(name, ())))
        ]

    def choose_photo(self, visit: int, question: str, number: int, content: bytes) -> PhotoLog:
        """A picture was chosen for a question; nothing is promised yet."""
        photo = PhotoLog(number, question, hashlib.sha256(content).hexdigest())
        self.visits[visit].photos[number] = photo
        return photo
