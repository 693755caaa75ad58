"""Scoring tens of thousands of visits anew on common standards (SC-20), a column at a time.

`CommonPlan.rescore` does one visit in exact fractions and is the reference; this does all of them in doubles,
which is what the model takes in anyway. Most answers earn everything, so only the others are asked for.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import Final

import numpy as np
from numpy.typing import NDArray

from checklists.definition import Checklist, Question
from reports.common_scores import CommonPlan

Table = NDArray[np.float64]
Departure = tuple[str, str, float | None]
"""A visit, a question and the value of the answer, 0 to 1; None where the question was not assessed."""
NOTHING: Final = 1e-9
"""Less than any weight: what doubles leave of a weight that was taken from itself."""


@dataclass(frozen=True)
class CommonScorer:
    """Visits by key with the number of their version, the versions, and the plan that they are scored by."""

    walked: Mapping[str, int]
    versions: Mapping[int, Checklist]
    plan: CommonPlan

    def rescore(self, departures: Iterable[Sequence[Departure]]) -> dict[str, float | None]:
        """Give the base in percent of every visit; None where none of the common standards was assessed.

        `departures` come in lists as long as memory allows. Those of other visits and of questions outside
        the common standards are passed over; a question that nobody names was kept in full.
        """
        kept, assessed = self._gather(departures)
        bases = _score(kept, assessed, self.plan.layout, self._columns)
        return {
            visit: None if np.isnan(base) else base
            for visit, base in zip(self.walked, bases.tolist(), strict=True)
        }

    @cached_property
    def _columns(self) -> dict[str, int]:
        return {standard: column for column, standard in enumerate(sorted(self.plan.standards))}

    def _gather(self, departures: Iterable[Sequence[Departure]]) -> tuple[Table, NDArray[np.bool_]]:
        """Take what was lost from full marks: the share kept of each standard, and if it was assessed."""
        lines = {visit: line for line, visit in enumerate(self.walked)}
        version = np.array(list(self.walked.values()), dtype=np.intp)
        questions, columns, weights = self._lay_out_questions()
        whole = np.zeros((len(weights), max(1, len(self._columns))))
        np.add.at(whole, (np.arange(len(weights))[:, None], columns), weights)
        possible = whole[version].ravel()
        earned = possible.copy()
        for some in departures:
            line = look_up(lines, [departure[0] for departure in some])
            question = look_up(questions, [departure[1] for departure in some])
            own = np.flatnonzero((line >= 0) & (question >= 0))
            line, question = line[own], question[own]
            place = line * whole.shape[1] + columns[version[line], question]
            weight = weights[version[line], question]
            share = np.array([departure[2] for departure in some], dtype=np.float64)[own]
            is_open = np.isnan(share)
            possible -= np.bincount(place, weight * is_open, minlength=len(possible))
            earned -= np.bincount(place, weight * np.where(is_open, 1, 1 - share), minlength=len(earned))
        assessed = possible > NOTHING
        kept = np.divide(earned, possible, out=np.zeros_like(earned), where=assessed)
        shape = (len(lines), whole.shape[1])
        return kept.reshape(shape), assessed.reshape(shape)

    def _lay_out_questions(self) -> tuple[dict[str, int], NDArray[np.intp], Table]:
        """Number the questions; by version and question, the column of its standard and its weight there.

        A question without a common standard has weight 0, and so adds nothing to the column it is given.
        """
        every = {question.id for checklist in self.versions.values() for question in checklist.questions()}
        numbers = {name: number for number, name in enumerate(sorted(every))}
        shape = (1 + max(self.versions), len(numbers))
        columns, weights = np.zeros(shape, dtype=np.intp), np.zeros(shape)
        for version, checklist in self.versions.items():
            for question in checklist.questions():
                column = self._columns.get(question.standard or "")
                if column is not None:
                    columns[version, numbers[question.id]] = column
                    weights[version, numbers[question.id]] = float(question.weight)
        return numbers, columns, weights


def look_up(places: Mapping[str, int], names: Sequence[str]) -> NDArray[np.intp]:
    """Give the number that stands for each name; -1 for one that has none."""
    return np.fromiter(map(places.get, names, repeat(-1)), dtype=np.intp, count=len(names))


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
