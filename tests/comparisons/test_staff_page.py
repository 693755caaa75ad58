"""The fair figures of a whole programme on one page: dots, funnel, tables, hidden names, pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from html import unescape
from uuid import UUID

import numpy as np
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from mystery.access.scopes import load_reach
from mystery.clock import set_to
from mystery.comparisons.pseudonyms import code_people
from mystery.comparisons.queries import ComparisonScope, list_checklists, read_staff
from mystery.comparisons.views import choices
from mystery.database import db
from mystery.models import Employee
from reports.fair_rows import FairPerson
from tests.cast import Cast
from tests.page_words import read_words
from tests.quality_pay.payroll import visit_everybody
from tests.trainings.courses import add_visit, hire

Browser = Callable[..., FlaskClient]
PEOPLE = 9


@pytest.fixture
def names(cast: Cast) -> list[str]:
    """Nine people of one shop with six visits each, and Анна with a single one."""
    names = visit_everybody(cast, people=PEOPLE)
    add_visit(cast, "Анна", date(2026, 5, 1), 75.0)
    db.session.commit()
    return names


def read_page(browser: FlaskClient, **choice: str) -> str:
    page = browser.get("/comparison/", query_string=choice)
    assert page.status_code == 200
    return page.get_data(as_text=True).replace("\N{NO-BREAK SPACE}", " ")


def read_table(html: str, number: int) -> dict[str, str]:
    """The lines of a table of the page by the name in front: 0 are the dots, 1 all figures, 2 the funnel."""
    body = re.findall(r"<tbody.*?</tbody>", html, flags=re.S)[number]
    rows = [row for row in body.split("</tr>") if "<th" in row]
    return {
        read_words(re.findall(r"<a [^>]*>(.*?)</a>", row, flags=re.S)[0]): read_words(row) for row in rows
    }


def find_people(cast: Cast) -> dict[str, FairPerson]:
    """The figures as the model gives them, by name."""
    reach = load_reach(cast.ours.users["hr"])
    offered = list_checklists(reach)[0]
    scope = ComparisonScope(offered.company_id, offered.checklist_id)
    return {each.name: each for each in read_staff(reach, scope).describe("colleagues").people}


def test_it_shows_everybody_with_figure_interval_and_words(
    client_of: Browser, cast: Cast, names: list[str]
) -> None:
    """scoring.md 5: the sentence beside the dot, and the same figures in the table; CP-04 below three."""
    people = find_people(cast)
    html = read_page(client_of("hr"))
    dots, table = read_table(html, 0), read_table(html, 1)
    assert list(dots) == list(table) == ["Анна", *names]
    for name in names:
        person = people[name]
        assert person.waterfall is not None
        fair = str(person.waterfall.fair).replace(".", ",")
        assert (
            f" {fair} (вероятно, от {person.low:.0f} до {person.high:.0f}): 6 визитов, 1 аудитор"
            in dots[name]
        )
        assert f" {fair} {person.low:.0f}–{person.high:.0f} " in table[name]
        assert f" {person.waterfall.raw}".replace(".", ",") in table[name]
    assert "мало визитов (1 из 3)" in dots["Анна"]
    assert "75,0" not in table["Анна"]
    assert "10 сотрудников, 55 визитов. Для оценки нужны три визита: они есть у 9 " in html
    assert "Все визиты сделал один аудитор" in dots[names[0]], "CP-07"


def test_it_closes_the_words_before_a_warning_begins(
    client_of: Browser, cast: Cast, names: list[str]
) -> None:
    """CP-04 and CP-07 on one line read as two sentences."""
    add_visit(cast, "Анна", date(2026, 5, 2), 70.0)
    db.session.commit()
    dots = read_table(read_page(client_of("hr")), 0)
    assert "мало визитов (2 из 3). Все визиты сделал один аудитор" in dots["Анна"]
    assert ".. " not in " ".join(dots.values())


def test_it_draws_the_funnel_beside_its_table(client_of: Browser, names: list[str]) -> None:
    """Limits of 95 and 99.8 % at the number of visits; nobody below three visits is in it (CP-04)."""
    html = read_page(client_of("hr"))
    assert html.count('class="funnel-point"') == PEOPLE
    funnel = read_table(html, 2)
    assert list(funnel) == names
    inner, outer = re.findall(r"(\d+,\d)–(\d+,\d)", funnel[names[0]])
    low, high, lowest, highest = (float(each.replace(",", ".")) for each in (*inner, *outer))
    assert lowest < low < high < highest


def test_it_says_first_that_no_visit_fits(client_of: Browser, names: list[str]) -> None:
    """Where nobody was visited, no figure is too few visits away: another choice is."""
    html = read_page(client_of("hr"), since="2030-01-01")
    assert '<p class="lead-sentence">Под этот выбор не подходит ни один визит.</p>' in html
    assert html.count("Под этот выбор не подходит") == 1
    assert "Для оценки нужны три визита" not in html
    assert re.search(r'class="empty"><p><a href="/comparison/">Показать вс', html)


def test_it_leads_from_each_person_and_figure_on(client_of: Browser, cast: Cast, names: list[str]) -> None:
    """The choice goes along to the person; the figure leads to the visits behind it."""
    html = read_page(client_of("hr"), since="2026-03-01", figure="customer")
    person = cast.ours.employees[names[0]]
    links = {unescape(each) for each in re.findall(r'href="([^"]+)"', html) if str(person) in each}
    assert any(f"/comparison/person/{person}" in each and "figure=customer" in each for each in links)
    (visits,) = {each for each in links if each.startswith("/visits/")}
    shown = client_of("hr").get(visits).get_data(as_text=True)
    assert len(re.findall(r'href="/visits/[0-9a-f-]{36}"', shown)) == 6


def test_it_never_mixes_the_two_figures(client_of: Browser, names: list[str]) -> None:
    """CP-02: one figure a page, named and explained; the other is a link away."""
    colleagues, customer = (read_page(client_of("hr"), figure=each) for each in ("", "customer"))
    for html, meaning in ((colleagues, "в среднем магазине"), (customer, "в его магазинах")):
        assert html.count('aria-current="true"') == 1
        assert meaning in html
    assert "/method#two-figures" in colleagues


def test_it_hides_names_for_a_meeting(client_of: Browser, cast: Cast, names: list[str]) -> None:
    """Nobody is named anywhere, the order says nothing of the alphabet, and the choice goes along."""
    with set_to(datetime(2026, 11, 3, tzinfo=UTC)):
        html = read_page(client_of("hr"), names="hidden")
        again = read_page(client_of("hr"), names="hidden")
    assert not [name for name in ["Анна", *names] if name in html]
    hidden = list(read_table(html, 1))
    assert all(re.fullmatch(r"Сотрудник [0-9A-Z]{4,}", each) for each in hidden)
    assert hidden == sorted(hidden) == list(read_table(again, 1))
    assert "/visits/?" not in html, "a list of visits would name the person"
    people = re.findall(r'href="(/comparison/person/[^"]+)"', html)
    assert people
    lenses = re.findall(r'href="(/lenses/[^"]+)"', html)
    assert len(lenses) == 1
    assert all("names=hidden" in each for each in [*people, *lenses])
    ids = [str(each) for each in db.session.scalars(select(Employee.id).order_by(Employee.name))]
    assert [link.split("/")[3][:36] for link in dict.fromkeys(people)] != ids
    with set_to(datetime(2026, 12, 3, tzinfo=UTC)):
        assert not set(hidden) & set(read_table(read_page(client_of("hr"), names="hidden"), 1))


def test_it_gives_everybody_of_a_large_company_a_code_of_his_own() -> None:
    """Codes grow where two would be alike, and depend on the company and on the secret."""
    people = [str(UUID(int=number)) for number in range(5000)]
    company = UUID(int=7)
    codes = code_people(people, company_id=company, key=b"secret")
    assert len(set(codes.values())) == len(people)
    assert {len(code) for code in codes.values()} <= set(range(4, 9))
    assert codes == code_people(people[::-1], company_id=company, key=b"secret")
    assert codes != code_people(people, company_id=UUID(int=8), key=b"secret")
    assert codes != code_people(people, company_id=company, key=b"another")


def test_it_turns_pages_by_the_alphabet(
    client_of: Browser, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three thousand people are no page; the sentence and the team still speak of all."""
    monkeypatch.setattr(choices, "ROWS_A_PAGE", 4)
    pages = [read_page(client_of("hr"), page=str(number)) for number in (1, 2, 3, 99)]
    shown = [list(read_table(html, 1)) for html in pages]
    assert shown[:3] == [["Анна", *names[:3]], names[3:7], names[7:]]
    assert shown[3] == shown[2]
    assert all("10 сотрудников, 55 визитов" in html for html in pages)


