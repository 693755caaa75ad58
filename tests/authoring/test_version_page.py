"""A version reads like a service standard: sections, questions, points, rules and the clauses behind them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale

from checklists.definition import Checklist
from checklists.loading import list_library, load_library_checklist, read_checklist
from checklists.publishing import content_hash
from mystery.access.scopes import Reach
from mystery.authoring.actions import publish_version
from mystery.authoring.printed import PrintedQuestion, print_checklist
from mystery.authoring.source_text import write_source
from mystery.database import db
from mystery.models import ChecklistVersion
from tests.authoring.texts import SHORT, WORKED, read, with_question
from tests.cast import Cast

LIBRARY = [entry.id for entry in list_library()]


@pytest.fixture
def printed(app: Flask) -> Callable[[Checklist], dict[str, PrintedQuestion]]:
    """The questions of a checklist, printed in English, by id."""

    def print_questions(checklist: Checklist) -> dict[str, PrintedQuestion]:
        with app.test_request_context(), force_locale("en"):
            whole = print_checklist(checklist, "en")
            return {question.id: question for section in whole.sections for question in section.questions}

    return print_questions


def answers_of(question: PrintedQuestion) -> list[tuple[str, str]]:
    """What can be answered and what it earns."""
    return [(answer.text.replace("\N{NO-BREAK SPACE}", " "), answer.points) for answer in question.answers]


def test_it_prints_what_every_answer_earns_in_points(
    printed: Callable[[Checklist], dict[str, PrintedQuestion]],
) -> None:
    # SC-01: bands, scale, choice and yes/no of the worked checklist, times the weight of the question.
    questions = printed(read(WORKED))
    by_kind = {question.kind: answers_of(question) for question in questions.values()}
    assert by_kind["A stretch of time"] == [("up to 3 min", "2"), ("up to 5 min", "1"), ("beyond that", "0")]
    assert by_kind["A scale of 1 to 5"][0] == ("5", "3")
    assert by_kind["A scale of 1 to 5"][-1] == ("1", "0")
    assert [points for _text, points in by_kind["One of the list"]] == ["4", "2", "0"]


def test_it_says_what_a_critical_question_does_and_marks_it(
    printed: Callable[[Checklist], dict[str, PrintedQuestion]],
) -> None:
    # SC-05: the receipt caps the visit at 60.
    remarks = [
        remark
        for question in printed(read(WORKED)).values()
        for remark in question.remarks
        if remark.critical
    ]
    assert [remark.text for remark in remarks] == [
        "Critical: without any points the result of the visit is at most 60."
    ]


def test_it_says_when_a_question_is_asked_in_words(
    printed: Callable[[Checklist], dict[str, PrintedQuestion]],
) -> None:
    # SC-02: conditions name the parent's question and the answers' words, not their ids.
    more = """\
      - {id: seconds, text: {ru: Сколько ждали?, en: How long was the wait?}, kind: duration}
      - {id: a, text: {ru: А, en: A}, kind: text, show_if: {question: hello, in: ["no"]}}
      - {id: b, text: {ru: Б, en: B}, kind: text, show_if: {question: hello, answered: true}}
      - {id: c, text: {ru: В, en: C}, kind: text, show_if: {question: seconds, at_least: 90}}
      - {id: d, text: {ru: Г, en: D}, kind: text, show_if: {question: seconds, at_least: 60, at_most: 120}}
