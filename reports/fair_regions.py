"""Regions: whether visits link them, so that what customers got can be compared across them (CP-02).

An auditor is at home in the region of most of the own visits (of equally many, the first by name). A link
visit is one by an auditor from another region. Without such visits a strict team of auditors and a weak
region look the same.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from operator import attrgetter

from reports.fair_rows import LINK_SHARE, FairVisit, Reason, RegionLinks


@dataclass(frozen=True)
class Regions:
    """The regions of counted visits and what links them."""

    visits: tuple[FairVisit, ...]

    @cached_property
    def homes(self) -> dict[str, str]:
        """The home region of each auditor."""
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for visit in self.visits:
            counts[visit.auditor][visit.region] += 1
        return {auditor: find_most_frequent(where) for auditor, where in counts.items()}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All regions, alphabetically."""
        return tuple(sorted({visit.region for visit in self.visits}))

    @cached_property
    def link_share(self) -> float | None:
        """The share of link visits; None where there is only one region."""
        if len(self.names) < 2:
            return None
        return self._links / len(self.visits)

    def find_obstacle(self) -> Reason | None:
        """Say why regions cannot be compared at all; None where they can, or there is only one (CP-02)."""
        if self.link_share is None or self.link_share >= LINK_SHARE:
            return None
        return Reason("too_few_links", self._links, round(100 * LINK_SHARE), whole=len(self.visits))

    def find_obstacle_between(self, some: Collection[str], others: Collection[str]) -> Reason | None:
        """Say why people of these regions and of those cannot be compared; None where they can."""
        if set(some) & set(others):
            return None
        unlinked = {self._groups[name] for name in some}.isdisjoint(self._groups[name] for name in others)
        return self.find_obstacle() or (Reason("regions_not_linked") if unlinked else None)

    def count_links(self) -> tuple[RegionLinks, ...]:
        """Count the link visits of each region and what to schedule so that a tenth of its visits are."""
        visits = Counter(visit.region for visit in self.visits)
        links = Counter(visit.region for visit in self.visits if self._is_link(visit))
        return tuple(
            RegionLinks(
                name,
                visits[name],
                links[name],
                find_visits_to_schedule(visits[name], links[name]),
                tuple(sorted(auditor for auditor, home in self.homes.items() if home != name)),
            )
            for name in self.names
            if len(self.names) > 1
        )

    @cached_property
    def _links(self) -> int:
        return sum(self._is_link(visit) for visit in self.visits)

    @cached_property
    def _groups(self) -> dict[str, str]:
        """Regions that auditors join, directly or by way of others, by the name of one of them."""
        group = {name: name for name in self.names}
        met: dict[str, str] = {}
        for visit in self.visits:
            known = group[met.setdefault(visit.auditor, visit.region)]
            joined = group[visit.region]
            if known != joined:
                group = {name: known if own == joined else own for name, own in group.items()}
        return group

    def _is_link(self, visit: FairVisit) -> bool:
        return self.homes[visit.auditor] != visit.region


def find_visits_to_schedule(visits: int, links: int) -> int:
    """Return how many further link visits make them a tenth of all, the further ones included."""
    return max(0, ceil((visits - 10 * links) / 9))


def find_most_frequent(counts: Counter[str]) -> str:
    """Return what was counted most often; of equals the first by name."""
    return min(counts, key=lambda name: (-counts[name], name))


def find_home(visits: Sequence[FairVisit], place: str) -> str:
    """Return the shop or region (`place` names the field) of most of these visits."""
    counts = Counter(map(attrgetter(place), visits))
    return find_most_frequent(counts)
