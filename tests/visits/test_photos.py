"""A photo of a visit is shown to those who may read that very visit."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask.testing import FlaskClient

from mystery.database import db
from mystery.models import Photo
from mystery.storage import media_store
from tests.cast import Cast
from tests.factories import make_submitted_visit

Browser = Callable[..., FlaskClient]
CONTENT = b"a prepared picture"


def add_photo(visit: UUID, key: str) -> UUID:
    """A stored photo of a visit."""
    media_store().put(key, CONTENT)
    sizes = {"width": 4, "height": 3, "byte_size": len(CONTENT)}
    photo = Photo(visit_id=visit, question="receipt", original_sha256="0" * 64, storage_key=key, **sizes)
    db.session.add(photo)
    db.session.commit()
    return photo.id


def test_it_shows_a_photo_to_the_readers_of_its_visit(client_of: Browser, cast: Cast) -> None:
    visit = make_submitted_visit(cast)
    address = f"/visits/{visit}/photos/{add_photo(visit, 'photos/ours')}"
    for role in ("manager", "hr", "lead", "employee"):
        answer = client_of(role).get(address)
        assert (answer.status_code, answer.mimetype, answer.data) == (200, "image/jpeg", CONTENT)
    assert client_of("hr", foreign=True).get(address).status_code == 404


def test_it_does_not_show_a_photo_under_the_address_of_another_visit(client_of: Browser, cast: Cast) -> None:
    own = make_submitted_visit(cast)
    other = make_submitted_visit(cast, unit="N2", employee="Борис")
    photo = add_photo(other, "photos/other")
    assert client_of("employee").get(f"/visits/{own}/photos/{photo}").status_code == 404
    assert client_of("employee").get(f"/visits/{other}/photos/{photo}").status_code == 404
    assert client_of("manager").get(f"/visits/{own}/photos/{photo}").status_code == 404
