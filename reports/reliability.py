"""How much of the spread between people is people: reliability by number of visits, from the programme's own
sds, and how many visits a wanted reliability takes (CP-06).
"""

from collections.abc import Mapping, Sequence
from math import ceil

EXACT_ENOUGH = 1e-9  # so that a number of visits that suffices exactly is not rounded up by binary noise


def find_reliability(
    sds: Mapping[str, float], visits: int, *, signal: Sequence[str] = ("employee",), same: Sequence[str] = ()
) -> float:
    """Return the share of the variance of a mean of so many visits that comes from `signal`.

    Every visit is taken to bring another auditor and another chance. Factors in `same` do not vary between
    the people who are compared (their shop, among shop colleagues) and are left out. Raises ValueError for
    fewer than one visit.
    """
    if visits < 1:
        raise ValueError("a mean needs a visit")
    wanted, noise = _split_variance(sds, signal, same)
    whole = wanted + noise / visits
    return wanted / whole if whole > 0 else 0.0


def find_visits_needed(
    sds: Mapping[str, float],
    reliability: float,
    *,
    signal: Sequence[str] = ("employee",),
    same: Sequence[str] = (),
) -> int | None:
    """Return the least number of visits with this reliability; None where people do not differ at all.

    Raises ValueError for a reliability that is not between 0 and 1.
    """
    if not 0 < reliability < 1:
        raise ValueError(f"a reliability between 0 and 1 is needed, not {reliability}")
    wanted, noise = _split_variance(sds, signal, same)
    if wanted <= 0:
        return None
    return max(1, ceil(reliability / (1 - reliability) * noise / wanted - EXACT_ENOUGH))


def _split_variance(
    sds: Mapping[str, float], signal: Sequence[str], same: Sequence[str]
) -> tuple[float, float]:
    wanted = sum(sds[name] ** 2 for name in signal)
    noise = sum(sd**2 for name, sd in sds.items() if name not in signal and name not in same)
    return wanted, noise