"""
    questions = printed(read(SHORT + more))
    said = {name: questions[name].remarks[0].text.replace("\N{NO-BREAK SPACE}", " ") for name in "abcd"}
    assert said == {
        "a": "Asked only when “Was there a greeting?” was answered: No.",
        "b": "Asked only when “Was there a greeting?” has an answer.",
        "c": "Asked only when “How long was the wait?” is at least 1 min 30 s.",
        "d": "Asked only when “How long was the wait?” is from 1 min to 2 min.",
    }


def test_it_prints_the_clause_behind_a_question_once_and_its_code_each_time(
    printed: Callable[[Checklist], dict[str, PrintedQuestion]],
) -> None:
    text = SHORT.replace("id: hello,", "id: hello, standard: GR-01@1,")
    text += "      - {id: again, standard: GR-01@1, text: {ru: Ещё, en: Again}, kind: yes_no}\n"
    text += "      - {id: other, standard: ZZ-99@1, text: {ru: Чужой, en: Other}, kind: yes_no}\n"
    standards = {name: question.standard for name, question in printed(read(text)).items()}
    first, again, other = (standards[name] for name in ("hello", "again", "other"))
    assert first is not None
    assert again is not None
    assert other is not None
    assert (first.code, again.code, other.code) == ("GR-01", "GR-01", "ZZ-99")
    assert first.text
    assert first.best
    assert again.title == first.title
    assert (again.text, other.title) == ("", "")


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("name", LIBRARY)
def test_it_prints_every_checklist_of_the_library_with_shares_that_add_up(
    app: Flask, name: str, language: str
) -> None:
    with app.test_request_context(), force_locale(language):
        printed = print_checklist(load_library_checklist(name), "ru" if language == "ru" else "en")
    shares = [
        float(section.share.rstrip("%\N{NO-BREAK SPACE}").replace(",", ".")) for section in printed.sections
    ]
    assert round(sum(shares), 6) == 100
    assert printed.questions == sum(len(section.questions) for section in printed.sections)


def test_it_shows_the_page_with_all_questions_and_the_way_to_edit(author: FlaskClient, cast: Cast) -> None:
    page = author.get(f"/checklists/versions/{cast.ours.version}").get_data(as_text=True)
    checklist = read(WORKED)
    for question in checklist.questions():
        assert f'id="question-{question.id}"' in page
    assert f'href="/checklists/new?version={cast.ours.version}"' in page


def test_it_does_not_offer_editing_to_a_reader(client_of: Callable[..., FlaskClient], cast: Cast) -> None:
    page = client_of("manager").get(f"/checklists/versions/{cast.ours.version}").get_data(as_text=True)
    assert "/checklists/new" not in page
    assert "lead lavka" not in page


@pytest.mark.parametrize("name", LIBRARY)
def test_it_writes_source_text_that_reads_back_as_the_same_checklist(name: str) -> None:
    checklist = load_library_checklist(name)
    again, problems = read_checklist(write_source(checklist), name=name)
    assert not problems
    assert again is not None
    assert content_hash(again) == content_hash(checklist)


def test_it_hands_out_yaml_that_reads_back_as_the_same_version(author: FlaskClient, cast: Cast) -> None:
    answer = author.get(f"/checklists/versions/{cast.ours.version}/checklist.yaml")
    assert answer.headers["Content-Disposition"] == "attachment; filename=worked-visit-v1.yaml"
    assert content_hash(read(answer.get_data(as_text=True))) == content_hash(read(WORKED))


def test_it_hands_out_json_whose_digest_is_the_hash_of_the_version(author: FlaskClient, cast: Cast) -> None:
    answer = author.get(f"/checklists/versions/{cast.ours.version}/checklist.json")
    version = db.session.get_one(ChecklistVersion, cast.ours.version)
    assert hashlib.sha256(answer.data).hexdigest() == version.content_hash
    assert json.loads(answer.data)["checklist"] == "worked-visit"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_it_hands_out_no_other_kind_of_file(author: FlaskClient, cast: Cast) -> None:
    assert author.get(f"/checklists/versions/{cast.ours.version}/checklist.exe").status_code == 404


def publish_two(cast: Cast, lead: Reach) -> str:
    """Two versions of a short checklist; returns the address of their difference."""
    publish_version(lead, cast.ours.company, read(SHORT))
    second = publish_version(lead, cast.ours.company, read(with_question()))
    version = db.session.get_one(ChecklistVersion, second.version_id)
    return f"/checklists/{version.checklist_id}/changes"


def test_it_shows_what_changed_between_the_two_newest_versions(
    author: FlaskClient, cast: Cast, lead: Reach
) -> None:
    page = author.get(publish_two(cast, lead)).get_data(as_text=True)
    assert "<h3>Start</h3>" in page
    assert "<h4>Was there a goodbye?</h4>" in page
    assert "<li>Question added (yes or no, weight 2)</li>" in page
    assert "From version 1 to version 2" in page


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ("old=2&new=1", "From version 2 to version 1"),
        ("old=1&new=1", "From version 1 to version 1"),
        ("old=77&new=-1", "From version 1 to version 2"),
        ("old=" + "9" * 40 + "&new=%00", "From version 1 to version 2"),
    ],
)
def test_it_compares_the_versions_asked_for_and_takes_nonsense_for_the_newest(
    author: FlaskClient, cast: Cast, lead: Reach, query: str, heading: str
) -> None:
    assert heading in author.get(f"{publish_two(cast, lead)}?{query}").get_data(as_text=True)


def test_it_says_whether_two_versions_can_be_compared(author: FlaskClient, cast: Cast, lead: Reach) -> None:
    # SC-20: without common standards the line between two versions is broken.
    page = author.get(publish_two(cast, lead)).get_data(as_text=True)
    assert "scores of the two versions cannot be compared" in page


def test_it_lists_the_versions_of_a_checklist_newest_first(
    author: FlaskClient, cast: Cast, lead: Reach
) -> None:
    publish_two(cast, lead)
    page = author.get("/checklists/").get_data(as_text=True)
    entry = page[page.index("Short call") :]
    assert re.findall(r"version (\d+)", entry)[:2] == ["2", "1"]


def test_it_shows_no_foreign_checklist(author: FlaskClient, cast: Cast) -> None:
    assert "Чужие" not in author.get("/checklists/").get_data(as_text=True)
    assert author.get(f"/checklists/versions/{cast.foreign.version}").status_code == 404
    assert author.get(f"/checklists/versions/{cast.foreign.version}/checklist.json").status_code == 404
    foreign = db.session.get_one(ChecklistVersion, cast.foreign.version).checklist_id
    assert author.get(f"/checklists/{foreign}/changes").status_code == 404
