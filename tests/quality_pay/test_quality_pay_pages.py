"""Quality pay is agreed in advance, explained line by line, and signed by a person (LN-05)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from mystery.clock import set_to
from mystery.database import db
from mystery.models import AccessEvent, Notice, PayAgreement, SignedPay, User, Visit
from reports.dates import format_date
from tests.cast import Cast
from tests.page_words import read_words
from tests.quality_pay.payroll import PERIOD, agree, sign, tell_staff, visit_everybody
from tests.trainings.courses import add_visit

Browser = Callable[..., FlaskClient]


def read_page(browser: FlaskClient, address: str, **choice: str) -> tuple[str, str]:
    """A page as HTML and as words."""
    page = browser.get(address, query_string=choice)
    assert page.status_code == 200
    html = page.get_data(as_text=True)
    return html, read_words(html)


def fill_formula(**changes: str) -> dict[str, Any]:
    """A sound formula, with changes."""
    form = {
        "agreed_on": "2026-03-01",
        "base": "55",
        "source_1": "base",
        "share_1": "45",
        "bands_1": "90: 100; 70: 50",
    }
    return {**form, **changes}


def open_in_english(client_of: Browser, cast: Cast) -> FlaskClient:
    """The browser of somebody in HR who reads English."""
    db.session.get_one(User, cast.ours.users["hr"]).language = "en"
    db.session.commit()
    return client_of("hr")


@pytest.fixture
def paid(cast: Cast) -> str:
    """Staff who may be paid, and the address of the first of them."""
    tell_staff(cast.ours)
    agree(cast.ours)
    names = visit_everybody(cast)
    return f"/quality-pay/people/{cast.ours.employees[names[0]]}"


def test_it_pays_nobody_before_staff_were_told(client_of: Browser, cast: Cast) -> None:
    """A programme for training only pays nobody: results are used for what staff were told."""
    agree(cast.ours)
    _html, words = read_page(client_of("hr"), "/quality-pay/", **PERIOD)
    assert "visits before it are never paid" in words or "не сообщили" in words


@pytest.mark.parametrize(
    ("since", "until", "refused"),
    [
        ("2026-02-28", "2026-08-31", True),
        ("2026-03-01", "2026-08-31", False),
    ],
)
def test_it_pays_for_no_visit_before_the_agreement(
    client_of: Browser, cast: Cast, since: str, until: str, refused: bool
) -> None:
    """LN-05: agreed in advance."""
    tell_staff(cast.ours)
    agree(cast.ours)
    html, _words = read_page(client_of("hr"), "/quality-pay/", since=since, until=until)
    assert ("notice-missed" in html) is refused


def test_it_lists_everybody_alphabetically_and_writes_down_who_looked(
    client_of: Browser, cast: Cast, paid: str
) -> None:
    """CP-03: no rank, no order by pay; each employee can see that somebody looked."""
    html, words = read_page(client_of("hr"), "/quality-pay/", **PERIOD)
    names = re.findall(r">(Продавец \d\d)</a>", html)
    assert names == sorted(names)
    assert len(names) == 9
    assert "полной суммы" in words
    assert db.session.scalar(select(func.count()).select_from(AccessEvent)) == 9


def test_it_tells_who_is_paid_apart_from_who_was_visited_too_seldom(
    client_of: Browser, cast: Cast, paid: str
) -> None:
    """CP-04: for whom nothing is computed there is nothing to sign, and he stands apart by name."""
    for day in (date(2026, 4, 2), date(2026, 5, 2)):
        add_visit(cast, "Анна", day, 80.0)
    db.session.commit()
    html, words = read_page(open_in_english(client_of, cast), "/quality-pay/", **PERIOD)
    assert html.index("Продавец 08") < html.index("Not computed: 1 person") < html.index("Анна")
    _before, _summary, apart = words.partition("Not computed: 1 person")
    assert "there is nothing to sign" in apart
    assert "not signed" not in apart


def test_it_explains_every_line_with_its_visits_and_its_noise(client_of: Browser, paid: str) -> None:
    """LN-05: the figure, its interval, the band, the share, and whether chance could have paid otherwise."""
    html, words = read_page(client_of("hr"), paid, **PERIOD)
    assert "6 визитов" in words
    assert "вероятно, от" in words
    assert "Погрешность" in words
    assert html.count("/visits/") >= 12
    links = re.findall(r'<li><a href="/visits/([0-9a-f-]{36})"[^>]*>([^<]+)</a>', html)
    days = [db.session.get_one(Visit, UUID(visit)).visited_on for visit, _day in links]
    assert [day for _visit, day in links] == [format_date(day, "ru") for day in days]
    assert days[:6] == sorted(filter(None, days[:6])), "LN-05: each by its day, the earliest first"
    column = [float(each.replace(",", ".")) for each in re.findall(r'figure">(\d+,\d\d)</td>', html)]
    total = re.search(r"<b>([\d,]+)", html)
    assert total is not None
    assert sum(column) == pytest.approx(float(total[1].replace(",", ".")))


def test_it_is_signed_once_and_stays_as_it_was_signed(client_of: Browser, paid: str) -> None:
    """LN-05: signed by a person; the sheet is computed again from what was kept."""
    browser = client_of("hr")
    html, words = read_page(browser, paid, **PERIOD)
    digest = re.search(r'name="digest"[^>]*value="([0-9a-f]{64})"', html)
    assert digest is not None
    answer = browser.post(paid, query_string=PERIOD, data={"digest": digest[1]})
    assert answer.status_code == 303
    assert browser.post(paid, query_string=PERIOD, data={"digest": digest[1]}).status_code == 409
    assert db.session.scalar(select(func.count()).select_from(SignedPay)) == 1
    sentence = re.search(r"Выплата [\d,]+ % полной суммы", words)
    assert sentence is not None
    _html, signed = read_page(browser, answer.headers["Location"])
    assert sentence[0] in signed
    assert "hr lavka" in signed
    assert f'href="{answer.headers["Location"]}"' in read_page(browser, "/quality-pay/", **PERIOD)[0]


def test_it_pays_no_day_twice(client_of: Browser, cast: Cast, paid: str) -> None:
    """LN-05: a sheet that shares days with a signed one is refused, and the page names what stands."""
    browser = open_in_english(client_of, cast)
    other = {"since": "2026-03-01", "until": "2026-08-30"}
    digests = [
        re.search(r'name="digest"[^>]*value="([0-9a-f]{64})"', read_page(browser, paid, **period)[0])
        for period in (PERIOD, other)
    ]
    assert digests[0] is not None
    assert digests[1] is not None
    answer = browser.post(paid, query_string=PERIOD, data={"digest": digests[0][1]})
    assert answer.status_code == 303
    refused = browser.post(paid, query_string=other, data={"digest": digests[1][1]})
    assert refused.status_code == 409
    assert "1 March 2026 – 31 August 2026 is signed, and no day is paid twice" in read_words(
        refused.get_data(as_text=True)
    )
    assert db.session.scalar(select(func.count()).select_from(SignedPay)) == 1
    html, words = read_page(browser, "/quality-pay/", **other)
    assert "signed for 1 March 2026 – 31 August 2026" in words
    assert html.count(answer.headers["Location"]) == 1


def test_it_keeps_a_sheet_signed_whatever_is_agreed_on_later(
    client_of: Browser, cast: Cast, paid: str
) -> None:
    """A signature stands by the days that it pays for, not by the formula that would hold for them now."""
    signed = sign(cast.ours, agree(cast.ours, number=2, agreed_on=date(2020, 1, 1)), "Продавец 00")
    html, _words = read_page(client_of("hr"), paid, **PERIOD)
    assert f"/signed/{signed}" in html
    assert 'name="digest"' not in html


def test_it_is_signed_when_its_last_day_is_over(client_of: Browser, cast: Cast, paid: str) -> None:
    """LN-05: what is signed stands, so a visit of the last day must not come too late to be paid for."""
    over, last_day = (datetime(2026, *day, 12, tzinfo=UTC) for day in ((9, 1), (8, 31)))
    with set_to(over):
        html, _words = read_page(client_of("hr"), paid, **PERIOD)
        digest = re.search(r'name="digest"[^>]*value="([0-9a-f]{64})"', html)
        assert digest is not None
    with set_to(last_day):
        browser = open_in_english(client_of, cast)
        html, words = read_page(browser, paid, **PERIOD)
        assert "The sheet can be signed once that day is over." in words
        assert 'name="digest"' not in html
        assert browser.post(paid, query_string=PERIOD, data={"digest": digest[1]}).status_code == 409
    assert db.session.scalar(select(func.count()).select_from(SignedPay)) == 0


def test_it_refuses_a_signature_under_something_else(client_of: Browser, paid: str) -> None:
    """What is signed is exactly what was shown."""
    answer = client_of("hr").post(paid, query_string=PERIOD, data={"digest": "0" * 64})
    assert answer.status_code == 409
    assert db.session.scalar(select(func.count()).select_from(SignedPay)) == 0


def test_it_computes_nothing_from_five_visits(client_of: Browser, cast: Cast) -> None:
    """CP-04: pay from six visits on; there is nothing to sign."""
    tell_staff(cast.ours)
    agree(cast.ours)
    names = visit_everybody(cast, visits=5)
    html, words = read_page(client_of("hr"), f"/quality-pay/people/{cast.ours.employees[names[0]]}", **PERIOD)
    assert "Мало визитов: 5 из 6." in words
    assert 'name="digest"' not in html


def test_it_records_a_formula_as_the_next_one(client_of: Browser, cast: Cast) -> None:
    """Earlier formulas stay; the editor begins with the one in force."""
    browser = client_of("hr")
    assert browser.post("/quality-pay/formula", data=fill_formula()).status_code == 303
    assert browser.post("/quality-pay/formula", data=fill_formula(base="55", share_1="45")).status_code == 303
    numbers = db.session.scalars(select(PayAgreement.number).order_by(PayAgreement.number)).all()
    assert numbers == [1, 2]
    html, _words = read_page(browser, "/quality-pay/formula")
    assert 'value="90: 100; 70: 50"' in html


def test_it_keeps_the_components_that_say_nothing_folded_up(client_of: Browser, cast: Cast) -> None:
    """Three are open at first; whatever says anything is open, however far down, and one more."""
    browser = client_of("hr")
    empty, _words = read_page(browser, "/quality-pay/formula")
    assert empty.index("share_3") < empty.index("<details") < empty.index("share_4")
    wrong = browser.post("/quality-pay/formula", data=fill_formula(source_4="greeting", share_4="x"))
    page = wrong.get_data(as_text=True)
    assert page.index("share_5") < page.index("<details") < page.index("share_6")


@pytest.mark.parametrize(
    "changes",
    [
        {"base": "56"},
        {"base": "много"},
        {"share_1": "x"},
        {"bands_1": "девяносто"},
        {"bands_1": "70: 100; 90: 50"},
        {"agreed_on": "2999-01-01"},
        {"agreed_on": ""},
        {"source_1": ""},
        {"share_2": "10"},
        {"bands_5": "90: 100"},
        {"source_1": "no-such-section"},
    ],
)
def test_it_records_no_formula_that_has_to_be_mended(client_of: Browser, changes: dict[str, str]) -> None:
    """LN-05: every problem is said, and what was typed is still there."""
    answer = client_of("hr").post("/quality-pay/formula", data=fill_formula(**changes))
    assert answer.status_code == 422
    assert db.session.scalar(select(func.count()).select_from(PayAgreement)) == 0


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"base": "90"}, "base", "складываются в 135 %"),
        ({"base": "-5", "share_1": "105"}, "base", "Постоянная часть -5 % невозможна"),
        ({"share_1": "0", "base": "100"}, "share_1", "Доля 0 % невозможна"),
        ({"bands_1": "110: 100; 70: 50"}, "bands_1", "Полоса «от 110» невозможна"),
        ({"bands_1": "70: 100; 90: 50"}, "bands_1", "не по порядку"),
        (
            {"share_1": "20", "source_3": "base", "share_3": "25", "bands_3": "90: 100; 70: 50"},
            "source_3",
            "стоит в формуле дважды",
        ),
        ({"source_1": "", "share_1": "", "bands_1": "", "base": "100"}, "source_1", "нет ни одной части"),
    ],
)
def test_it_says_in_the_summary_what_is_wrong_and_leads_there(
    client_of: Browser, cast: Cast, changes: dict[str, str], field: str, reason: str
) -> None:
    """Each problem stands once above, with its reason, and beside the field that it is about."""
    answer = client_of("hr").post("/quality-pay/formula", data=fill_formula(**changes))
    page = unescape(answer.get_data(as_text=True)).replace("\xa0", " ").replace("−", "-")
    summary = re.search(r'role="alert">(.*?)</div>', page, re.DOTALL)
    assert summary is not None
    assert re.search(rf'<a href="#{field}">.*?{re.escape(reason)}', summary[1])
    beside = re.search(rf'id="{field}-problem">(.*?)</p>', page)
    assert beside is not None
    assert reason in beside[1]


def test_it_pays_a_period_by_the_formula_that_held_when_it_began(client_of: Browser, cast: Cast) -> None:
    """A later formula and a later notice change nothing about what was agreed on before."""
    tell_staff(cast.ours)
    agree(cast.ours)
    browser = client_of("hr")
    assert browser.post("/quality-pay/formula", data=fill_formula(agreed_on="2026-06-01")).status_code == 303
    db.session.add(
        Notice(company_id=cast.ours.company, given_on=date(2026, 7, 1), text="Ещё раз.", purpose="bonus")
    )
    db.session.commit()
    html, before = read_page(browser, "/quality-pay/", **PERIOD)
    assert "notice-missed" not in html
    assert "60 % + 30 % Весь визит + 10 % Приветствие" in before
    _html, after = read_page(browser, "/quality-pay/", since="2026-06-01", until="2026-08-31")
    assert "55 % + 45 % Весь визит" in after


def test_it_takes_no_formula_for_days_that_an_earlier_one_holds(client_of: Browser, cast: Cast) -> None:
    """LN-05: agreed in advance; a formula of 2020 recorded today pays nobody, nor one that reaches behind
    what is signed."""
    tell_staff(cast.ours)
    sign(cast.ours, agree(cast.ours))
    browser = client_of("hr")
    for day in ("2020-01-01", "2026-02-28", "2026-03-01"):
        refused = browser.post("/quality-pay/formula", data=fill_formula(agreed_on=day))
        assert refused.status_code == 422
        page = unescape(refused.get_data(as_text=True))
        assert re.findall(r'id="(\w+)-problem"', page) == ["agreed_on"]
        assert "2 марта 2026" in page
    assert browser.post("/quality-pay/formula", data=fill_formula(agreed_on="2026-03-02")).status_code == 303


def test_it_pays_by_the_day_of_agreement_whatever_was_recorded_last(client_of: Browser, cast: Cast) -> None:
    """LN-05: a formula holds from its day on until the next; the list says so and who recorded it."""
    tell_staff(cast.ours)
    agree(cast.ours)
    agree(cast.ours, number=2, agreed_on=date(2020, 1, 1))
    browser = open_in_english(client_of, cast)
    assert "agreed on 1 March 2026" in read_page(browser, "/quality-pay/", **PERIOD)[1]
    assert browser.post("/quality-pay/formula", data=fill_formula(agreed_on="2026-06-01")).status_code == 303
    _html, words = read_page(browser, "/quality-pay/formula")
    _before, _heading, listed = words.partition("All formulas")
    assert re.findall(r"Formula (\d)", listed) == ["3", "1", "2"]
    assert "Pays periods that begin on 1 June 2026 or later" in listed
    assert "from 1 March 2026 to 31 May 2026" in listed
    assert "from 1 January 2020 to 28 February 2026" in listed
    assert "hr lavka" in listed


def test_it_names_the_component_that_has_to_be_mended(client_of: Browser, cast: Cast) -> None:
    """And once recorded, it warns where a tenth of a point would decide about pay."""
    browser = client_of("hr")
    answer = browser.post("/quality-pay/formula", data=fill_formula(bands_1="70: 100; 90: 50"))
    assert "Весь визит. Полосы идут не по порядку" in unescape(answer.get_data(as_text=True))
    assert browser.post("/quality-pay/formula", data=fill_formula(bands_1="")).status_code == 303
    _html, words = read_page(browser, "/quality-pay/")
    assert "«Весь визит»: без полос" in words


def test_it_asks_what_a_share_is_paid_for(client_of: Browser, cast: Cast) -> None:
    """A component without it is not passed over in silence, however well the rest adds up."""
    answer = client_of("hr").post("/quality-pay/formula", data=fill_formula(share_2="10", bands_2="90: 100"))
    page = unescape(answer.get_data(as_text=True))
    assert re.findall(r'id="(\w+)-problem"', page) == ["source_2"]
    assert "Выберите, за что платим" in page
    assert 'value="10"' in page


def test_it_opens_on_what_may_be_paid_and_leads_to_every_signed_period(
    client_of: Browser, cast: Cast
) -> None:
    """The half-year that is over, from the day of the agreement; once it is signed, the signed period."""
    tell_staff(cast.ours)
    agreement = agree(cast.ours)
    browser = open_in_english(client_of, cast)
    fields = re.compile(r'name="(?:since|until)"[^>]*value="([^"]*)"')
    with set_to(datetime(2026, 8, 5, 9, tzinfo=UTC)):
        assert fields.findall(read_page(browser, "/quality-pay/")[0]) == ["2026-03-01", "2026-07-31"]
    sign(cast.ours, agreement)
    with set_to(datetime(2026, 9, 5, 9, tzinfo=UTC)):
        html, words = read_page(browser, "/quality-pay/")
    assert fields.findall(html) == ["2026-03-01", "2026-08-31"]
    assert "Signed periods: 1 March 2026 – 31 August 2026 1 sheet" in words
    with set_to(datetime(2027, 3, 5, 9, tzinfo=UTC)):
        later, _words = read_page(client_of("hr"), "/quality-pay/")
    assert fields.findall(later) == ["2026-09-01", "2027-02-28"]
    assert "since=2026-03-01&amp;until=2026-08-31" in later


def test_it_says_when_a_signed_sheet_was_changed(client_of: Browser, cast: Cast) -> None:
    """The database refuses; and where somebody got around it, the page says not to pay by it."""
    signed = sign(cast.ours, agree(cast.ours))
    with pytest.raises(DatabaseError):
        db.session.execute(text("UPDATE signed_pay SET total = '99/1'"))
    db.session.rollback()
    db.session.execute(text("DROP TRIGGER signed_pay_is_frozen"))
    db.session.execute(text("UPDATE signed_pay SET total = '99/1'"))
    db.session.commit()
    html, _words = read_page(client_of("hr"), f"/quality-pay/signed/{signed}")
    assert "notice-missed" in html


def test_it_shows_employees_their_own_sheets_and_no_other(client_of: Browser, cast: Cast) -> None:
    """Explainable line by line to the person who is paid; nobody reads a colleague's."""
    agreement = agree(cast.ours)
    own, other = sign(cast.ours, agreement), sign(cast.ours, agreement, "Борис")
    browser = client_of("employee")
    html, words = read_page(browser, "/quality-pay/own")
    assert str(own) in html
    assert str(other) not in html
    assert "95 %" in words
    assert "Приветствие" in read_page(browser, f"/quality-pay/signed/{own}")[1]
    assert browser.get(f"/quality-pay/signed/{other}").status_code == 404
    assert 'class="empty"' in read_page(client_of("employee", foreign=True), "/quality-pay/own")[0]


def test_it_refuses_to_change_what_was_agreed(cast: Cast) -> None:
    """A new formula is a new row."""
    agreement = db.session.get_one(PayAgreement, agree(cast.ours))
    agreement.agreed_on = date(2026, 1, 1)
    with pytest.raises(AssertionError, match="may not change"):
        db.session.flush()
    db.session.rollback()
    with pytest.raises(DatabaseError):
        db.session.execute(text("UPDATE pay_agreement SET content = '{}'"))
    db.session.rollback()
