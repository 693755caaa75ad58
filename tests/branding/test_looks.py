"""Setting a company's look: tried first, printed then, and every change stays on record."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from mystery.access.scopes import NotYours, load_reach
from mystery.branding.actions import keep_logo, restore_look, set_look
from mystery.branding.queries import Look, has_logo, name_logo, read_company
from mystery.database import db
from mystery.models import CompanyLook, Grant, Unit, User
from mystery.sheets.photo_desk import PhotoFault
from mystery.storage import media_store
from tests.branding.logos import draw_logo, read_logo
from tests.cast import Cast
from tests.factories import make_submitted_visit

Browsers = Callable[..., FlaskClient]


@pytest.fixture
def lead(client_of: Browsers, cast: Cast) -> FlaskClient:
    """The browser of our lead, who reads English."""
    db.session.get_one(User, cast.ours.users["lead"]).language = "en"
    db.session.commit()
    return client_of("lead")


def post(lead: FlaskClient, cast: Cast, logo: bytes | None = None, **form: Any) -> TestResponse:
    """What the form of the look answers."""
    sent: dict[str, Any] = {"colour": "", "staged": "", "step": "try", **form}
    if logo is not None:
        sent["logo"] = (io.BytesIO(logo), "logo.png")
    return lead.post(f"/look/{cast.ours.company}", data=sent, content_type="multipart/form-data")


def read_row() -> tuple[str, str]:
    """Logo and colour of our company as the report reads them."""
    db.session.expire_all()
    found = db.session.scalars(select(CompanyLook)).one_or_none()
    return (found.logo_key, found.colour) if found else ("", "")


def find_staged(page: str) -> str:
    """The logo that a page remembers."""
    found = re.search(r'name="staged"[^>]*value="([0-9a-f]*)"', page)
    assert found is not None
    return found[1]


def test_it_tries_a_look_and_sets_it_only_then(lead: FlaskClient, cast: Cast) -> None:
    answer = post(lead, cast, draw_logo(), colour="2F4D8F")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "How it will look" in page
    assert 'fill="#2f4d8f"' in page
    assert read_row() == ("", ""), "nothing is set yet"
    staged = find_staged(page)
    done = post(lead, cast, colour="#2f4d8f", staged=staged, step="set")
    assert done.status_code == 303
    assert read_row() == (name_logo(cast.ours.company, staged), "#2f4d8f")
    page = lead.get(done.location).get_data(as_text=True)
    assert "How it looks now" in page
    assert "lead lavka" in page, "who changed it is told"


def test_it_names_a_colour_that_would_do_and_takes_it_at_a_tap(lead: FlaskClient, cast: Cast) -> None:
    answer = post(lead, cast, draw_logo(), colour="#ffcc00", step="set")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "this colour stands out 1.5 to 1" in page
    suggested = re.search(r'name="suggestion" value="(#[0-9a-f]{6})"', page)
    assert suggested is not None
    staged = find_staged(page)
    assert staged, "the logo is not lost"
    answer = post(lead, cast, colour="#ffcc00", staged=staged, suggestion=suggested[1])
    assert answer.status_code == 200
    assert f'value="{suggested[1]}"' in answer.get_data(as_text=True)
    assert read_row() == ("", "")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no picture that can be printed"),
        (b"x" * 3000, "larger than 2 MB"),
        (b"\x89PNG\r\n\x1a\n broken", "incomplete or damaged"),
        (b"", "The file is empty"),
    ],
)
def test_it_refuses_what_is_no_picture_and_keeps_the_rest(
    lead: FlaskClient, cast: Cast, content: bytes, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mystery.branding.actions.MOST_LOGO_BYTES", 2000)
    answer = post(lead, cast, content, colour="#2f4d8f", step="set")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert words in page
    assert 'value="#2f4d8f"' in page
    assert read_row() == ("", "")


def test_it_refuses_a_stamp_that_would_print_blurred(cast: Cast) -> None:
    reach = load_reach(cast.ours.users["lead"])
    small = draw_logo((60, 30), transparent=False)
    assert keep_logo(reach, cast.ours.company, small) is PhotoFault.TOO_SMALL


@pytest.mark.parametrize(
    ("logo", "words"),
    [
        (draw_logo(fill="white"), "nobody would see this logo"),
        (draw_logo(fill="white", transparent=False, kind="JPEG"), "nobody would see this logo"),
        (draw_logo(fill="#ffffd8"), "nobody would see this logo"),
        (draw_logo(fill="#2f4d8f00"), "nobody would see this logo"),
        (draw_logo((20, 3000), transparent=False), "thinner than 2 mm"),
        (draw_logo((3000, 20)), "thinner than 2 mm"),
        (draw_logo((3000, 2000), transparent=False, margins=(1000, 990)), "thinner than 2 mm"),
    ],
    ids=["white", "white-jpeg", "pale", "transparent", "tall", "wide", "line-in-a-margin"],
)
def test_it_refuses_a_logo_that_nobody_would_see_on_paper(
    lead: FlaskClient, cast: Cast, logo: bytes, words: str
) -> None:
    """The logo stands in the place of the company's name, so the head of every report would be empty."""
    answer = post(lead, cast, logo, colour="#2f4d8f", step="set")
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    assert read_row() == ("", "")