def test_it_tells_each_reader_only_of_those_within_reach(
    client_of: Browser, cast: Cast, names: list[str]
) -> None:
    """The model is of the whole company; who is shown is a matter of reach and of the chosen unit."""
    assert list(read_table(read_page(client_of("manager")), 1)) == ["Анна", *names]
    assert 'class="empty"' in read_page(client_of("hr"), unit=str(cast.ours.units["S1"]))
    foreign = read_page(client_of("hr", foreign=True))
    assert not [name for name in names if name in foreign]


def test_it_gives_team_means_from_five_people_on(client_of: Browser, names: list[str]) -> None:
    """CP-04: of the whole visit and of each section, with the number of visits."""
    html = read_page(client_of("hr"))
    foot = read_words(html[html.index("<tfoot>") : html.index("</tfoot>")])
    assert re.fullmatch(r"Вся группа \d\d,\d 55 55 55 \d\d,\d 54.*", foot)


def test_it_sets_regions_apart_where_they_may_not_be_compared(client_of: Browser, cast: Cast) -> None:
    """CP-02: colleagues stand with their region; what customers got may cross where visits link regions."""
    north, south = (cast.ours.units[name] for name in ("N1", "S1"))
    random = np.random.default_rng(3)
    for number, name in enumerate(hire(cast, PEOPLE)):
        cast.ours.units["N1"] = north if number < 6 else south
        for month in range(3):
            add_visit(cast, name, date(2026, 3 + month, 1 + number), float(random.normal(70 + number, 4)))
    db.session.commit()
    colleagues, customer = (read_page(client_of("hr"), figure=each) for each in ("", "customer"))
    assert re.findall(r"<h3>(.*?)</h3>", colleagues) == ["Север", "Юг"]
    assert list(read_table(colleagues, 1)) == ["Продавец 06", "Продавец 07", "Продавец 08"]
    assert "регионы стоят отдельно" in colleagues
    assert "<h3>" not in customer, "a third of the visits are by the auditor of the other region"
    assert len(read_table(customer, 0)) == PEOPLE
    (alone,) = re.findall(r"<h3>(.*?)</h3>", read_page(client_of("hr"), unit=str(south))) or ["none"]
    assert alone == "none", "one region needs no heading"
