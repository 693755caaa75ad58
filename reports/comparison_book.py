"""Everything that the files of one comparison are made from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reports.common_scores import CommonPlan
from reports.comparison import StaffComparison, StaffRow
from reports.fair_rows import FairComparison, FairPerson


@dataclass(frozen=True)
class ComparisonBook:
    """A fair comparison with what stands beside it: sections, names to print, and what was compared.

    `plain` are the plain means of the chosen visits: sections, and what was left out. `names` holds the name
    to print for each employee, in the order to print them in; without it people come as `fair` has them.
    Titles go by the id of a section and the slug of a checklist, which stand in for missing ones. `scope`
    says in sentences what was compared, `plan` how versions of the checklist were made comparable (SC-20),
    and `revision` which state of the data it is.
    """

    fair: FairComparison
    plain: StaffComparison
    names: Mapping[str, str] | None = None
    are_names_hidden: bool = False
    section_titles: Mapping[str, str] = field(default_factory=dict)
    checklist_titles: Mapping[str, str] = field(default_factory=dict)
    scope: Sequence[str] = ()
    plan: CommonPlan | None = None
    revision: str = ""

    def list_people(self) -> Iterator[tuple[str, FairPerson, StaffRow | None]]:
        """Yield each person with the name to print, and with the row of plain means where there is one."""
        rows = {row.employee: row for row in self.plain.rows}
        known = {person.employee: person for person in self.fair.people}
        names = {person.employee: person.name for person in self.fair.people}
        for employee, name in (names if self.names is None else self.names).items():
            if employee in known:
                yield name, known[employee], rows.get(employee)
