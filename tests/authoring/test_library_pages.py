"""The library says what each checklist is for; one press publishes it with the legends it is played with."""

from __future__ import annotations

from collections.abc import Callable

from flask.testing import FlaskClient
from sqlalchemy import select

from checklists.loading import list_library, load_library_checklist
from mystery.access.scopes import Reach
from mystery.authoring.actions import publish_version
from mystery.database import db
from mystery.models import ChecklistRecord, ChecklistVersion
from tests.cast import Cast

Browser = Callable[..., FlaskClient]


def published(company: object, slug: str) -> list[int]:
    """The numbers under which a company published a checklist."""
    db.session.expire_all()
    found = db.session.scalars(
        select(ChecklistVersion.number)
        .join(ChecklistRecord)
        .where(ChecklistRecord.company_id == company, ChecklistRecord.slug == slug)
    )
    return list(found)


def test_it_says_what_every_checklist_of_the_library_is_for(author: FlaskClient) -> None:
    page = author.get("/checklists/library").get_data(as_text=True)
    for entry in list_library():
        checklist = load_library_checklist(entry.id)
        assert f'href="/checklists/library/{entry.id}"' in page
        assert checklist.introduction is not None
        assert checklist.introduction.en.replace("'", "&#39;").replace('"', "&#34;") in page


def test_it_publishes_a_library_checklist_with_one_press(author: FlaskClient, cast: Cast) -> None:
    assert "shop-visit" in author.get("/checklists/library/shop-visit").get_data(as_text=True)
    answer = author.post("/checklists/library/shop-visit")
    assert answer.status_code == 303
    assert published(cast.ours.company, "shop-visit") == [1]
    assert "in use as version 1" in author.get("/checklists/library").get_data(as_text=True)
    legends = author.get("/checklists/scenarios").get_data(as_text=True)
    assert "A purchase in the shop" in legends


def test_it_says_when_ones_own_version_differs_from_the_library(
    author: FlaskClient, cast: Cast, lead: Reach
) -> None:
    own = load_library_checklist("shop-visit")
    changed = own.model_copy(update={"sections": own.sections[:2], "scenarios": ()})
    publish_version(lead, cast.ours.company, changed)
    assert "your version 1 differs from it" in author.get("/checklists/library").get_data(as_text=True)


def test_it_asks_for_the_company_where_there_are_several(author_of_two: FlaskClient, cast: Cast) -> None:
    refused = author_of_two.post(
        "/checklists/library/phone-call", data={"company": str(cast.ours.units["N1"])}
    )
    assert refused.status_code == 422
    assert 'id="company-problem"' in refused.get_data(as_text=True)
    author_of_two.post("/checklists/library/phone-call", data={"company": str(cast.foreign.company)})
    assert published(cast.foreign.company, "phone-call") == [1]
    assert published(cast.ours.company, "phone-call") == []


def test_it_never_publishes_in_a_company_that_is_not_the_authors(author: FlaskClient, cast: Cast) -> None:
    author.post("/checklists/library/phone-call", data={"company": str(cast.foreign.company)})
    assert published(cast.foreign.company, "phone-call") == []


def test_it_answers_404_for_what_the_library_does_not_have(author: FlaskClient) -> None:
    for name in ("nothing", "..%2F..%2Fsetup", "%00", "x" * 500):
        assert author.get(f"/checklists/library/{name}").status_code == 404
        assert author.post(f"/checklists/library/{name}").status_code == 404
        assert author.get(f"/checklists/scenarios/library/{name}").status_code == 404
        assert author.post(f"/checklists/scenarios/library/{name}").status_code == 404


def test_it_adds_a_legend_once(author: FlaskClient, cast: Cast) -> None:
    offered = author.get("/checklists/scenarios").get_data(as_text=True)
    assert 'href="/checklists/scenarios/library/rude-customer"' in offered
    first = author.post("/checklists/scenarios/library/rude-customer")
    assert first.status_code == 303
    page = author.get(first.headers["Location"]).get_data(as_text=True)
    assert "The legend is added." in page
    assert "What a good employee does" in page
    again = author.post("/checklists/scenarios/library/rude-customer")
    assert again.headers["Location"] == first.headers["Location"]
    offered = author.get("/checklists/scenarios").get_data(as_text=True)
    assert 'href="/checklists/scenarios/library/rude-customer"' not in offered


def test_it_shows_no_legend_of_another_company(client_of: Browser, author: FlaskClient, cast: Cast) -> None:
    added = author.post("/checklists/scenarios/library/rude-customer")
    foreign = client_of("lead", foreign=True)
    assert foreign.get(added.headers["Location"]).status_code == 404
    assert added.headers["Location"] not in foreign.get("/checklists/scenarios").get_data(as_text=True)


def test_it_keeps_legends_from_those_who_would_recognise_the_auditor(
    client_of: Browser, author: FlaskClient
) -> None:
    added = author.post("/checklists/scenarios/library/rude-customer").headers["Location"]
    for role in ("manager", "hr", "employee", "administrator"):
        assert client_of(role).get(added).status_code == 403
        assert "/checklists/scenarios" not in client_of(role).get("/", follow_redirects=True).get_data(
            as_text=True
        )
    assert "/checklists/scenarios" not in client_of("manager").get("/checklists/").get_data(as_text=True)
