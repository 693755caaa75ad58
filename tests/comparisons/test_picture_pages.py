"""Standards by staff and staff over time: k of n, points without arrows, pages by the alphabet, openings."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from mystery.database import db
from mystery.models import AccessEvent
from tests.cast import Cast
from tests.comparisons.team import FIRST_DAY, add_scored_visit, visit_team
from tests.page_words import read_words

Browser = Callable[..., FlaskClient]


def read_page(browser: FlaskClient, address: str, **choice: str) -> str:
    answer = browser.get(f"/comparison/{address}", query_string=choice)
    assert answer.status_code == 200
    return answer.get_data(as_text=True).replace("\N{NO-BREAK SPACE}", " ")


def read_heatmap(html: str) -> tuple[list[str], dict[str, list[str]]]:
    """The names of the columns, and the cells of each standard."""
    heads = [read_words(cell) for cell in re.findall(r"<th scope=\"col\">(.*?)</th>", html, flags=re.S)]
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</th>(.*?)</tr>", html, flags=re.S)
    return heads, {
        read_words(name): [read_words(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", cells)]
        for name, cells in rows
    }


def list_openings() -> list[UUID | None]:
    db.session.rollback()
    return list(db.session.scalars(select(AccessEvent.employee_id).order_by(AccessEvent.id)))


def test_it_counts_each_standard_by_employee(client_of: Browser, visits: None) -> None:
    """scoring.md 5: k of n, pale where n is small, alphabetical, and everybody's cell beside them (CP-03)."""
    html = read_page(client_of("hr"), "standards")
    heads, rows = read_heatmap(html)
    assert heads[1:4] == ["Анна", "Борис", "Вера"]
    assert len(rows) > 3
    for cells in rows.values():
        parts = [tuple(map(int, re.findall(r"\d+", cell))) for cell in cells if cell]
        *people, everybody = parts
        assert everybody == tuple(map(sum, zip(*people, strict=True)))
        assert people[0][1] <= 3
    assert "cell-pale" in html
    assert "мест и рейтингов нет" in html


def test_it_shows_a_manager_his_own_people_in_both(client_of: Browser, visits: None) -> None:
    for page in ("standards", "trends"):
        words = read_words(read_page(client_of("manager"), page))
        assert "Борис" in words
        assert "Вера" not in words


def test_it_narrows_both_by_unit_and_period(client_of: Browser, visits: None, cast: Cast) -> None:
    south = str(cast.ours.units["S1"])
    assert read_heatmap(read_page(client_of("hr"), "standards", unit=south))[0][1:2] == ["Вера"]
    html = read_page(client_of("hr"), "trends", until="2026-09-02")
    assert "3 сентября 2026" not in html
    assert "2 сентября 2026" in html
    empty = read_page(client_of("hr"), "trends", until="2020-01-01")
    assert 'class="empty"' in empty


def test_it_draws_points_and_tells_no_change_under_six_visits(client_of: Browser, cast: Cast) -> None:
    """CP-04: five that rise by forty are five visits; the sixth makes it a change, said in words."""
    visit_team(cast, people=1, visits=1)
    for number in range(6):
        day = FIRST_DAY + timedelta(days=20 * number)
        add_scored_visit(cast.ours, "Анна", 50 + 8 * number, day=day, shop="N1")
        if number < 5:
            add_scored_visit(cast.ours, "Борис", 50 + 10 * number, day=day, shop="N1")
    db.session.commit()
    html = read_page(client_of("hr"), "trends")
    people = dict(re.findall(r"<h3><a [^>]*>(\w+)</a></h3>(.*?)</li>", html, flags=re.S))
    assert people["Анна"].count("<circle") == 6
    assert "балл вырос примерно на 40" in people["Анна"]
    assert "вырос" not in people["Борис"]
    assert "5 визитов" in people["Борис"]
    assert "<polyline" not in html
    assert "мало сотрудников" in html


def test_it_links_points_to_visits_unless_names_are_hidden(client_of: Browser, visits: None) -> None:
    """A visit's own page says the name, so a point leads there only where names are shown."""
    shown = read_page(client_of("hr"), "trends")
    assert len(re.findall(r'href="/visits/[0-9a-f-]{36}"', shown)) == 5
    hidden = read_page(client_of("hr"), "trends", names="hidden")
    assert not re.findall(r'href="/visits/[0-9a-f-]{36}"', hidden)
    assert "Визиты не перечислены: день и место выдали бы человека." in hidden
    labels = re.findall(r'aria-label="(Сотрудник [^"]+)"', hidden)
    assert len(labels) == 3
    assert not [label for label in labels if "2026" in label]
    for page in ("trends", "standards"):
        html = read_page(client_of("hr"), page, names="hidden")
        assert not re.search("Анна|Борис|Вера", read_words(html))


def test_it_turns_pages_by_the_alphabet(
    client_of: Browser, visits: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fifty a page; what the last column adds up is then said to be of this page."""
    monkeypatch.setattr("mystery.comparisons.views.choices.ROWS_A_PAGE", 2)
    browser = client_of("hr")
    heads = [read_heatmap(read_page(browser, "standards", page=page))[0] for page in ("1", "2", "9")]
    assert [names[1:-1] for names in heads] == [["Анна", "Борис"], ["Вера"], ["Вера"]]
    html = read_page(browser, "trends", page="2")
    assert "/comparison/trends?" in html
    assert re.findall(r"<h3><a [^>]*>(\w+)</a></h3>", html) == ["Вера"]


def test_it_writes_down_whose_visits_were_looked_at(client_of: Browser, visits: None, cast: Cast) -> None:
    """Each employee on the page sees who opened it, as with the report on a unit."""
    browser = client_of("hr")
    before = len(list_openings())
    read_page(browser, "standards", unit=str(cast.ours.units["N1"]))
    read_page(browser, "trends", unit=str(cast.ours.units["S1"]))
    assert list_openings()[before:] == [cast.ours.employees["Анна"], cast.ours.employees["Вера"]]


@pytest.mark.parametrize("way", ["", "staff.csv", "staff.xlsx", "staff.pdf"])
def test_it_writes_down_who_looked_at_everybody_or_took_them_along(
    client_of: Browser, visits: None, cast: Cast, way: str
) -> None:
    browser = client_of("hr")
    before = len(list_openings())
    assert browser.get(f"/comparison/{way}?unit={cast.ours.units['N1']}").status_code == 200
    assert list_openings()[before:] == [cast.ours.employees["Анна"]]


@pytest.mark.parametrize("page", ["standards", "trends"])
def test_it_says_what_will_be_here_before_the_first_visit(client_of: Browser, page: str) -> None:
    assert 'class="empty"' in read_page(client_of("hr"), page)
