"""Scores over several versions of a checklist, on what they have in common (SC-20).

Going back from the newest version, each older one is taken in whose standards, together with those taken in
so far, still carry 0.6 of the newest layout's weight; at the others the line is broken. All visits are then
scored anew on the common standards, with the layout and the weights of the newest version.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from checklists.definition import Checklist
from checklists.publishing import common_coverage, common_standards, rescore_kept
from checklists.scorecard import ENOUGH_COVERAGE


@dataclass(frozen=True)
class CommonPlan:
    """Which versions can be compared, and on which standards."""

    layout: Checklist  # the newest version
    standards: frozenset[str]  # "GR-01@1"
    coverage: Fraction  # share of the layout's weight that these standards carry
    included: tuple[str, ...]  # names of versions, the newest first
    broken: tuple[str, ...]  # versions whose visits are left out

    @property
    def is_needed(self) -> bool:
        """Tell whether visits must be scored anew; with a single version their own base is what counts."""
        return len(self.included) > 1

    def rescore(self, kept: Mapping[str, Fraction]) -> float | None:
        """Return the base, in percent, of a visit known by the share of points of each assessed standard.

        None where the visit assessed none of the common standards.
        """
        base = rescore_kept(kept, layout=self.layout, standards=self.standards)
        return None if base is None else float(base)


def choose_common(versions: Sequence[tuple[str, Checklist]]) -> CommonPlan:
    """Choose from named versions, the newest first; raises ValueError where there is none."""
    if not versions:
        raise ValueError("a comparison needs a version")
    newest, layout = versions[0]
    standards = common_standards(layout, layout)
    included, broken = [newest], []
    for name, version in versions[1:]:
        narrowed = standards & common_standards(version, layout)
        if common_coverage(layout, narrowed) >= ENOUGH_COVERAGE:
            standards = narrowed
            included.append(name)
        else:
            broken.append(name)
    return CommonPlan(layout, standards, common_coverage(layout, standards), tuple(included), tuple(broken))
