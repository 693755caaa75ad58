"""Made-up programmes for tests of the crossed model: who was visited where, by whom, with which score."""

from collections.abc import Iterable, Sequence

import numpy as np
from hypothesis import strategies as st

from reports.crossed_design import ModelError, Observations, lay_out

SDS = {"employee": 6.0, "auditor": 4.0, "shop": 3.0, "residual": 8.0}


def make_programme(
    people: int = 12,
    visits: int = 4,
    *,
    auditors: int = 4,
    shops: int = 3,
    seed: int = 1,
    moving: float = 0.1,
    scenarios: int = 2,
) -> Observations:
    """A programme in which each person works in one shop and, now and then (`moving`), in another."""
    random = np.random.default_rng(seed)
    employee = np.repeat(np.arange(people), visits)
    shop = employee % shops
    moved = random.random(len(shop)) < moving
    shop[moved] = random.integers(0, shops, moved.sum())
    auditor = random.integers(0, auditors, len(employee))
    scenario = random.integers(0, scenarios, len(employee))
    scores = (
        75.0
        + random.normal(0, SDS["employee"], people)[employee]
        + random.normal(0, SDS["auditor"], auditors)[auditor]
        + random.normal(0, SDS["shop"], shops)[shop]
        + 3.0 * scenario
        + random.normal(0, SDS["residual"], len(employee))
    )
    return Observations(
        scores=[float(score) for score in scores],
        random={
            "employee": name_levels("person", employee),
            "auditor": name_levels("auditor", auditor),
            "shop": name_levels("shop", shop),
        },
        fixed={"scenario": name_levels("scenario", scenario)} if scenarios > 1 else {},
    )


def name_levels(prefix: str, numbers: Iterable[int]) -> list[str]:
    """Names that sort as their numbers do."""
    return [f"{prefix} {number:05}" for number in numbers]


def reorder(observations: Observations, order: Sequence[int]) -> Observations:
    """The same visits, in another order."""
    return Observations(
        scores=[observations.scores[row] for row in order],
        random={name: [values[row] for row in order] for name, values in observations.random.items()},
        fixed={name: [values[row] for row in order] for name, values in observations.fixed.items()},
        covariates={name: [values[row] for row in order] for name, values in observations.covariates.items()},
    )


def can_be_told_apart(observations: Observations) -> bool:
    """Whether the model takes the draw: of two auditors, each may by chance have seen one shop only."""
    try:
        lay_out(observations)
    except ModelError:
        return False
    return True


programmes = st.builds(
    make_programme,
    people=st.integers(5, 14),
    visits=st.integers(2, 5),
    auditors=st.integers(2, 4),
    shops=st.integers(2, 4),
    seed=st.integers(0, 10_000),
    moving=st.sampled_from([0.0, 0.2]),
    scenarios=st.integers(1, 3),
).filter(can_be_told_apart)
