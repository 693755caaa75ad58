"""Questions to a fitted model: weighted sums of the average score, effects of levels and slopes (CP-02)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csc_array

from reports.crossed_design import Design, Floats, ModelError
from reports.elimination import Sparse


@dataclass(frozen=True)
class Contrast:
    """A weighted sum of what the model knows: the average score, effects of levels, slopes of covariates.

    `effects` is keyed by factor and level; `Contrast(mean=1, effects={("employee", "Anna"): 1})` is the fair
    score of Anna against shop colleagues, and with {("shop", "Centre"): 1} added what customers got (CP-02).
    """

    mean: float = 0.0
    effects: Mapping[tuple[str, str], float] = field(default_factory=dict)
    covariates: Mapping[str, float] = field(default_factory=dict)


def lay_out_contrasts(design: Design, contrasts: Sequence[Contrast]) -> tuple[Floats, Sparse]:
    """Return the weights of contrasts on the fixed columns and on the levels, a column a contrast.

    Raises KeyError for a name that is not in the design, ModelError "aliased" for the effect of a fixed level
    that cannot be told from another fixed effect.
    """
    columns = {name: number for number, name in enumerate(design.fixed_names)}
    fixed = np.zeros((len(columns), len(contrasts)))
    weights: list[float] = []
    places: list[tuple[int, int]] = []
    for number, contrast in enumerate(contrasts):
        fixed[0, number] = contrast.mean
        for (factor, level), weight in contrast.effects.items():
            if factor in design.factors:
                weights.append(weight)
                places.append((design.factors[factor].find_column(level), number))
            else:
                fixed[:, number] += weight * _mark_fixed_level(design, factor, level)
        for covariate, weight in contrast.covariates.items():
            fixed[columns[covariate, ""], number] += weight
    rows, owners = np.array(places, dtype=np.int64).reshape(-1, 2).T
    shape = (int(design.incidence.shape[1]), len(contrasts))
    return fixed, csc_array((np.array(weights, dtype=np.float64), (rows, owners)), shape=shape)


def _mark_fixed_level(design: Design, factor: str, level: str) -> Floats:
    """Weights of a level of a fixed factor against the average visit, as the columns are centred on it."""
    values = np.asarray(design.observations.fixed[factor], dtype=str)
    if level not in values:
        raise KeyError((factor, level))
    if design.aliased:
        raise ModelError("aliased", factor)
    return np.array(
        [
            float(level == name) - float(np.mean(values == name)) if owner == factor else 0.0
            for owner, name in design.fixed_names
        ]
    )
