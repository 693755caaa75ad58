"""The page of one person: the sentence, steps that add up, the visits, and nothing that the gates forbid."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from html import unescape
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from mystery.database import db
from mystery.models import AccessEvent
from tests.cast import Cast
from tests.comparisons.team import FIRST_DAY, add_scored_visit, visit_team
from tests.reports.drawings import find_texts

Browser = Callable[..., FlaskClient]


def read_page(browser: FlaskClient, employee: UUID, **choice: str) -> str:
    """The page of an employee, with every run of blanks as one space."""
    answer = browser.get(f"/comparison/person/{employee}", query_string=choice)
    assert answer.status_code == 200
    return " ".join(unescape(answer.get_data(as_text=True)).split())


def read_figure(text: str) -> Decimal:
    """A printed Russian figure as a number."""
    return Decimal(text.replace(",", ".").replace("−", "-"))


def test_it_says_the_sentence_and_shows_steps_that_add_up(client_of: Browser, team: dict[str, UUID]) -> None:
    """CP-06: the figure of the sentence is the end of the waterfall, to the last digit."""
    page = read_page(client_of("hr"), team["Продавец 03"])
    raw, *changes, fair = [read_figure(text) for text in find_texts(page, "fall-figure")]
    assert raw + sum(changes) == fair
    sentence = re.search(r'class="person-sentence">([^<]+)<', page)
    assert sentence
    assert read_figure(sentence.group(1).split()[0]) == fair
    assert "6\N{NO-BREAK SPACE}визитов" in sentence.group(1) or "6 визитов" in sentence.group(1)
    assert "не основание для взысканий" in page
    explained = set(re.findall(r'href="/method#([a-z-]+)"', page))
    assert {"fair-score", "plain-mean", "waterfall", "no-clear-difference", "gates"} <= explained


def test_it_shows_one_of_the_two_figures_at_a_time(client_of: Browser, team: dict[str, UUID]) -> None:
    """CP-02: never mixed; the other one is a link away, and the address keeps the choice."""
    browser, employee = client_of("hr"), team["Продавец 04"]
    own, customers = read_page(browser, employee), read_page(browser, employee, figure="customer")
    for page, chosen in ((own, "Среди коллег"), (customers, "Что получил покупатель")):
        assert re.findall(r'aria-current="true">([^<]+)</a>', page) == [chosen]
    assert "коллег по магазину" in own
    assert "коллег по магазину" not in customers
    assert re.search(r'href="/comparison/person/[^"]+figure=customer"', own)


def test_it_gives_facts_alone_below_the_gate(client_of: Browser, team: dict[str, UUID]) -> None:
    """CP-04: one visit gives no figure, no steps, no colleagues to stand beside."""
    page = read_page(client_of("hr"), team["Новичок"])
    assert "Мало визитов (1 из 3)." in page
    assert not find_texts(page, "fall-figure")
    assert "dot-fair" not in page
    assert page.count('class="visit-day"') == 1


@pytest.mark.parametrize(("visits", "words"), [(6, "may-pay"), (5, "must-not")])
def test_it_says_whether_pay_may_rest_on_the_figure(
    client_of: Browser, cast: Cast, visits: int, words: str
) -> None:
    """CP-04: from six visits."""
    team = visit_team(cast, visits=visits)
    browser = client_of("hr")
    browser.post("/language", data={"language": "en"})
    page = read_page(browser, team["Продавец 02"])
    said = {"may-pay": "may rest on this figure", "must-not": "must not rest on this figure yet"}[words]
    assert f"{said}: it takes 6 visits, and {visits} count" in page


def test_it_lists_the_visits_and_lets_them_be_opened(client_of: Browser, few: dict[str, UUID]) -> None:
    browser = client_of("hr")
    page = read_page(browser, few["Продавец 05"])
    links = re.findall(r'class="visit-day"><a href="(/visits/[0-9a-f-]{36})"', page)
    assert len(links) == 2
    assert browser.get(links[0]).status_code == 200
    assert re.search(rf'href="/period-reports/employees/{few["Продавец 05"]}\?', page)


def test_it_shows_no_arrow_and_tells_no_change_under_six_visits(client_of: Browser, cast: Cast) -> None:
    """CP-04, whatever the first and the last visit are."""
    page = read_page(client_of("hr"), visit_team(cast, visits=4)["Продавец 01"])
    assert "Об изменении говорим от шести визитов, пока их 4." in page
    assert not re.search("[↑↓▲▼]", page)


def test_it_hides_names_wherever_they_would_stand(client_of: Browser, team: dict[str, UUID]) -> None:
    """For a meeting: not on the page, and no link that would show one."""
    browser = client_of("hr")
    page = read_page(browser, team["Продавец 05"], names="hidden")
    assert "Продавец" not in page
    assert not re.search(r'href="/visits/[0-9a-f-]{36}"', page)
    assert "/period-reports/employees/" not in page
    assert "Визиты не перечислены: день и место выдали бы человека." in page
    assert "visit-day" not in page
    assert not re.search(r"\b2026\s(?:г|года)\b", page), "a day of a visit would tell whose it is"
    link = re.search(r'class="dots-name"><a href="(/comparison/person/[^"]+)"', page)
    assert link
    assert "Продавец" not in browser.get(link.group(1)).get_data(as_text=True)


def test_it_writes_down_who_looked(client_of: Browser, cast: Cast, few: dict[str, UUID]) -> None:
    """Who saw whom: the employee sees it among the openings of the reports about him."""
    read_page(client_of("hr"), few["Продавец 01"])
    events = db.session.execute(
        select(AccessEvent.reader_id, AccessEvent.kind, func.count())
        .where(AccessEvent.employee_id == few["Продавец 01"])
        .group_by(AccessEvent.reader_id, AccessEvent.kind)
    ).all()
    assert [tuple(event) for event in events] == [(cast.ours.users["hr"], "period_page", 1)]


def test_it_opens_for_nobody_beyond_the_reach(client_of: Browser, few: dict[str, UUID]) -> None:
    """A manager of the North does not reach somebody who was only visited in the South; nor who is not."""
    manager = client_of("manager")
    assert manager.get(f"/comparison/person/{few['Продавец 00']}").status_code == 200
    assert manager.get(f"/comparison/person/{few['Продавец 02']}").status_code == 404
    assert manager.get(f"/comparison/person/{uuid4()}").status_code == 404
    assert client_of("hr", foreign=True).get(f"/comparison/person/{few['Продавец 00']}").status_code == 404


def test_it_says_how_many_visits_behind_the_figure_are_not_listed(
    client_of: Browser, cast: Cast, few: dict[str, UUID]
) -> None:
    """The model counts what happened elsewhere too; the manager reads only what was in his units."""
    for number in range(2):
        day = FIRST_DAY + timedelta(days=7 * number)
        add_scored_visit(cast.ours, "Продавец 00", 70, day=day, shop="S1")
    db.session.commit()
    browser = client_of("manager")
    browser.post("/language", data={"language": "en"})
    page = read_page(browser, few["Продавец 00"])
    assert page.count('class="visit-day"') == 2
    assert "2 visits behind the figure were outside your units and are not listed." in page


def test_it_keeps_the_person_where_the_period_has_no_visit(client_of: Browser, few: dict[str, UUID]) -> None:
    page = read_page(client_of("hr"), few["Продавец 00"], since="2027-01-01")
    assert 'class="empty"' in page
    assert "<h1>Продавец 00</h1>" in page
    assert f"/comparison/person/{few['Продавец 00']}" in page
    hidden = read_page(client_of("hr"), few["Продавец 00"], since="2027-01-01", names="hidden")
    assert re.search(r"<h1>Сотрудник [0-9A-Z]{4,}</h1>", hidden)
    assert "Продавец" not in hidden


def test_it_says_how_many_visits_pay_takes(client_of: Browser, team: dict[str, UUID]) -> None:
    """CP-04: in words that agree with their number."""
    page = read_page(client_of("hr"), team["Продавец 03"])
    assert "может опираться на этот балл: нужно не меньше 6 визитов, учтено 6" in page
