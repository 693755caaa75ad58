"""A training is recorded from a pasted list, and its page says what it did and for how long (LN-06)."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import func, select

from mystery.database import db
from mystery.models import Training, TrainingPlace
from mystery.trainings.curve_picture import draw_curve
from reports.lenses.event_curve import CurvePoint, Effect
from tests.cast import Cast
from tests.page_words import fetch_words
from tests.trainings.courses import TRAINED_ON, add_visit, hire, make_course, visit_monthly

Browser = Callable[..., FlaskClient]


def fill_in(cast: Cast, **changes: str) -> dict[str, Any]:
    """A sound form, with changes."""
    form = {
        "title": "Работа с возражениями",
        "unit": str(cast.ours.units["company"]),
        "usual_day": "2026-06-01",
        "people": "Анна\nБорис\t2026-06-03\nВера;контроль",
    }
    return {**form, **changes}


def test_it_records_a_pasted_list(client_of: Browser, cast: Cast) -> None:
    """With the usual day, a day of one's own, and the group to compare with."""
    browser = client_of("hr")
    answer = browser.post("/trainings/add", data=fill_in(cast), follow_redirects=True)
    assert answer.status_code == 200
    rows = db.session.execute(select(TrainingPlace.employee_id, TrainingPlace.trained_on)).all()
    days = {employee: str(day) for employee, day in rows}
    ours = cast.ours.employees
    assert days == {ours["Анна"]: "2026-06-01", ours["Борис"]: "2026-06-03", ours["Вера"]: "None"}
    text = fetch_words(browser, "/trainings/")
    assert "Работа с возражениями" in text
    assert "1 июня 2026 – 3 июня 2026" in text


def test_it_records_nothing_while_a_line_has_to_be_mended(client_of: Browser, cast: Cast) -> None:
    """Every problem with its line; what was typed is still in the form."""
    people = "Глеб\nАнна;2999-01-01"
    answer = client_of("hr").post("/trainings/add", data=fill_in(cast, people=people))
    assert answer.status_code == 422
    html = unescape(answer.get_data(as_text=True))
    assert "Глеб" in html
    assert people in html.replace("\r\n", "\n")
    assert db.session.scalar(select(func.count()).select_from(Training)) == 0
    assert "2999-01-01" in html


def test_it_finds_only_staff_of_the_unit_and_of_one_s_reach(client_of: Browser, cast: Cast) -> None:
    """The manager of Север names nobody of Юг, and HR names nobody of another unit."""
    units = cast.ours.units
    south = client_of("manager").post(
        "/trainings/add", data=fill_in(cast, unit=str(units["Север"]), people="Анна\nВера")
    )
    assert south.status_code == 422
    assert client_of("manager").post("/trainings/add", data=fill_in(cast)).status_code == 422
    shop = client_of("hr").post("/trainings/add", data=fill_in(cast, unit=str(units["N1"]), people="Борис"))
    assert shop.status_code == 422


def test_it_says_what_will_be_seen_before_the_first_visit(client_of: Browser, cast: Cast) -> None:
    """Empty pages say what will be here."""
    browser = client_of("hr")
    assert 'class="empty"' in browser.get("/trainings/").get_data(as_text=True)
    training = make_course(cast.ours)
    assert 'class="empty"' in browser.get(f"/trainings/{training}").get_data(as_text=True)
    assert "Анна" in fetch_words(browser, f"/trainings/{training}")


def test_it_waits_for_five_people_a_group(client_of: Browser, cast: Cast) -> None:
    """CP-04: facts only; a visit of which too little was assessed counts for nobody (SC-08)."""
    training = make_course(cast.ours)
    add_visit(cast, "Анна", TRAINED_ON.replace(month=5), 60.0)
    add_visit(cast, "Анна", TRAINED_ON.replace(month=7), 90.0)
    add_visit(cast, "Борис", TRAINED_ON.replace(month=5), 60.0)
    add_visit(cast, "Борис", TRAINED_ON.replace(month=7), 60.0, coverage=40.0)
    db.session.commit()
    text = fetch_words(client_of("hr"), f"/trainings/{training}")
    assert "Обученных таких 1, остальных 0" in text
    assert "90" not in text.split("Кто участвовал")[0].replace("90 %", "")


def test_it_compares_each_person_s_change_below_twenty_a_group(client_of: Browser, cast: Cast) -> None:
    """LN-06: Welch; six trained people gained ten points, six others did not."""
    names = hire(cast, 12)
    visit_monthly(cast, names, gain=10.0, trained=set(names[:6]))
    training = make_course(cast.ours, *names[:6])
    text = fetch_words(client_of("hr"), f"/trainings/{training}")
    assert "баллы обученных выросли на " in text
    assert "интервал Уэлча" in text
    assert "видно от 20 человек в каждой группе" in text


def test_it_follows_the_effect_from_twenty_a_group(client_of: Browser, cast: Cast) -> None:
    """LN-06: the curve as a picture with its table, thirty visits a stretch, and the refresher's sentence."""
    names = hire(cast, 60)
    visit_monthly(cast, names, gain=12.0, trained=set(names[:35]))
    training = make_course(cast.ours, *names[:35])
    browser = client_of("hr")
    html = browser.get(f"/trainings/{training}").get_data(as_text=True)
    assert html.count('class="curve-dot"') == 4
    assert html.count('class="curve-label"') == 5
    ticks = re.findall(r'class="curve-tick"[^>]*>([^<]+)<', html)
    assert ticks[0].startswith("−")
    assert "0" in ticks
    assert ticks[-1].startswith("+")
    assert "Эффект держится" in html
    assert "Это средние людей, а не визитов" in html
    assert "даёт модель" in html
    assert "мало визитов (0 из 30)" in html
    assert browser.get(f"/trainings/{training}?checklist=nonsense").status_code == 422


def test_it_compares_with_those_who_were_named(client_of: Browser, cast: Cast) -> None:
    """Where some are named to compare with, nobody else is compared."""
    names = hire(cast, 12)
    visit_monthly(cast, names, gain=10.0, trained=set(names[:6]))
    training = make_course(cast.ours, *names[:6])
    db.session.add_all(
        TrainingPlace(training_id=training, employee_id=cast.ours.employees[name], trained_on=None)
        for name in names[6:11]
    )
    db.session.commit()
    assert "5 человек: до" in fetch_words(client_of("hr"), f"/trainings/{training}")


def test_it_is_taken_back_in_two_steps(client_of: Browser, cast: Cast) -> None:
    """Asked once, in the words of the thing; the people stay, only the list goes."""
    training = make_course(cast.ours)
    browser = client_of("hr")
    assert "Возражения" in fetch_words(browser, f"/trainings/{training}/remove")
    assert browser.post(f"/trainings/{training}/remove").status_code == 303
    assert browser.get(f"/trainings/{training}").status_code == 404
    assert db.session.scalar(select(func.count()).select_from(TrainingPlace)) == 0


def test_it_draws_no_picture_of_nothing() -> None:
    """A small effect is not blown up, and a curve without any figure is no picture."""
    silent = CurvePoint(0, 1, "not_enough_visits", (), 0, None)
    assert draw_curve([silent], "en") is None
    picture = draw_curve([silent, CurvePoint(1, None, "shown", (), 9, Effect(1.0, -1.0, 3.0))], "en")
    assert picture is not None
    assert [tick.words for tick in picture.ticks] == ["−5", "0", "+5"]
    assert picture.points[0].value is None
    shown = picture.points[1]
    assert shown.high is not None
    assert shown.value is not None
    assert shown.low is not None
    assert shown.high < shown.value < picture.zero < shown.low
