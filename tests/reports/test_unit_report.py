"""The report on a unit: standards by staff without any order among people, what to train, sections with n."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from reports.heatmap import STAFF_ON_A_SHEET, build_heatmap
from reports.marks import Mark
from reports.period_print import write_unit_document
from reports.period_rows import KnockOutEvent, PeriodVisit, UnitPeriod
from reports.section_means import asks_the_same, build_section_lines
from reports.training_needs import list_needs
from reports.unit_report import build_unit_page
from tests.reports.period_samples import FIRST_DAY, make_unit_period, worked_visit
from tests.reports.samples import sample_checklist
from tests.reports.test_trends import harder

STAFF = ("Яна", "Ёлкина", "Анна", "Борис")


def visits_of(*names: str, count: int = 3, **answers: str) -> dict[str, Sequence[PeriodVisit]]:
    """So many equal visits to each."""
    return {name: [worked_visit(number, **answers) for number in range(1, count + 1)] for name in names}


def unit_of(staff: dict[str, Sequence[PeriodVisit]]) -> UnitPeriod:
    """A unit on the worked checklist."""
    return make_unit_period(staff, sample_checklist())


def test_it_lists_staff_alphabetically_whatever_they_kept() -> None:
    """CP-03: ё stands next to е, and the best is not the first."""
    heatmap = build_heatmap(unit_of(visits_of(*STAFF) | visits_of("Анна", name="no")), "ru")
    assert heatmap is not None
    assert [each.name for each in heatmap.staff] == ["Анна", "Борис", "Ёлкина", "Яна"]


def test_it_says_in_each_cell_how_often_of_how_many() -> None:
    """k of n with a mark; pale under three visits; empty where the standard was never assessed."""
    staff: dict[str, Sequence[PeriodVisit]] = {
        "Анна": [worked_visit(1), worked_visit(2), worked_visit(3, name="no")],
        "Борис": [worked_visit(1, name="no")],
        "Вера": [replace(worked_visit(1), shares={"asked": worked_visit().shares["asked"]})],
    }
    heatmap = build_heatmap(unit_of(staff), "en")
    assert heatmap is not None
    code = sample_checklist().question("name").standard_code
    row = next(each for each in heatmap.rows if each.code == code)
    assert [cell.words for cell in row.cells] == ["2 of 3", "0 of 1", ""]
    assert [cell.mark for cell in row.cells] == [Mark.PARTLY, Mark.MISSED, None]
    assert [cell.is_pale for cell in row.cells] == [False, True, False]
    assert row.everybody.words == "2 of 4"


def test_it_prints_a_wide_team_on_several_sheets() -> None:
    """Sheets about as wide as each other: none has a column or two alone."""
    names = [f"Сотрудник {number:02}" for number in range(STAFF_ON_A_SHEET + 3)]
    heatmap = build_heatmap(unit_of(visits_of(*names, count=1)), "ru")
    assert heatmap is not None
    sheets = list(heatmap.sheets())
    assert [len(sheet.staff) for sheet in sheets] == [7, 6]
    assert sheets[1].rows[0].cells == heatmap.rows[0].cells[7:]
    assert sheets[0].rows[0].everybody == heatmap.rows[0].everybody


def test_it_trains_the_standard_most_often_missed_with_two_people_or_more() -> None:
    """What one person misses is a talk in private; names stand nowhere in the list."""
    staff = visits_of("Анна", "Борис", name="no") | visits_of("Вера") | visits_of("Глеб", heard="no")
    (need,) = list_needs(unit_of(staff))
    assert need.topic.key == sample_checklist().question("name").standard
    assert (need.missed, need.assessed, need.people_missed, need.people) == (6, 12, 2, 4)
    page = build_unit_page(unit_of(staff), "en")
    assert "6 of 12\N{NO-BREAK SPACE}visits, with 2 of 4\N{NO-BREAK SPACE}employees" in page.sentence
    assert not any(name in repr(page.needs) for name in staff)


def test_it_speaks_of_a_unit_from_three_people_and_five_visits() -> None:
    """Team figures say something about single people before that."""
    page = build_unit_page(unit_of(visits_of("Анна", "Борис", name="no")), "en")
    assert page.needs == ()
    assert "from three employees and five visits" in page.needs_words
    assert all(line.own_share is None for line in page.sections)
    assert "too few" in page.sections[0].own
    assert page.heatmap is not None, "k of n are facts"
    few_visits = build_unit_page(unit_of(visits_of("Анна", "Борис", "Вера", count=1, name="no")), "en")
    assert few_visits.needs == ()


def test_it_sets_sections_beside_the_programme_with_their_n() -> None:
    lines = build_section_lines(unit_of(visits_of("Анна", "Борис", "Вера", name="no")), "en")
    assert lines[0].own.startswith("66.7 (9")
    assert lines[0].own_share is not None
    assert "6\N{NO-BREAK SPACE}employees" in lines[0].programme
    assert "18\N{NO-BREAK SPACE}visits" in lines[0].programme


def test_it_leaves_out_sections_that_asked_something_else() -> None:
    """SC-20: a version in which the section changed does not count in that section."""
    newer = harder(sample_checklist(), "name")
    assert not asks_the_same(newer.sections[0], sample_checklist().sections[0])
    assert asks_the_same(newer.sections[1], sample_checklist().sections[1])
    unit = unit_of(visits_of("Анна", "Борис", "Вера"))
    lines = build_section_lines(replace(unit, versions={1: sample_checklist(), 2: newer}), "en")
    assert lines[0].own == "not assessed"
    assert lines[1].own_share == 1


def test_it_tells_knock_outs_as_events_without_names() -> None:
    """SC-07: counted on their own, the latest first."""
    events = tuple(
        KnockOutEvent(f"v{number}", FIRST_DAY.replace(day=number), "Магазин 3", 1, "receipt")
        for number in (5, 9)
    )
    page = build_unit_page(replace(unit_of(visits_of("Анна")), knock_outs=events), "en")
    (line,) = page.knock_outs
    assert line.times == "decided 2\N{NO-BREAK SPACE}times"
    assert [visit for visit, _, _ in line.visits] == ["v9", "v5"]


def test_it_shows_the_latest_of_many_knock_outs() -> None:
    events = tuple(
        KnockOutEvent(f"v{number}", FIRST_DAY + timedelta(days=number), "Магазин 3", 1, "receipt")
        for number in range(30)
    )
    (line,) = build_unit_page(replace(unit_of(visits_of("Анна")), knock_outs=events), "en").knock_outs
    assert line.times == "decided 30\N{NO-BREAK SPACE}times, the latest 20 below"
    assert (line.visits[0][0], len(line.visits)) == ("v29", 20)


def test_it_says_when_there_are_too_many_people_for_a_table() -> None:
    unit = replace(unit_of(visits_of(*STAFF)), counts=(), is_wide=True)
    page = build_unit_page(unit, "en")
    assert page.heatmap is None
    assert "Choose a region or a shop" in page.heatmap_words
    assert build_unit_page(replace(unit, staff=()), "en").heatmap_words.startswith("There are no visits")
    none = build_unit_page(replace(unit, is_wide=False), "en")
    assert none.heatmap_words == "No standard was assessed in these visits."


def test_it_prints_cells_with_classes_and_words() -> None:
    html = write_unit_document(unit_of(visits_of("Анна", count=2, name="no")), "ru").html
    assert 'class="cell-missed cell-level-0 cell-pale">0 из 2<' in html
    assert 'class="cell-kept cell-level-3 cell-pale">2 из 2<' in html
    assert "style=" not in html
