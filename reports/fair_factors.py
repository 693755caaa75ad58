"""Which factors a comparison can tell apart, and the observations that the model gets (CP-01, CP-02).

A factor that says the same as another, or that has a level of its own for each visit, is left out and named:
what it does then stays in a known place, and the figures that would need it are refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from reports.crossed_design import Observations
from reports.fair_rows import FairVisit, FairWarning, Figure, Reason

FIXED: Final = ("scenario", "wave", "version")


@dataclass(frozen=True)
class FactorChoice:
    """The observations, what was left out of them, and which figures that makes impossible."""

    observations: Observations
    notes: tuple[FairWarning, ...]
    refused: Mapping[Figure, Reason]


def choose_factors(visits: Sequence[FairVisit]) -> FactorChoice:
    """Lay out counted visits (each with its base) for the model, without what cannot be told apart."""
    random = {
        "employee": [visit.employee for visit in visits],
        "auditor": [visit.auditor for visit in visits],
        "shop": [visit.shop for visit in visits],
    }
    notes: list[FairWarning] = []
    refused: dict[Figure, Reason] = {}
    for name in ("auditor", "shop"):
        if len(visits) > 1 and len(set(random[name])) == len(visits):
            notes.append(FairWarning(f"{name}_once"))
            del random[name]
    if "shop" in random and _divide_alike(random["employee"], random["shop"]):
        notes.append(FairWarning("one_person_a_shop"))
        refused["colleagues"] = Reason("one_person_a_shop")
        del random["shop"]
    elif "shop" in random and _divide_alike(random.get("auditor", []), random["shop"]):
        notes.append(FairWarning("one_auditor_a_shop"))
        refused["customer"] = Reason("one_auditor_a_shop")
        del random["auditor"]
    fixed = {name: list(map(attrgetter(name), visits)) for name in FIXED}
    return FactorChoice(
        Observations(
            scores=[visit.base for visit in visits if visit.base is not None],
            random=random,
            fixed={name: values for name, values in fixed.items() if len(set(values)) > 1},
        ),
        tuple(notes),
        refused,
    )


def _divide_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two factors put the visits into the same groups, of which there are several."""
    pairs = len(set(zip(one, other, strict=False)))
    return pairs > 1 and pairs == len(set(one)) == len(set(other))
