"""SC-20: visits of several versions, scored on what the versions have in common."""

from fractions import Fraction

import pytest

from checklists.definition import Checklist
from reports.common_scores import choose_common
from tests.checklists.tables import lay_out


def make_version(*standards: str) -> Checklist:
    """A version of one section, with a question of equal weight for each standard."""
    rows = [f"s | 10 | q{n} | yes_no | 1 | - | standard: {name}" for n, name in enumerate(standards)]
    return lay_out("\n".join(["section | W | question | kind | w | answer | rules", *rows]))


NEWEST = make_version("GR-01@2", "GR-02@1", "ND-01@1", "OB-01@1", "PR-01@1")
MIDDLE = make_version("GR-01@1", "GR-02@1", "ND-01@1", "OB-01@1", "PR-01@1")
FOREIGN = make_version("GR-01@1", "GR-02@1")
OLDEST = make_version("GR-02@1", "ND-01@1", "OB-01@1")


def test_it_takes_in_versions_while_enough_stays_common() -> None:
    """SC-20: 4 of 5 with the middle one, 3 of 5 with the oldest; the foreign one breaks the line."""
    plan = choose_common([("4", NEWEST), ("3", MIDDLE), ("2", FOREIGN), ("1", OLDEST)])
    assert (plan.included, plan.broken) == (("4", "3", "1"), ("2",))
    assert plan.standards == {"GR-02@1", "ND-01@1", "OB-01@1"}
    assert plan.coverage == Fraction(3, 5)
    assert plan.is_needed


def test_it_scores_visits_on_the_common_standards_alone() -> None:
    """SC-20: what was missed in a standard that the other version lacks counts for nobody."""
    plan = choose_common([("2", NEWEST), ("1", MIDDLE)])
    kept = {"GR-01@1": Fraction(0), "GR-02@1": Fraction(1), "ND-01@1": Fraction(1, 2)}
    assert plan.rescore(kept) == 75
    assert plan.rescore({"GR-01@1": Fraction(1)}) is None


def test_it_leaves_a_single_version_as_it_is() -> None:
    plan = choose_common([("1", NEWEST)])
    assert not plan.is_needed
    assert plan.coverage == 1
    assert not plan.broken
    with pytest.raises(ValueError, match="needs a version"):
        choose_common([])
