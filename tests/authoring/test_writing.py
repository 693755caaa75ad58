"""Pasting or uploading a checklist: checked without any change, published as it was shown, never lost."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from mystery.access.scopes import Reach
from mystery.authoring.actions import publish_version
from mystery.database import db
from mystery.models import ChecklistVersion, Grant
from tests.authoring.texts import BROKEN, SHORT, WORKED, read, with_question
from tests.cast import Cast


def count_versions() -> int:
    """How many versions there are."""
    db.session.expire_all()
    return db.session.scalar(select(func.count()).select_from(ChecklistVersion)) or 0


def send(browser: FlaskClient, source: str = "", *, step: str = "check", **fields: Any) -> TestResponse:
    """Send the form of the page."""
    data = {"source": source, "step": step, **fields}
    answer = browser.post("/checklists/new", data=data, content_type="multipart/form-data")
    # The test client keeps a large body in a temporary file and forgets to close it.
    answer.request.environ["wsgi.input"].close()
    return answer


def text_kept(answer: TestResponse) -> str:
    """What stands in the text field now."""
    found = re.search(r"<textarea[^>]*>\r?\n?(.*?)</textarea>", answer.get_data(as_text=True), re.DOTALL)
    assert found
    return html.unescape(found.group(1))


def seen_in(answer: TestResponse) -> str:
    """What the form remembers of the check."""
    found = re.search(r'name="seen"[^>]*value="([^"]*)"', answer.get_data(as_text=True))
    assert found
    return found.group(1)


def test_it_checks_without_changing_anything(author: FlaskClient, cast: Cast) -> None:
    before = count_versions()
    answer = send(author, SHORT)
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    assert "version 1 of a new checklist" in page
    assert 'id="question-hello"' in page
    assert text_kept(answer) == SHORT
    assert count_versions() == before


def test_it_publishes_what_was_shown(author: FlaskClient, cast: Cast) -> None:
    before = count_versions()
    checked = send(author, SHORT)
    answer = send(author, text_kept(checked), step="publish", seen=seen_in(checked))
    assert answer.status_code == 303
    assert count_versions() == before + 1
    assert "Version 1 is published." in author.get(answer.headers["Location"]).get_data(as_text=True)


def test_it_shows_the_difference_with_the_current_version_before_publishing(
    author: FlaskClient, cast: Cast, lead: Reach
) -> None:
    publish_version(lead, cast.ours.company, read(SHORT))
    page = send(author, with_question()).get_data(as_text=True)
    assert "<h4>Was there a goodbye?</h4>" in page
    assert "<li>Question added (yes or no, weight 2)</li>" in page
    assert "Publish as version 2" in page


def test_it_says_when_the_text_is_a_version_that_is_there_already(author: FlaskClient, cast: Cast) -> None:
    page = send(author, WORKED).get_data(as_text=True)
    assert "exactly version 1" in page
    assert 'value="publish"' not in page


def test_it_changes_nothing_when_the_same_content_is_published_again(author: FlaskClient, cast: Cast) -> None:
    checked = send(author, WORKED)
    before = count_versions()
    answer = send(author, WORKED, step="publish", seen=seen_in(checked))
    assert answer.status_code == 303
    page = author.get(answer.headers["Location"]).get_data(as_text=True)
    assert "This is exactly version 1; nothing was changed." in page
    assert count_versions() == before


def test_it_shows_again_what_was_changed_after_the_check(author: FlaskClient, cast: Cast) -> None:
    checked = send(author, SHORT)
    before = count_versions()
    answer = send(author, with_question(), step="publish", seen=seen_in(checked))
    assert answer.status_code == 422
    assert "has changed since the check" in answer.get_data(as_text=True)
    assert text_kept(answer) == with_question()
    assert count_versions() == before


def test_it_shows_the_difference_anew_when_somebody_published_meanwhile(
    author: FlaskClient, cast: Cast, lead: Reach
) -> None:
    checked = send(author, with_question())
    publish_version(lead, cast.ours.company, read(SHORT))
    answer = send(author, with_question(), step="publish", seen=seen_in(checked))
    assert answer.status_code == 422
    assert "Publish as version 2" in answer.get_data(as_text=True)
    assert text_kept(answer) == with_question()
    again = send(author, with_question(), step="publish", seen=seen_in(answer))
    assert again.status_code == 303


def test_it_lists_all_problems_with_line_and_cure_and_keeps_the_text(author: FlaskClient, cast: Cast) -> None:
    answer = send(author, BROKEN)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "2 things to mend" in page
    assert "line 3" in page
    assert "line 10" in page
    assert "There is no question kind yes_or_no." in page
    assert text_kept(answer) == BROKEN


def test_it_speaks_the_readers_language(client_of: Callable[..., FlaskClient], cast: Cast) -> None:
    page = send(client_of("lead"), BROKEN).get_data(as_text=True)
    assert "Вида вопроса yes_or_no нет." in page
    assert "строка 10" in page


def test_it_takes_an_uploaded_file_in_place_of_the_text(author: FlaskClient, cast: Cast) -> None:
    upload = (io.BytesIO(b"\xef\xbb\xbf" + SHORT.encode()), "short.yaml")
    answer = send(author, "left over", file=upload)
    assert answer.status_code == 200
    assert text_kept(answer) == SHORT


def test_it_names_the_file_in_its_problems(author: FlaskClient, cast: Cast) -> None:
    upload = (io.BytesIO(BROKEN.encode()), "<b>short.yaml")
    page = send(author, file=upload).get_data(as_text=True)
    assert "&lt;b&gt;short.yaml, line 3" in page


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (SHORT.encode("utf-16"), "not text in UTF-8"),
        (b"PK\x03\x04\xff\xfe", "not text in UTF-8"),
        (b"x" * 1_000_001, "larger than 1 MB"),
    ],
)
def test_it_refuses_files_that_are_no_text_and_keeps_what_stood_there(
    author: FlaskClient, cast: Cast, content: bytes, words: str
) -> None:
    answer = send(author, "my own text", file=(io.BytesIO(content), "x.yaml"))
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    assert text_kept(answer) == "my own text"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0",
        "just words",
        "- a\n- list",
        "a: &a [*a]",
        "{" * 5000,
        "!!python/object/apply:os.system [id]",
        "x" * 1_000_001,
        "checklist: [" + "1," * 5000 + "]",
        "{{7*7}}",
    ],
    ids=["empty", "nul", "words", "list", "alias", "braces", "tag", "long", "wide", "template"],
)
def test_it_answers_absurd_texts_with_problems(author: FlaskClient, cast: Cast, text: str) -> None:
    answer = send(author, text)
    assert answer.status_code == 422
    assert 'id="problems"' in answer.get_data(as_text=True)


def test_it_keeps_scripts_in_a_checklist_harmless(author: FlaskClient, cast: Cast) -> None:
    payload = "<script>alert(1)</script>{{7*7}}"
    text = SHORT.replace("Was there a greeting?", f'"{payload}"').replace("Short call", f'"{payload}"')
    checked = send(author, text)
    assert payload not in checked.get_data(as_text=True)
    answer = send(author, text, step="publish", seen=seen_in(checked))
    for address in (answer.headers["Location"], "/checklists/"):
        page = author.get(address).get_data(as_text=True)
        assert payload not in page
        assert html.escape(payload) in page


def test_it_refuses_a_title_that_no_list_can_show(author: FlaskClient, cast: Cast) -> None:
    answer = send(author, SHORT.replace("Short call", "S" * 301))
    assert answer.status_code == 422
    assert "300" in answer.get_data(as_text=True)


def test_it_begins_with_the_text_of_a_version_or_of_the_library(author: FlaskClient, cast: Cast) -> None:
    version = author.get("/checklists/new", query_string={"version": str(cast.ours.version)})
    assert read(text_kept(version)) == read(WORKED)
    library = author.get("/checklists/new", query_string={"library": "shop-visit"})
    assert read(text_kept(library)).checklist == "shop-visit"
    assert text_kept(author.get("/checklists/new", query_string={"library": "../../setup"})) == ""


def test_it_does_not_begin_with_a_foreign_version(author: FlaskClient, cast: Cast) -> None:
    answer = author.get("/checklists/new", query_string={"version": str(cast.foreign.version)})
    assert answer.status_code == 404


def test_it_asks_for_the_company_where_there_are_several(author_of_two: FlaskClient, cast: Cast) -> None:
    answer = send(author_of_two, SHORT)
    assert answer.status_code == 422
    assert 'id="company-problem"' in answer.get_data(as_text=True)
    assert text_kept(answer) == SHORT
    checked = send(author_of_two, SHORT, company=str(cast.foreign.company))
    published = send(
        author_of_two, SHORT, step="publish", company=str(cast.foreign.company), seen=seen_in(checked)
    )
    assert "Чужие" in author_of_two.get(published.headers["Location"]).get_data(as_text=True)


def test_it_does_not_publish_in_another_company_what_was_checked_for_one(
    author_of_two: FlaskClient, cast: Cast
) -> None:
    checked = send(author_of_two, SHORT, company=str(cast.ours.company))
    answer = send(
        author_of_two, SHORT, step="publish", company=str(cast.foreign.company), seen=seen_in(checked)
    )
    assert answer.status_code == 422


@pytest.mark.parametrize("company", ["foreign", "nonsense", "\0"])
def test_it_does_not_take_a_company_that_is_not_the_authors(
    author: FlaskClient, cast: Cast, company: str
) -> None:
    # With one company the field is not even read: what is published goes to one's own.
    chosen = str(cast.foreign.company) if company == "foreign" else company
    checked = send(author, SHORT, company=chosen)
    assert f"{cast.ours.company}/" in seen_in(checked)


def test_it_is_closed_to_a_lead_of_a_region(author: FlaskClient, cast: Cast) -> None:
    grant = db.session.scalars(select(Grant).where(Grant.user_id == cast.ours.users["lead"])).one()
    grant.unit_id = cast.ours.units["Север"]
    db.session.commit()
    assert author.get("/checklists/new").status_code == 404
    assert send(author, SHORT).status_code == 404
    assert author.get("/checklists/library").status_code == 404
    page = author.get("/checklists/").get_data(as_text=True)
    assert "/checklists/new" not in page
