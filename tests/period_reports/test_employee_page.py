"""An employee over a period: the sentence first, facts only when few, every figure leading to its visits."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from html import unescape
from urllib.parse import unquote
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from mystery.access.openings import find_broken_link
from mystery.database import db
from mystery.models import AccessEvent
from tests.cast import Cast
from tests.factories import make_submitted_visit, publish_next_version

Browser = Callable[..., FlaskClient]
FIRST_DAY = date(2026, 9, 1)


@pytest.fixture
def visits(cast: Cast) -> list[UUID]:
    """Three visits to Анна in N1 (V1, V1, V2), one to Вера in S1."""
    own = [
        make_submitted_visit(cast, answers, day=FIRST_DAY + timedelta(days=7 * number))
        for number, answers in enumerate(["V1", "V1", "V2"])
    ]
    make_submitted_visit(cast, "V2", unit="S1", employee="Вера", day=FIRST_DAY)
    return own


def read_page(browser: FlaskClient, address: str, **choice: str) -> str:
    """A page, with entities and runs of blanks as one sees them."""
    answer = browser.get(address, query_string=choice)
    assert answer.status_code == 200, answer.status_code
    return " ".join(unescape(answer.get_data(as_text=True)).split())


def address_of(cast: Cast, name: str = "Анна") -> str:
    """Where the report on an employee is."""
    return f"/period-reports/employees/{cast.ours.employees[name]}"


def test_it_puts_the_sentence_first(client_of: Browser, cast: Cast, visits: list[UUID]) -> None:
    """SC-07: (646/9 + 646/9 + 68.5) / 3 = 70.7, of base scores and without V2's cap of 60."""
    page = read_page(client_of("manager"), address_of(cast))
    assert "За период 3 визита, средний базовый балл 70,7." in page
    assert page.index("средний базовый балл 70,7") < page.index('id="trend"') < page.index('id="standards"')
    assert "Об изменении говорим от шести визитов, пока их 3." in page


def test_it_lists_what_the_mean_is_of_where_versions_differ(
    client_of: Browser, cast: Cast, visits: list[UUID]
) -> None:
    """SC-20: the page says beside the mean what it is of, and has the figures for whoever adds them up."""
    assert "Для среднего" not in read_page(client_of("hr"), address_of(cast))
    publish_next_version(cast, satisfactory=Fraction(75))
    for number in (30, 31, 32):
        make_submitted_visit(cast, "V1", day=FIRST_DAY + timedelta(days=number))
    page = read_page(client_of("hr"), address_of(cast))
    # The worked checklist cites no standards, so its versions share none.
    assert "Средний балл — только по визитам версии 2." in page
    assert "простое среднее столбца «Для среднего»" in page
    rows = re.findall(r'visit-common"><span class="period-label soft">Для среднего</span> (\S+)</td>', page)
    mean = re.search(r'period-score"><p><b>([\d,]+)</b>', page)
    assert mean
    assert rows == [*["–"] * len(visits), *[mean[1]] * 3], "three equal visits have the mean of each"


def test_it_shows_facts_only_under_three_visits(client_of: Browser, cast: Cast) -> None:
    """CP-04."""
    make_submitted_visit(cast)
    page = read_page(client_of("manager"), address_of(cast))
    assert "здесь только факты" in page
    assert 'id="consistency"' not in page
    assert 'class="period-score"' not in page
    assert 'id="visits"' in page


def test_it_leads_from_every_figure_to_its_visits(client_of: Browser, cast: Cast, visits: list[UUID]) -> None:
    """V2 did not ask for the receipt: its number in the row of that standard leads to that very visit."""
    browser = client_of("hr")
    page = read_page(browser, address_of(cast))
    assert all(f'href="/visits/{visit}"' in page for visit in visits)
    for link in set(re.findall(r'href="(/visits/[0-9a-f-]{36})"', page)):
        assert browser.get(link).status_code == 200


def test_it_narrows_to_the_period_in_the_address(client_of: Browser, cast: Cast, visits: list[UUID]) -> None:
    page = read_page(client_of("hr"), address_of(cast), since="2026-09-05", until="2026-09-30")
    assert "За период 2 визита" in page
    assert str(visits[0]) not in page
    empty = read_page(client_of("hr"), address_of(cast), since="2030-01-01")
    assert "За этот период визитов нет." in empty


