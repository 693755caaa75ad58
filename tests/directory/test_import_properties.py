"""What holds for every file: a second import changes nothing, the tree stays a tree, nobody is doubled."""

from __future__ import annotations

import itertools
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mystery.database import db
from mystery.directory.actions.imports import _carry_out
from mystery.directory.imports.drafts import read_directory
from mystery.directory.imports.plan import Directory, Plan
from mystery.directory.imports.planning import plan_import
from mystery.models import Employee, Unit
from mystery.tables.reading import Sheet
from tests.cast import Cast
from tests.directory.files import reach_of

CODES = st.sampled_from(["N1", "N2", "S1", "W", "W1", "W2", "C", "N", " n1", ""])
NAMES = st.sampled_from(["Север", "Юг", "Запад", "Магазин N1", "Лавка", "<script>", "=1+1", ""])
PLACES = st.sampled_from(["", "N1", "N2", "S1", "W", "W1", "C", "Север", "юг", "Лавка", "Луна"])
DAYS = st.sampled_from(
    ["", "", "", "", "2025-03-01", "01.06.2025", "45900", "2026-01-31", "2026-10-01", "вчера"]
)
UNIT_ROWS = st.lists(
    st.tuples(
        CODES, NAMES, st.sampled_from(["", "регион", "регион", "shop", "shop", "компания"]), PLACES, DAYS
    ),
    max_size=8,
)
PEOPLE = st.sampled_from(["Анна", "Борис", "Вера", "Глеб", ""])
STAFF_ROWS = st.lists(
    st.tuples(
        st.sampled_from(["E1", "E2", "E3", "E4"]),
        PEOPLE,
        st.sampled_from(["", "Кассир", "Продавец"]),
        PLACES,
        st.sampled_from(["2025-03-01", "2025-03-01", "2026-02-01", ""]),
        DAYS,
        DAYS,
    ),
    max_size=5,
)
FILES = st.lists(st.tuples(UNIT_ROWS, STAFF_ROWS), min_size=1, max_size=3)
UNIT_HEADINGS = ("Код", "Название", "Вид", "Входит в", "Закрыто с")
STAFF_HEADINGS = ("Табельный номер", "ФИО", "Должность", "Подразделение", "Принят", "С даты", "Уволен")
Rows = list[tuple[str, ...]]


def as_sheets(units: Rows, staff: Rows) -> list[Sheet]:
    """A file with a sheet of each kind."""
    sheets = (("Units", [UNIT_HEADINGS, *units]), ("Staff", [STAFF_HEADINGS, *staff]))
    return [Sheet(name, tuple(enumerate(rows, start=1))) for name, rows in sheets]


def mend(sheets: list[Sheet], directory: Directory) -> tuple[list[Sheet], Plan]:
    """The file without the rows that have problems, and its plan."""
    while True:
        plan = plan_import(sheets, directory)
        wrong = {(problem.place.sheet, problem.place.row) for problem in plan.problems}
        if not wrong or (("", None) in wrong):
            return sheets, plan
        sheets = [
            Sheet(sheet.name, tuple(row for row in sheet.rows if (sheet.name, row[0]) not in wrong))
            for sheet in sheets
        ]


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(FILES)
def test_it_finds_nothing_to_do_after_a_file_was_applied(cast: Cast, files: list[tuple[Rows, Rows]]) -> None:
    """Files are applied one upon another, so that they meet histories and not only a fresh company."""
    reach, company = reach_of(cast.ours.company), cast.ours.company
    try:
        for number, name in enumerate(("Анна", "Борис"), start=1):
            db.session.get_one(Employee, cast.ours.employees[name]).code = f"E{number}"
        db.session.flush()
        for units, staff in files:
            before = read_directory(reach, company)
            sheets, plan = mend(as_sheets(units, staff), before)
            assert plan_import(sheets, before).digest() == plan.digest()
            if plan.problems:
                # Nothing was left of the file but its headings.
                continue
            _carry_out(company, plan, before)
            db.session.expire_all()
            after = read_directory(reach, company)
            again = plan_import(sheets, after)
            assert again.changes_nothing, (again.units, again.employees)
            assert not again.problems
            assert set(before.units) <= set(after.units)
            assert set(before.staff) <= set(after.staff)
            assert_tree(after, company)
            assert_staff()
    finally:
        db.session.rollback()


def assert_tree(directory: Directory, company: UUID) -> None:
    """One root, every path made of the parent's, shops are leaves, no open unit below a closed one."""
    units = db.session.query(Unit).filter_by(company_id=company).all()
    assert [unit.id for unit in units if unit.parent_id is None] == [company]
    for unit in units:
        if unit.parent is not None:
            assert unit.path == f"{unit.parent.path}{unit.id.hex}/"
            assert unit.parent.kind != "shop"
            assert unit.closed_on or not unit.parent.closed_on
    codes = [unit.code for unit in units if unit.code]
    assert len(codes) == len(set(codes))


def assert_staff() -> None:
    """Placements follow one another, and the last one ends with the leaving."""
    for person in db.session.query(Employee):
        for before, after in itertools.pairwise(person.placements):
            assert before.until is not None
            assert before.until < after.since
        assert person.placements[0].since >= person.hired_on
        assert person.placements[-1].until == person.left_on
