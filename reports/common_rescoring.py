"""Scoring tens of thousands of visits anew on common standards (SC-20), a column at a time.

`CommonPlan.rescore` does one visit in exact fractions and is the reference; this does all of them in doubles,
which is what the model takes in anyway.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from checklists.definition import Checklist, Question
from reports.common_scores import CommonPlan

Table = NDArray[np.float64]


@dataclass(frozen=True)
class CommonScorer:
    """Visits by key with the number of their version, the versions, and the plan that they are scored by."""

    walked: Mapping[str, int]
    versions: Mapping[int, Checklist]
    plan: CommonPlan

    def rescore(self, shares: Iterable[tuple[str, str, float]]) -> dict[str, float | None]:
        """Give the base in percent of every visit; None where none of the common standards was assessed.

        `shares` has visit, question and the value of the answer, 0 to 1, of scored questions; those of other
        visits and of questions outside the common standards are passed over.
        """
        kept, assessed = self._gather(shares)
        bases = _score(kept, assessed, self.plan.layout, self._columns)
        return {
            visit: None if np.isnan(base) else base
            for visit, base in zip(self.walked, bases.tolist(), strict=True)
        }

    @cached_property
    def _columns(self) -> dict[str, int]:
        return {standard: column for column, standard in enumerate(sorted(self.plan.standards))}

    @cached_property
    def _weights(self) -> dict[int, dict[str, tuple[int, float]]]:
        """By version and question: the column of its standard, and its weight there."""
        return {
            number: {
                question.id: (self._columns[question.standard], float(question.weight))
                for question in checklist.questions()
                if question.standard in self._columns and question.weight > 0
            }
            for number, checklist in self.versions.items()
        }

    def _gather(self, shares: Iterable[tuple[str, str, float]]) -> tuple[Table, NDArray[np.bool_]]:
        """Add up the points of each visit on each standard: the share kept, and whether it was assessed."""
        lines = {
            visit: (line, self._weights[number]) for line, (visit, number) in enumerate(self.walked.items())
        }
        width = max(1, len(self._columns))
        places: list[int] = []
        weights: list[float] = []
        values: list[float] = []
        for visit, question, share in shares:
            line, own = lines.get(visit, (0, {}))
            if (found := own.get(question)) is not None:
                places.append(line * width + found[0])
                weights.append(found[1])
                values.append(share)
        shape = (len(lines), width)
        at, weight = np.array(places, dtype=np.intp), np.array(weights)
        possible = np.bincount(at, weight, minlength=shape[0] * width)
        earned = np.bincount(at, weight * np.array(values), minlength=shape[0] * width)
        with np.errstate(invalid="ignore", divide="ignore"):
            kept = np.where(possible > 0, earned / possible, 0.0)
        return kept.reshape(shape), (possible > 0).reshape(shape)


def _score(kept: Table, assessed: NDArray[np.bool_], layout: Checklist, columns: Mapping[str, int]) -> Table:
    """Apply the newest version's sections and weights (SC-03, SC-04); NaN where nothing is left to score."""
    top, bottom = np.zeros(len(kept)), np.zeros(len(kept))
    by_points = layout.scoring.mode == "points"
    for section in layout.sections:
        weights = _weigh(section.questions, columns)
        possible = assessed @ weights
        live = possible > 0
        with np.errstate(invalid="ignore", divide="ignore"):
            percent = np.where(live, 100 * ((kept * assessed) @ weights) / possible, 0.0)
        influence = float(section.weight) * (possible if by_points else live)
        top += influence * percent
        bottom += influence
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(bottom > 0, top / bottom, np.nan)


def _weigh(questions: Sequence[Question], columns: Mapping[str, int]) -> Table:
    weights = np.zeros(max(1, len(columns)))
    for question in questions:
        column = columns.get(question.standard or "")
        if column is not None:
            weights[column] += float(question.weight)
    return weights