def test_it_chooses_the_year_up_to_the_last_visit(client_of: Browser, cast: Cast, visits: list[UUID]) -> None:
    """The same address shows the same for ever, as long as nobody is visited again."""
    make_submitted_visit(cast, day=date(2027, 10, 1))
    page = read_page(client_of("hr"), address_of(cast))
    assert 'value="2027-10-01"' in page
    assert "За период 1 визит." in page
    assert "За период 4 визита" in read_page(client_of("hr"), address_of(cast), since="", until="")


@pytest.mark.parametrize("nonsense", [{"checklist": "x"}, {"since": "x", "until": "2026-99-99"}])
def test_it_shows_nothing_that_was_not_asked_for(
    client_of: Browser, cast: Cast, visits: list[UUID], nonsense: dict[str, str]
) -> None:
    page = client_of("hr").get(address_of(cast), query_string=nonsense)
    assert page.status_code == 422
    assert "За период" not in page.get_data(as_text=True)


def test_it_shows_a_manager_only_visits_of_his_subtree(
    client_of: Browser, cast: Cast, visits: list[UUID]
) -> None:
    """Вера was also visited once in the manager's region: that visit he reads, the others not."""
    manager = client_of("manager")
    assert manager.get(address_of(cast, "Вера")).status_code == 404
    make_submitted_visit(cast, "V1", unit="N2", employee="Вера", day=FIRST_DAY)
    page = read_page(manager, address_of(cast, "Вера"))
    assert "За период 1 визит." in page
    assert "Магазин S1" not in page


def test_an_employee_reads_his_own_and_nobody_elses(
    client_of: Browser, cast: Cast, visits: list[UUID]
) -> None:
    browser = client_of("employee")
    home = browser.get("/period-reports/mine")
    assert home.location == address_of(cast)
    assert "За период 3 визита" in read_page(browser, address_of(cast))
    assert browser.get(f"{address_of(cast)}/report.pdf").data.startswith(b"%PDF")
    assert browser.get(address_of(cast, "Вера")).status_code == 404
    assert browser.get(f"{address_of(cast, 'Вера')}/report.pdf").status_code == 404


def test_it_says_what_will_be_here_before_the_first_visit(client_of: Browser) -> None:
    assert 'class="empty"' in read_page(client_of("employee"), "/period-reports/mine")


def test_it_writes_down_who_opened_what_and_shows_it_to_the_employee(
    client_of: Browser, cast: Cast, visits: list[UUID]
) -> None:
    client_of("manager").get(address_of(cast))
    client_of("hr").get(f"{address_of(cast)}/report.pdf")
    page = read_page(client_of("employee"), address_of(cast))
    rows = db.session.execute(
        select(AccessEvent.reader_id, AccessEvent.kind, AccessEvent.visit_id).order_by(AccessEvent.id)
    ).all()
    users, kinds = cast.ours.users, ("period_page", "period_pdf", "period_page")
    readers = [users[role] for role in ("manager", "hr", "employee")]
    assert [tuple(row) for row in rows] == [
        (who, kind, None) for who, kind in zip(readers, kinds, strict=True)
    ]
    assert find_broken_link() is None
    openings = page[page.index('id="openings"') :]
    assert "manager lavka" in openings
    assert "hr lavka" in openings
    assert "employee lavka" not in openings[: openings.index("</ul>")]
    assert 'id="openings"' not in read_page(client_of("manager"), address_of(cast))


def test_it_writes_nothing_down_where_there_is_nothing_to_see(
    client_of: Browser, cast: Cast, visits: list[UUID]
) -> None:
    client_of("hr", foreign=True).get(address_of(cast))
    client_of("hr").get(address_of(cast), query_string={"since": "2030-01-01"})
    assert client_of("hr").get(f"{address_of(cast)}/report.pdf?since=2030-01-01").status_code == 404
    assert db.session.scalars(select(AccessEvent)).all() == []


def test_it_sends_the_same_bytes_for_the_same_choice(
    client_of: Browser, cast: Cast, visits: list[UUID]
) -> None:
    """Byte-identical, in the language asked for, under a name that says whom it is about."""
    browser = client_of("hr")
    answers = [browser.get(f"{address_of(cast)}/report.pdf?language=en") for _ in range(2)]
    assert answers[0].data == answers[1].data
    assert answers[0].mimetype == "application/pdf"
    disposition = answers[0].headers["Content-Disposition"]
    assert disposition.startswith("attachment")
    assert "employee-2025-09-15-2026-09-15-en.pdf" in disposition
    spelled = unquote(disposition.rpartition("''")[2])
    assert spelled == "Report on an employee over a period Анна 2025-09-15 2026-09-15 en.pdf"
    assert answers[0].data != browser.get(f"{address_of(cast)}/report.pdf?language=ru").data
