"""Everything that the files of one comparison are made from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reports.common_scores import CommonPlan
from reports.comparison import StaffComparison, StaffRow, collation_key
from reports.fair_rows import FairComparison, FairPerson

BookPerson = tuple[str, FairPerson, StaffRow | None]
"""The name to print, the fair figures, and the plain means where there are any."""


@dataclass(frozen=True)
class ComparisonBook:
    """A fair comparison with what stands beside it: sections, names to print, and what was compared.

    `plain` are the plain means of the chosen visits: sections, and what was left out. `names` holds the name
    to print for each employee, in the order to print them in; without it people come as `fair` has them.
    Titles go by the id of a section and the slug of a checklist, which stand in for missing ones. `scope`
    says in sentences what was compared, `regions` the region of each employee, and `are_regions_apart` that
    people of different regions may not be compared (CP-02). `plan` says how versions of the checklist were
    made comparable (SC-20), and `revision` which state of the data it is.
    """

    fair: FairComparison
    plain: StaffComparison
    names: Mapping[str, str] | None = None
    are_names_hidden: bool = False
    section_titles: Mapping[str, str] = field(default_factory=dict)
    checklist_titles: Mapping[str, str] = field(default_factory=dict)
    scope: Sequence[str] = ()
    regions: Mapping[str, str] = field(default_factory=dict)
    are_regions_apart: bool = False
    plan: CommonPlan | None = None
    revision: str = ""

    def list_people(self) -> Iterator[BookPerson]:
        """Yield each person with the name to print, and with the row of plain means where there is one."""
        rows = {row.employee: row for row in self.plain.rows}
        known = {person.employee: person for person in self.fair.people}
        names = {person.employee: person.name for person in self.fair.people}
        for employee, name in (names if self.names is None else self.names).items():
            if employee in known:
                yield name, known[employee], rows.get(employee)

    def list_groups(self) -> list[tuple[str, list[BookPerson]]]:
        """The people by region, regions by name; under no heading where all may stand together."""
        groups: dict[str, list[BookPerson]] = {}
        for each in self.list_people():
            region = self.regions.get(each[1].employee, "") if self.are_regions_apart else ""
            groups.setdefault(region, []).append(each)
        return sorted(groups.items(), key=lambda group: collation_key(group[0]))
