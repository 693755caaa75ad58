"""A manager sees a training of the whole company as far as his own people took part in it, and no further."""

from __future__ import annotations

from collections.abc import Callable

from flask.testing import FlaskClient

from mystery.database import db
from mystery.models import TrainingPlace
from tests.cast import Cast
from tests.page_words import fetch_words
from tests.trainings.courses import TRAINED_ON, add_visit, hire, make_course, visit_monthly

Browser = Callable[..., FlaskClient]


def test_it_shows_a_manager_the_company_s_training_with_his_people_alone(
    client_of: Browser, cast: Cast
) -> None:
    """The manager of Север sees Анна and Борис of the three who were trained: names and numbers."""
    training = make_course(cast.ours, "Анна", "Борис", "Вера")
    manager = client_of("manager")
    manager.post("/language", data={"language": "en"})
    listed = fetch_words(manager, "/trainings/")
    assert "Возражения" in listed
    assert "Trained: 2" in listed
    assert "your people only" in listed
    page = fetch_words(manager, f"/trainings/{training}")
    assert "Анна" in page
    assert "Борис" in page
    assert "Вера" not in page
    assert "2 people trained" in page
    assert "You see your own people" in page
    whole = fetch_words(client_of("hr"), f"/trainings/{training}")
    assert "Вера" in whole


def test_it_measures_the_effect_on_his_people_alone(client_of: Browser, cast: Cast) -> None:
    """Six trained people of Север gained nothing; what six of Юг gained moves no figure of his."""
    here = hire(cast, 12)
    there = hire(cast, 6, unit="S1", called="Коллега")
    visit_monthly(cast, here, gain=0.0, trained=set())
    visit_monthly(cast, there, gain=30.0, trained=set(there), shop="S1")
    training = make_course(cast.ours, *here[:6], *there)
    own = fetch_words(client_of("manager"), f"/trainings/{training}")
    assert "Эффекта пока не видно" in own
    assert own.count("6 человек: до") == 2
    assert "Коллега" not in own
    assert "12 человек: до" in fetch_words(client_of("hr"), f"/trainings/{training}")


def test_it_compares_with_nobody_else_where_those_named_are_not_his(client_of: Browser, cast: Cast) -> None:
    """Вера of Юг was named to compare with: his page does not put somebody else in her place."""
    training = make_course(cast.ours, "Анна")
    db.session.add(TrainingPlace(training_id=training, employee_id=cast.ours.employees["Вера"]))
    for name in ("Анна", "Борис"):
        for month in (5, 7):
            add_visit(cast, name, TRAINED_ON.replace(month=month), 60.0)
    db.session.commit()
    manager = client_of("manager")
    manager.post("/language", data={"language": "en"})
    assert "So far 1 trained and 0 others" in fetch_words(manager, f"/trainings/{training}")
    assert "To compare with: 0" in fetch_words(manager, "/trainings/")


def test_it_hides_a_training_in_which_none_of_his_people_took_part(client_of: Browser, cast: Cast) -> None:
    """Neither the company's, nor that of a region beside his, even with somebody who once worked for him."""
    of_all = make_course(cast.ours, "Вера", title="Общее")
    # Named to compare with is not trained: of such people alone a page could say nothing.
    db.session.add(TrainingPlace(training_id=of_all, employee_id=cast.ours.employees["Анна"]))
    db.session.commit()
    beside = make_course(cast.ours, "Вера", "Борис", unit="Юг", title="Соседнее")
    manager = client_of("manager")
    assert [manager.get(f"/trainings/{each}").status_code for each in (of_all, beside)] == [404, 404]
    listed = fetch_words(manager, "/trainings/")
    assert "Общее" not in listed
    assert "Соседнее" not in listed
    assert client_of("hr", foreign=True).get(f"/trainings/{of_all}").status_code == 404


def test_it_is_taken_back_by_those_who_answer_for_the_whole_unit(client_of: Browser, cast: Cast) -> None:
    """Seeing his people in it gives the manager no right to remove it, and no button that would fail."""
    training = make_course(cast.ours)
    manager = client_of("manager")
    assert "/remove" not in manager.get(f"/trainings/{training}").get_data(as_text=True)
    assert manager.get(f"/trainings/{training}/remove").status_code == 404
    assert manager.post(f"/trainings/{training}/remove").status_code == 404
    assert client_of("hr").get(f"/trainings/{training}").status_code == 200
