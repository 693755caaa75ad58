"""What print adds to a visit: the company's look, the address of the code, the legend and earlier means."""

from __future__ import annotations

from datetime import date, timedelta

from checklists.scenarios import load_scenarios
from mystery.access.scopes import load_reach
from mystery.database import db
from mystery.models import Assignment, CompanyLook, ScenarioRecord, Visit
from mystery.printouts.dossier import read_dossier, read_report
from reports.rows import ReportLook
from tests.cast import Cast
from tests.factories import make_submitted_visit

DAY = date(2026, 11, 5)


def test_it_prints_in_the_look_that_the_company_chose(cast: Cast) -> None:
    visit = make_submitted_visit(cast)
    assert read_report(visit).look == ReportLook()
    db.session.add(CompanyLook(company_id=cast.ours.company, logo_key="looks/1.png", colour="#7a1f4b"))
    db.session.add(CompanyLook(company_id=cast.foreign.company, logo_key="looks/2.png", colour="#000000"))
    db.session.commit()
    assert read_report(visit).look == ReportLook("looks/1.png", "#7a1f4b")


def test_it_leads_from_paper_to_this_server(cast: Cast) -> None:
    assert read_report(make_submitted_visit(cast)).public_url.startswith("http")


def test_it_reads_earlier_visits_for_print_only(cast: Cast) -> None:
    """The page of a visit shows no means, and opening it costs no look at other visits."""
    make_submitted_visit(cast, "V2", day=DAY - timedelta(days=3))
    visit = make_submitted_visit(cast, day=DAY)
    printed = read_report(visit)
    assert printed.unit_means is not None
    assert printed.unit_means.visits == 1
    shown = read_dossier(load_reach(cast.ours.users["manager"]), visit).report
    assert (shown.unit_means, shown.programme_means) == (None, None)


def test_it_tells_the_legend_as_the_company_keeps_it(cast: Cast) -> None:
    """The role and what was expected come from the scenario of the assignment, not its steps or questions."""
    scenario = load_scenarios()["undecided-customer"]
    record = ScenarioRecord(
        company_id=cast.ours.company,
        slug=scenario.id,
        title_ru=scenario.title.ru,
        title_en=scenario.title.en,
        content=scenario.model_dump_json(by_alias=True),
    )
    db.session.add(record)
    visit = make_submitted_visit(cast)
    assert read_report(visit).scenario is None
    row = db.session.get(Visit, visit)
    assert row is not None
    assignment = db.session.get(Assignment, row.assignment_id)
    assert assignment is not None
    assignment.scenario_id = record.id
    db.session.commit()
    played = read_report(visit).scenario
    assert played is not None
    assert (played.title, played.role, played.expected) == (
        scenario.title,
        scenario.legend,
        scenario.expected,
    )
