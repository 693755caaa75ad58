"""A unit's visits seen through the customer's eyes: LN-01 to LN-04 on one page, each with its sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from flask.testing import FlaskClient

from tests.cast import Cast
from tests.factories import make_submitted_visit
from tests.lenses.tagged_visits import DAY, make_call, publish_calls
from tests.page_words import read_words

Browser = Callable[..., FlaskClient]


def read_html(browser: FlaskClient, **choice: str) -> str:
    """The page of the lenses."""
    page = browser.get("/lenses/", query_string=choice)
    assert page.status_code == 200
    return page.get_data(as_text=True)


def read_section(html: str, name: str) -> str:
    """The words of one section, without their marks."""
    found = re.search(rf'<section class="lens">\s*<h2 id="{name}">(.*?)</section>', html, re.DOTALL)
    assert found, f"no section {name}"
    return read_words(found[1])


def test_it_shows_all_four_lenses_of_a_unit(client_of: Browser, cast: Cast) -> None:
    """LN-01 to LN-04: sentences, n, the visits that a sentence speaks of, and the explanation."""
    calls = publish_calls(cast)
    for number in range(3):
        make_call(cast, calls, day=DAY + timedelta(days=number), expectation=5, solved="settled", transfers=0)
    worse = make_call(
        cast,
        calls,
        day=DAY + timedelta(days=3),
        expectation=5,
        outcome=1,
        solved="left",
        transfers=2,
        answered_after=180,
    )
    html = read_html(client_of("hr"))
    consistency = read_section(html, "consistency")
    assert "Все визиты не ниже достойного уровня: 4 из 4." in consistency
    assert "Держатся все четыре уровня; 4 визита." in read_section(html, "pyramid")
    impressions = read_section(html, "impressions")
    assert "Разочарованием закончилось 1 из 4 визитов" in impressions
    assert "Результат ниже ожидания" in impressions
    effort = read_section(html, "effort")
    assert "С первого обращения решено 3 из 4 вопросов: 75 %" in effort
    assert "Так и не решено: 1 из 4 вопросов." in effort
    assert "Передач от одного сотрудника другому: в среднем 0,5" in effort
    assert html.count(f"/visits/{worse}") == 2
    assert html.count("Чем меньше обращений") == 1


def test_it_gates_each_lens_by_its_own_visits(client_of: Browser, cast: Cast) -> None:
    """CP-04, LN-03: two visits are facts; an expectation rated late or without a phone does not count."""
    calls = publish_calls(cast)
    for number, rated_before in enumerate((True, False, None)):
        make_call(cast, calls, day=DAY + timedelta(days=number), rated_before=rated_before)
    html = read_html(client_of("hr"))
    impressions = read_section(html, "impressions")
    assert "Сравнивать с ожиданием рано: мало визитов (1 из 3)." in impressions
    assert "Ожидание отмечено после входа или без времени, поэтому не учтено: 2 визита." in impressions
    assert '<svg class="lens-impressions"' not in html
    assert "lens-pyramid" in html
    two = read_html(client_of("hr"), until=(DAY + timedelta(days=1)).isoformat(), since=DAY.isoformat())
    assert "О пирамиде говорить рано: мало визитов (2 из 3)." in read_section(two, "pyramid")
    assert "Об усилиях клиента говорить рано" in read_section(two, "effort")


def test_it_says_so_where_a_checklist_has_no_tags(client_of: Browser, cast: Cast) -> None:
    """The worked checklist tags nothing: a lens says that it has nothing to see, and the others go on."""
    for number in range(3):
        make_submitted_visit(cast, "V1", day=DAY + timedelta(days=number))
    html = read_html(client_of("hr"))
    assert "нет вопросов с уровнем ожидания" in read_section(html, "pyramid")
    assert "вместе не оценивались" in read_section(html, "impressions")
    assert "никто не отмечал" in read_section(html, "effort")
    assert "3 из 3" in read_section(html, "consistency")


def test_it_shows_only_the_units_of_one_s_reach(client_of: Browser, cast: Cast) -> None:
    """The manager of Север sees no visit of Юг, whatever the address says."""
    calls = publish_calls(cast)
    visit = str(make_call(cast, calls, unit="S1", outcome=1, solved="left"))
    south = str(cast.ours.units["S1"])
    assert "empty" in read_html(client_of("manager"), unit=south)
    make_call(cast, calls, unit="N2")
    own = client_of("manager").get("/lenses/", query_string={"unit": south})
    assert own.status_code == 422
    assert "Север" in own.get_data(as_text=True)
    assert visit not in own.get_data(as_text=True)
    assert visit in read_html(client_of("hr"), unit=south, since=DAY.isoformat(), until=DAY.isoformat())
    foreign = read_html(client_of("hr", foreign=True), unit=south)
    assert "empty" in foreign


def test_it_keeps_the_choice_in_the_address(client_of: Browser, cast: Cast) -> None:
    """A period without visits offers all of them."""
    calls = publish_calls(cast)
    make_call(cast, calls)
    empty = read_html(client_of("hr"), since="2027-01-01", until="2027-02-01")
    assert "since=&amp;until=" in empty


def test_it_lists_no_visits_where_names_are_hidden(client_of: Browser, cast: Cast) -> None:
    """CP-03: whoever comes from a comparison without names learns how many visits there were, not which."""
    calls = publish_calls(cast)
    for number in range(3):
        make_call(cast, calls, day=DAY + timedelta(days=number), expectation=5, outcome=1, solved="left")
    browser = client_of("hr")
    hidden = read_html(browser, names="hidden")
    assert "/visits/?" not in hidden
    assert not re.findall(r"/visits/[0-9a-f-]{36}", hidden)
    assert re.findall(r"<p>[^<]+: 3</p>", hidden), "how many there are is still said"
    assert "Визиты не перечислены: день и место выдали бы человека." in hidden
    assert '<input type="hidden" name="names" value="hidden">' in hidden
    for page in (hidden, browser.get("/lenses/button?names=hidden").get_data(as_text=True)):
        assert 'href="/lenses/?names=hidden"' in page, "the way to the button and back keeps it"
    assert re.findall(r"/visits/[0-9a-f-]{36}", read_html(browser))