@pytest.mark.parametrize(
    "logo",
    [
        draw_logo(fill="#ffcc00"),
        draw_logo((2600, 100)),
        draw_logo((100, 560)),
        draw_logo(fill="white", transparent=False, ground="#2f4d8f"),
    ],
    ids=["yellow", "word", "column", "white-on-blue"],
)
def test_it_takes_a_light_or_long_logo_that_can_be_seen(lead: FlaskClient, cast: Cast, logo: bytes) -> None:
    answer = post(lead, cast, logo)
    assert answer.status_code == 200
    assert find_staged(answer.get_data(as_text=True))


@pytest.mark.parametrize(("kind", "transparent", "mode"), [("PNG", True, "RGBA"), ("JPEG", False, "RGB")])
def test_it_keeps_what_is_transparent_and_drops_everything_else(
    cast: Cast, kind: str, transparent: bool, mode: str
) -> None:
    """The picture is drawn anew in a process of its own: no metadata, at most 960 x 320 px."""
    reach = load_reach(cast.ours.users["lead"])
    digest = keep_logo(reach, cast.ours.company, draw_logo((3000, 1500), kind=kind, transparent=transparent))
    assert isinstance(digest, str)
    stored = media_store().get(name_logo(cast.ours.company, digest))
    assert stored is not None
    picture = read_logo(stored)
    assert (picture.format, picture.mode) == ("PNG", mode)
    assert picture.width <= 960
    assert picture.height <= 320
    assert not picture.info.get("exif")


def test_it_cuts_an_empty_margin_off(cast: Cast) -> None:
    reach = load_reach(cast.ours.users["lead"])
    digest = keep_logo(reach, cast.ours.company, draw_logo((600, 200)))
    assert isinstance(digest, str)
    stored = media_store().get(name_logo(cast.ours.company, digest))
    assert stored is not None
    assert read_logo(stored).size == (301, 101)


def test_it_removes_the_logo_and_sets_an_earlier_look_again(lead: FlaskClient, cast: Cast) -> None:
    staged = find_staged(post(lead, cast, draw_logo()).get_data(as_text=True))
    post(lead, cast, staged=staged, colour="#2f4d8f", step="set")
    assert lead.post(f"/look/{cast.ours.company}/remove-logo").status_code == 303
    assert read_row() == ("", "#2f4d8f")
    reach = load_reach(cast.ours.users["lead"])
    earlier = read_company(reach, cast.ours.company).changes[1]
    assert lead.post(f"/look/{cast.ours.company}/restore/{earlier.id}").status_code == 303
    assert read_row() == (name_logo(cast.ours.company, staged), "#2f4d8f")
    assert len(read_company(reach, cast.ours.company).changes) == 3


def test_it_records_no_change_where_nothing_changes(cast: Cast) -> None:
    reach = load_reach(cast.ours.users["lead"])
    assert not set_look(reach, cast.ours.company, Look())
    assert set_look(reach, cast.ours.company, Look("", "#0f5c63"))
    assert not set_look(reach, cast.ours.company, Look("", "#0f5c63"))
    assert len(read_company(reach, cast.ours.company).changes) == 1


def test_it_takes_no_logo_of_another_company(lead: FlaskClient, cast: Cast) -> None:
    theirs = draw_logo(fill="#8f2f4d")
    digest = keep_logo(load_reach(cast.foreign.users["lead"]), cast.foreign.company, theirs)
    assert isinstance(digest, str)
    assert not has_logo(cast.ours.company, digest)
    for staged in (digest, "../../photos/x", "A" * 64, "\0"):
        post(lead, cast, staged=staged, colour="#2f4d8f", step="set")
        assert read_row()[0] == ""
    assert lead.get(f"/look/{cast.ours.company}/logos/{digest}.png").status_code == 404


def test_it_is_the_look_of_a_whole_company(cast: Cast) -> None:
    """A lead of a region does not decide how the reports of other regions look."""
    region = db.session.get_one(Unit, cast.ours.units["Север"])
    user = db.session.get_one(User, cast.ours.users["lead"])
    db.session.execute(update(Grant).where(Grant.user_id == user.id).values(unit_id=region.id))
    db.session.commit()
    reach = load_reach(user.id)
    with pytest.raises(NotYours):
        set_look(reach, cast.ours.company, Look("", "#0f5c63"))


def test_it_restores_no_change_of_another_company(cast: Cast) -> None:
    theirs = load_reach(cast.foreign.users["lead"])
    set_look(theirs, cast.foreign.company, Look("", "#0f5c63"))
    change = read_company(theirs, cast.foreign.company).changes[0]
    with pytest.raises(NotYours):
        restore_look(load_reach(cast.ours.users["lead"]), cast.ours.company, change.id)


def test_it_prints_a_specimen_about_nobody(lead: FlaskClient, cast: Cast) -> None:
    make_submitted_visit(cast)
    answer = lead.get(f"/look/{cast.ours.company}/specimen.pdf?colour=%232f4d8f&logo=nonsense")
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF")
    assert answer.headers["Content-Type"] == "application/pdf"


def test_it_leads_there_from_the_units_and_from_the_programme(client_of: Browsers) -> None:
    assert 'href="/look"' in client_of("administrator").get("/directory/units").get_data(as_text=True)
    assert 'href="/look"' in client_of("lead").get("/checklists/").get_data(as_text=True)
    assert 'href="/look"' not in client_of("hr").get("/directory/units").get_data(as_text=True)
