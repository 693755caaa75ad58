"""Two people side by side: a difference only where one can be told, both ways round alike."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from mystery.comparisons.views import pairs
from mystery.database import db
from mystery.models import Visit
from tests.cast import Cast
from tests.reports.drawings import find_texts

Browser = Callable[..., FlaskClient]


def read_pair(browser: FlaskClient, one: object, other: object, **choice: str) -> str:
    """The page of two employees, with every run of blanks as one space."""
    answer = browser.get("/comparison/pair", query_string={"one": one, "other": other, **choice})
    assert answer.status_code == 200
    return " ".join(unescape(answer.get_data(as_text=True)).split())


def read_sentence(page: str) -> str:
    """The sentence on top."""
    found = re.search(r'class="person-sentence">([^<]+)<', page)
    assert found
    return found.group(1)


def test_it_calls_a_difference_that_holds(client_of: Browser, team: dict[str, UUID]) -> None:
    """CP-03: fifteen points or more apart over six visits each, in whichever order they are asked for."""
    browser, one, other = client_of("hr"), team["Продавец 03"], team["Продавец 09"]
    there, back = read_pair(browser, one, other), read_pair(browser, other, one)
    assert read_sentence(there).startswith("Продавец 09 выше, чем Продавец 03, на ")
    assert read_sentence(back) == read_sentence(there)
    assert "Вероятность, что Продавец 03 выше, чем Продавец 09: 1 %, что наоборот: 99 %." in there


def test_it_tells_no_difference_that_does_not(client_of: Browser, team: dict[str, UUID]) -> None:
    """CP-03: neighbours are within the noise; no winner is named, and nothing is coloured by it."""
    page = read_pair(client_of("hr"), team["Продавец 03"], team["Продавец 04"])
    assert read_sentence(page).startswith("Разницу пока назвать нельзя: ")
    assert not re.search(r"class=\"[^\"]*(kept|missed|winner|loser)", page)


def test_it_shows_both_with_their_steps_sections_and_visits(
    client_of: Browser, team: dict[str, UUID]
) -> None:
    page = read_pair(client_of("hr"), team["Продавец 03"], team["Продавец 06"])
    assert len(find_texts(page, "fall-figure")) == 10
    assert len(re.findall(r'<a href="/visits/[0-9a-f-]{36}"', page)) == 12
    section = re.search(r"Приветствие</th>(.*?)</tr>", page)
    assert section
    assert len(re.findall(r"6\s(?:визитов|проверок)", section.group(1))) == 2
    assert find_texts(page, "dots-name")[:2] == ["Продавец 03", "Продавец 06"]


def test_it_says_why_two_cannot_be_compared(client_of: Browser, team: dict[str, UUID]) -> None:
    """CP-02, CP-04: other regions, too few visits, the same person; no pictures side by side then."""
    browser = client_of("hr")
    apart = read_pair(browser, team["Продавец 00"], team["Продавец 02"])
    assert "разных регионов" in read_sentence(apart)
    assert "Сравнить то, что получил покупатель" in apart
    few = read_pair(browser, team["Продавец 00"], team["Новичок"])
    assert read_sentence(few) == "Новичок: мало визитов (1 из 3)."
    same = read_pair(browser, team["Продавец 00"], team["Продавец 00"])
    assert "двух разных" in read_sentence(same)
    for page in (apart, few, same):
        assert "dot-fair" not in page
        assert not find_texts(page, "fall-figure")


def test_it_does_not_send_from_one_refusal_to_another(
    client_of: Browser, team: dict[str, UUID], cast: Cast
) -> None:
    """CP-02: where no auditor links the regions, the other figure refuses too, so nothing leads there."""
    south = cast.ours.units["S1"]
    strangers = cast.ours.users["hr"]
    db.session.execute(update(Visit).where(Visit.unit_id == south).values(auditor_id=strangers))
    db.session.commit()
    page = read_pair(client_of("hr"), team["Продавец 00"], team["Продавец 02"])
    assert read_sentence(page).startswith("Регионы пока не сравнить: ")
    assert "сравнивайте то, что получил покупатель" not in page
    assert "Сравнить то, что получил покупатель" not in page


def test_it_offers_both_lists_before_anybody_is_chosen(client_of: Browser, few: dict[str, UUID]) -> None:
    """A form that needs no script; alphabetical, and narrowed by the unit (CP-03)."""
    browser = client_of("hr")
    page = browser.get("/comparison/pair").get_data(as_text=True)
    lists = re.findall(r'<select[^>]*name="(?:one|other)".*?</select>', page, re.DOTALL)
    assert len(lists) == 2
    names = re.findall(r'<option [^>]*value="[0-9a-f-]{36}">([^<]+)<', lists[0])
    assert names == sorted(names)
    assert len(names) == 7
    assert 'class="empty"' in page
    half = read_pair(browser, few["Продавец 00"], "")
    assert re.search(r"<option selected[^>]*>Продавец 00<", half)
    nobody = read_pair(browser, "", "", since="2027-01-01")
    assert "В этом выборе никого не проверяли" in nobody
    assert "Выберите двух человек" not in nobody


def test_it_hides_names_of_both(client_of: Browser, team: dict[str, UUID]) -> None:
    page = read_pair(client_of("hr"), team["Продавец 03"], team["Продавец 06"], names="hidden")
    assert "Продавец" not in page
    assert not re.search(r'href="/visits/[0-9a-f-]{36}"', page)
    assert "Визиты не перечислены: день и место выдали бы человека." in page
    assert "person-visits" not in page


def test_it_opens_for_nobody_beyond_the_reach(client_of: Browser, few: dict[str, UUID]) -> None:
    for other in (few["Продавец 02"], uuid4()):
        arguments = {"one": str(few["Продавец 00"]), "other": str(other)}
        assert client_of("manager").get("/comparison/pair", query_string=arguments).status_code == 404


def test_it_takes_nonsense_for_nobody(client_of: Browser, few: dict[str, UUID]) -> None:
    assert 'class="empty"' in read_pair(client_of("hr"), "x", "../y")


def test_it_asks_for_a_unit_where_a_list_would_be_too_long(
    client_of: Browser, few: dict[str, UUID], cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is chosen already stays chosen."""
    monkeypatch.setattr(pairs, "MOST_OFFERED", 4)
    browser, chosen = client_of("hr"), few["Продавец 00"]
    page = read_pair(browser, chosen, "")
    assert "Выберите подразделение" in page
    assert page.count(f'value="{chosen}"') == 2
    assert "Продавец 01" not in page
    shop = read_pair(browser, chosen, "", unit=str(cast.ours.units["N2"]))
    assert "Продавец 01" in shop
    assert "Выберите подразделение" not in shop
