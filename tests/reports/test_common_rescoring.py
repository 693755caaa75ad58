"""Thousands of visits scored anew on common standards get what each would get in fractions (SC-20)."""

from fractions import Fraction
from random import Random
from typing import Any

import pytest

from checklists.definition import Checklist
from reports.common_rescoring import CommonScorer, Departure
from reports.common_scores import choose_common
from reports.trends import share_of_standards
from tests.checklists.tables import lay_out

TABLE = """
    section | W  | question | kind         | w   | rules
    first   | 40 | a        | yes_no       | 1/2 | standard: GR-01@1
    first   | 40 | b        | scale 0..4   | 2   | standard: GR-02@1
    first   | 40 | again    | yes_no       | 1   | standard: ND-01@1
    second  | 60 | c        | choice 4/2/0 | 3   | standard: ND-01@1
    second  | 60 | d        | yes_no       | 3   | standard: ND-02@1
    second  | 60 | free     | yes_no       | 1   |
"""


def make_versions(**fields: Any) -> dict[int, Checklist]:
    """Three versions: the newest, one with another wording of a standard, and one with other weights."""
    return {
        3: lay_out(TABLE, **fields),
        2: lay_out(TABLE.replace("ND-02@1", "ND-02@7"), **fields),
        1: lay_out(TABLE.replace("| 1/2 |", "| 4   |"), **fields),
    }


@pytest.mark.parametrize("mode", ["sections", "points"])
def test_it_scores_many_visits_as_the_plan_scores_each(mode: str) -> None:
    """SC-20, SC-03, SC-04: in both modes, with answers missing here and there, and in lists of any length."""
    versions = make_versions(scoring={"mode": mode})
    plan = choose_common([(str(number), versions[number]) for number in (3, 2, 1)])
    assert plan.is_needed
    random = Random(5)
    walked = {f"visit {number}": random.choice((1, 2, 3)) for number in range(60)}
    shares = {
        visit: {
            question.id: Fraction(random.randrange(5), 4)
            for question in versions[version].questions()
            if random.random() < 0.6
        }
        for visit, version in walked.items()
    }
    rows: list[Departure] = [
        (visit, question.id, None if share is None else float(share))
        for visit, version in walked.items()
        for question in versions[version].questions()
        if (share := shares[visit].get(question.id)) != 1
    ]
    rows += [("another visit", "a", 1.0), ("visit 1", "no such question", 0.0)]
    bases = CommonScorer(walked, versions, plan).rescore([rows[:7], rows[7:]])
    assert list(bases) == list(walked)
    for visit, version in walked.items():
        expected = plan.rescore(share_of_standards(versions[version], shares[visit]))
        assert bases[visit] == (None if expected is None else pytest.approx(expected, abs=1e-9))
    assert None in bases.values(), "somebody was assessed on none of the common standards"


def test_it_takes_for_kept_what_nobody_names() -> None:
    """Three in four answers earn everything, and need not be read."""
    versions = make_versions()
    plan = choose_common([("3", versions[3]), ("2", versions[2])])
    assert CommonScorer({"visit": 2}, versions, plan).rescore([]) == {"visit": 100.0}
