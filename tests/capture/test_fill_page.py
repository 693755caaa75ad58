"""The fill-in page without JavaScript: everything entered comes back, and problems stand beside questions."""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from mystery.database import db
from mystery.models import DraftCopy, Visit
from tests.capture.checklists import COMPLETE
from tests.capture.phone import FormReader, Phone
from tests.cast import Cast

PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{7*7}}",
    "</textarea><b>",
    "Робер'); DROP TABLE visit;--",
]


def load_visit(phone: Phone) -> Visit:
    """The phone's visit as the database has it now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Visit, phone.visit_id)


def test_it_sends_every_kind_of_answer(phone: Phone) -> None:
    sent = phone.press("send", COMPLETE)
    assert (sent.status_code, sent.location) == (303, f"/capture/{phone.visit_id}/sent")
    visit = load_visit(phone)
    assert json.loads(visit.raw_answers or "{}") == {
        "visit": {"date": "2026-11-05T14:30"},
        "answers": {
            "greeted": "yes",
            "mood": 4,
            "tenth": "70",
            "shelf": "full",
            "offers": ["bag", "card"],
            "queue": "2,5",
            "wait": 90,
            "came": "14:05",
            "bought": "2026-11-05",
            "words": "Здравствуйте!\nЧем помочь?",
            "receipt": "n/a",
        },
        "comments": {"wait": "Долго искали ключ"},
    }
    states = {answer.question: answer.state for answer in visit.answers}
    assert states["why"] == states["longer"] == states["deeper"] == "hidden"
    assert (states["wow"], states["receipt"], states["tenth"]) == ("unanswered", "not_applicable", "scored")


def test_it_shows_a_saved_draft_exactly_as_it_was_entered(phone: Phone) -> None:
    saved = phone.press("save", COMPLETE)
    assert saved.status_code == 303
    phone.reload()
    for name, values in COMPLETE.items():
        assert phone.values[name] == values, name
    assert phone.values["revision"] == ["1"]


def test_it_goes_on_to_the_next_section_after_saving(phone: Phone) -> None:
    assert phone.press("save:s-facts").location == f"{phone.address}?saved=1#s-facts"


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("a.greeted", ["maybe"], "Choose one of the answers shown."),
        ("a.greeted", ["n/a"], "cannot be marked not applicable"),
        ("a.mood", ["9"], "from 1 to 5"),
        ("a.mood", ["9" * 5000], "from 1 to 5"),
        ("a.tenth", ["101"], "from 0 to 100"),
        ("a.shelf", ["<script>"], "Choose among the answers shown."),
        ("a.offers", ["bag", "ghost"], "Choose among the answers shown."),
        ("a.offers", ["bag", "-none"], "Choose among the answers shown."),
        ("a.queue", ["many"], "number"),
        ("a.queue", ["1e999"], "number"),
        ("a.queue", ["9" * 200], "number"),
        ("a.queue", ["٣٣"], "number"),
        ("a.wait", ["five", "30"], "minutes and seconds"),
        ("a.wait", ["99999", "0"], "minutes and seconds"),
        ("a.wait", ["-1", "0"], "minutes and seconds"),
        ("a.wait", ["1", "30", "n/a"], "both at once cannot be"),
        ("a.came", ["25:61"], "Choose a time of day."),
        ("a.bought", ["2026-02-30"], "Choose a day."),
        ("a.words", ["x" * 4001], "4000 characters"),
        ("a.words", ["x" * 100_000], "4000 characters"),
        ("a.words", ["nul \x00 inside"], "control characters"),
        ("c.greeted", ["я" * 100_000], "4000 characters"),
        ("a.sound", ["x" * 300], "name of the recording"),
    ],
)
def test_it_refuses_the_absurd_beside_its_question_and_keeps_the_rest(
    phone: Phone, field: str, typed: list[str], words: str
) -> None:
    question = f"q-{field.removeprefix('a.').removeprefix('c.')}"
    refused = phone.press("send", {**COMPLETE, field: typed})
    assert refused.status_code == 422
    assert words in phone.beside(question)
    number = phone.beside(question).split()[0]
    assert [line.startswith(f"Question {number} :") for line in phone.problems] == [True]
    for name, values in COMPLETE.items():
        if name != field:
            assert phone.values[name] == values, name
    assert load_visit(phone).state == "draft"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("a.queue", ["many"]),
        ("a.wait", ["five", "30"]),
        ("a.words", ["x" * 100_000]),
        ("c.greeted", ["я" * 100_000]),
    ],
)
def test_it_shows_again_what_does_not_parse(phone: Phone, field: str, typed: list[str]) -> None:
    assert phone.press("send", {**COMPLETE, field: typed}).status_code == 422
    assert phone.values[field] == typed
    phone.reload()
    assert phone.values[field] == typed, "the draft keeps it too"


def test_it_names_every_open_question_with_a_way_to_it(phone: Phone) -> None:
    assert phone.press("send").status_code == 422
    assert phone.missing == ["1.1", "1.2", "1.3", "1.4", "1.5", "2.1", "2.2", "2.3", "2.4", "2.5"]
    assert phone.problems[1] == "Question 2.6 : Add a photo or mark the question not applicable."
    assert any(line.startswith("Time of the visit : Choose the time") for line in phone.problems)
    assert 'href="#q-greeted"' in phone.html
    assert "Answer the question." in phone.beside("q-greeted")
    assert "or mark it not applicable" in phone.beside("q-shelf")


def test_it_asks_for_a_comment_where_the_standard_was_missed(phone: Phone) -> None:
    """SC-10: an answer without points is explained."""
    assert phone.press("send", {**COMPLETE, "a.greeted": ["no"]}).status_code == 422
    assert phone.problems == ["Question 1.1 : Add a comment: what exactly you saw or heard."]
    assert phone.press("send", {"c.greeted": ["Смотрел в телефон"]}).status_code == 303


def test_it_ignores_a_question_that_its_condition_hides(phone: Phone) -> None:
    """SC-02: without a script the question is there; what was typed into it neither counts nor blocks."""
    assert "Only if the answer to question 1.4 is: Empty." in phone.beside("q-why")
    assert "at least 2:00" in phone.beside("q-longer")
    hidden = {"a.why": ["x" * 5000], "a.deeper": ["perhaps"], "a.longer": ["Очередь"]}
    assert phone.press("send", {**COMPLETE, **hidden}).status_code == 303
    visit = load_visit(phone)
    assert json.loads(visit.raw_answers or "{}")["answers"]["longer"] == "Очередь"
    assert {answer.value for answer in visit.answers if answer.state == "hidden"} == {None}


def test_it_requires_a_question_once_its_condition_holds(phone: Phone) -> None:
    empty = {**COMPLETE, "a.shelf": ["empty"], "c.shelf": ["Ни одной пачки"], "a.wait": ["2", "0"]}
    assert phone.press("send", empty).status_code == 422
    assert phone.missing == ["2.8", "2.9"]
    assert phone.press("send", {"a.why": ["Не завезли"], "a.longer": ["Касса"]}).status_code == 422
    assert phone.missing == ["2.10"], "the next link of the chain is asked now"


def test_it_counts_what_is_answered(phone: Phone) -> None:
    def count() -> list[str]:
        return phone.html.split('<b id="done">')[1].split("</span>")[0].replace("</b>", "").split("/")

    assert [part.strip().split(">")[-1] for part in count()] == ["0", "12"]
    assert 'href="#when"' in phone.html
    phone.press("save", {**COMPLETE, "a.greeted": []})
    phone.reload()
    assert [part.strip().split(">")[-1] for part in count()] == ["11", "12"]
    assert 'id="next" href="#q-greeted"' in phone.html


def test_it_says_none_of_these_and_not_applicable(phone: Phone) -> None:
    nothing = {
        **COMPLETE,
        "a.offers": ["-none"],
        "a.wait": ["", "", "n/a"],
        "a.mood": ["n/a"],
        "c.wait": [""],
    }
    phone.press("save", nothing)
    phone.reload()
    assert (phone.values["a.offers"], phone.values["a.mood"]) == (["-none"], ["n/a"])
    assert phone.values["a.wait"] == ["", "", "n/a"]
    assert phone.press("send", nothing).status_code == 303
    values = {answer.question: (answer.state, answer.value) for answer in load_visit(phone).answers}
    assert values["offers"] == ("scored", "[]")
    assert values["wait"] == values["mood"] == ("not_applicable", '"n/a"')


@pytest.mark.parametrize("payload", PAYLOADS)
def test_it_shows_scripts_in_any_field_as_text(phone: Phone, payload: str) -> None:
    everywhere = {name: [payload] for name in phone.values if name.startswith(("a.", "c.", "v."))}
    # The refused page is linted by the client: nothing inline came into it.
    assert phone.press("send", everywhere).status_code == 422
    assert phone.values["a.words"] == phone.values["c.greeted"] == [payload]
    for piece in ("<script>alert", "<img src=x", "</textarea><b>"):
        assert piece not in phone.html
    assert "49" not in phone.values["a.words"][0]


def test_it_keeps_both_when_the_page_is_stale(phone: Phone) -> None:
    other_tab = Phone(phone.browser, load_visit(phone).assignment_id)
    assert other_tab.press("save", {"a.greeted": ["no"], "c.greeted": ["Молча"]}).status_code == 303
    stale = phone.press("send", COMPLETE)
    assert stale.status_code == 409
    assert "Saved elsewhere: No" in phone.beside("q-greeted")
    assert "Comment saved elsewhere: Молча" in phone.beside("q-greeted")
    assert phone.values["a.words"] == COMPLETE["a.words"]
    visit = load_visit(phone)
    assert (visit.state, json.loads(visit.draft)["answers"]) == ("draft", {"greeted": "no"})
    assert db.session.query(DraftCopy).count() == 2
    assert phone.press("send").status_code == 303, "what stands on the page can be sent knowingly"
    assert load_visit(phone).state == "submitted"


def test_it_treats_a_doubled_tap_as_one(phone: Phone) -> None:
    again = Phone(phone.browser, load_visit(phone).assignment_id)
    assert phone.press("send", COMPLETE).status_code == 303
    answer = again.press("send", COMPLETE)
    assert (answer.status_code, answer.location) == (303, f"/capture/{phone.visit_id}/sent")
    assert db.session.query(DraftCopy).count() == 0


def test_it_keeps_what_another_page_sends_after_the_visit_was_sent(phone: Phone) -> None:
    late = Phone(phone.browser, load_visit(phone).assignment_id)
    phone.press("send", COMPLETE)
    answer = late.press("save", {"c.greeted": ["Вспомнил ещё"]})
    assert answer.status_code == 303
    page = phone.browser.get(answer.location).text
    assert "differs from the visit sent before" in page
    assert "Вспомнил ещё" in db.session.query(DraftCopy).one().content


@pytest.mark.parametrize("revision", ["", "-1", "x", "9" * 40, "<b>"])
def test_it_takes_a_spoilt_revision_for_a_stale_page(phone: Phone, revision: str) -> None:
    assert phone.press("save", {"a.greeted": ["yes"], "revision": [revision]}).status_code == 409
    assert phone.values["a.greeted"] == ["yes"]


def test_it_shows_what_was_sent_and_when_but_no_score(phone: Phone) -> None:
    page = phone.browser.get(phone.press("send", COMPLETE).location).text
    assert "Магазин N1" in page
    assert "5 November 2026, 2:30 pm" in page
    assert "11 answers" in page
    assert "1 comment<" in page
    for word in ("score", "%", "100"):
        assert word not in page.lower()
    assert phone.browser.get(phone.address).location == f"/capture/{phone.visit_id}/sent"


def test_it_has_nothing_to_show_as_sent_before_it_is(phone: Phone) -> None:
    assert phone.browser.get(f"/capture/{phone.visit_id}/sent").status_code == 404


def test_it_answers_404_to_a_foreign_visit_and_to_another_version(
    phone: Phone, cast: Cast, client_of: Callable[..., FlaskClient]
) -> None:
    stranger = client_of("auditor", foreign=True)
    for browser, address in (
        (stranger, phone.address),
        (stranger, f"/capture/{phone.visit_id}/sent"),
        (phone.browser, f"/capture/{phone.visit_id}/{cast.ours.version}"),
        (phone.browser, f"/capture/{phone.visit_id}/{uuid4()}"),
        (phone.browser, f"/capture/{uuid4()}/{cast.ours.version}"),
        (phone.browser, "/capture/not-a-uuid/either"),
    ):
        assert browser.get(address).status_code == 404, address
    assert stranger.post(phone.address, data={"action": "send"}).status_code == 404
    assert load_visit(phone).draft_revision == 0


def test_it_refuses_a_form_that_another_site_sends(phone: Phone) -> None:
    """There is no token in these forms: where the request comes from is what protects them."""
    for site in ("cross-site", "same-site"):
        headers = {"Sec-Fetch-Site": site}
        refused = phone.browser.post(phone.address, data={"action": "send"}, headers=headers)
        assert refused.status_code == 403
    assert load_visit(phone).draft_revision == 0


def test_it_asks_a_stranger_to_sign_in(client: FlaskClient, phone: Phone) -> None:
    assert client.get(phone.address).status_code == 302
    assert client.post(phone.address, data={"action": "send"}).status_code == 401


def test_it_takes_an_unknown_button_for_saving(phone: Phone) -> None:
    assert phone.press("launch", {"a.greeted": ["yes"]}).status_code == 303
    assert json.loads(load_visit(phone).draft)["answers"] == {"greeted": "yes"}


def test_it_hands_everything_back_when_the_session_has_ended(client: FlaskClient, phone: Phone) -> None:
    """Signing in in another tab and sending the handed-back page again loses nothing."""
    signed_in = phone.browser
    phone.browser = client
    refused = phone.press("send", {**COMPLETE, "c.greeted": ['Сказал "здравствуйте" & <улыбнулся>']})
    assert refused.status_code == 401
    handed_back = FormReader(refused.text).values
    sent = signed_in.post(phone.address, data=handed_back)
    assert (sent.status_code, sent.location) == (303, f"/capture/{phone.visit_id}/sent")
    raw = json.loads(load_visit(phone).raw_answers or "{}")
    assert raw["comments"]["greeted"] == 'Сказал "здравствуйте" & <улыбнулся>'
    assert raw["answers"]["words"] == "Здравствуйте!\nЧем помочь?"
