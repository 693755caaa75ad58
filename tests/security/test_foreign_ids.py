"""Foreign ids: no form takes the id of another company's thing, wherever in the form it stands."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.security.conftest import PlainSite
from tests.security.form_filling import FilledForm, list_address_ids, list_id_fields
from tests.security.row_hashes import describe_difference, read_rows
from tests.security.workshop import Workshop, open_workshop, what_stays

# Forms whose filling must have worked, or the refusals below would prove nothing.
WORKING = {
    "accounts.grant_role",
    "accounts.make_invitation",
    "accounts.save_profile",
    "accounts.switch_off",
    "authoring.record_notice",
    "capture.save_visit",
    "directory.move_employee",
    "directory.save_employee",
    "directory.save_new_employee",
    "directory.save_new_unit",
    "directory.save_unit",
    "lenses.remove_count",
    "lenses.save_count",
    "planning.assign_visits",
    "planning.cancel_assignment",
    "planning.change_assignment",
}
# Fields that count only beside a certain choice: made first, so that the id is not just ignored.
BESIDE_CHOICE = {("accounts.make_invitation", "employee"): ("role", "employee")}


@pytest.fixture
def workshop(plain_database: PlainSite) -> Workshop:
    """Every form of our people, ready to be sent."""
    return open_workshop(plain_database)


def test_it_fills_in_forms_so_that_they_work(workshop: Workshop) -> None:
    """The control of the two tests below: sent as the page offers it, a form does something."""
    working = set()
    for form in workshop.forms:
        before = read_rows()
        answer = workshop.send(form)
        if answer.status_code == 303 and describe_difference(before, read_rows()):
            working.add(form.endpoint)
        workshop.undo()
    assert working >= WORKING, f"not working: {WORKING - working}; working: {working}"


# Hidden fields that look like an id and are none.
NO_IDS = {"key": "made for the page, so that sending it twice makes one assignment"}


def list_foreign_fields(workshop: Workshop, form: FilledForm) -> Iterator[FilledForm]:
    """The form with one of its ids exchanged for a foreign one, of the same and of another kind."""
    for name, value in list_id_fields(form):
        if name in NO_IDS:
            continue
        choice = BESIDE_CHOICE.get((form.endpoint, name))
        chosen = form.with_value(*choice) if choice else form
        for foreign in {workshop.foreign_like(value), workshop.foreign["visit"]} - {None}:
            yield chosen.with_value(name, str(foreign))


def test_it_takes_no_foreign_id_in_any_field(workshop: Workshop) -> None:
    """Selects, radios and hidden fields: nothing in the whole database is changed."""
    tried = 0
    for form in workshop.forms:
        before = read_rows(without=what_stays(form))
        for attempt in list_foreign_fields(workshop, form):
            tried += 1
            answer = workshop.send(attempt)
            difference = describe_difference(before, read_rows(without=what_stays(form)))
            assert not difference, f"{form.reader} {form.endpoint} {attempt.values}: {difference}"
            assert answer.status_code in (400, 403, 404, 409, 422)
    workshop.undo()
    assert tried > 20


def test_it_takes_no_foreign_id_in_the_address_of_a_form(workshop: Workshop) -> None:
    """What lies in another company is not there: 404, or for a list of choices the page again."""
    tried = 0
    for form in workshop.forms:
        before = read_rows()
        for own in list_address_ids(form):
            foreign = workshop.foreign_like(own)
            assert foreign is not None, f"{form.address}: what is {own}?"
            tried += 1
            answer = workshop.send(form.with_id(own, str(foreign)))
            in_path = own in urlsplit(form.address).path
            assert answer.status_code == 404 if in_path else answer.status_code in (404, 422), form.address
            assert not describe_difference(before, read_rows()), f"{form.reader} {form.endpoint}"
    assert tried > 20


def test_it_begins_no_visit_under_an_id_that_somebody_chose(workshop: Workshop) -> None:
    """The id follows from assignment and auditor: one that comes with the form counts for nothing."""
    (begin,) = [form for form in workshop.forms if form.endpoint == "capture.begin_visit"]
    begun = workshop.send(begin)
    before = read_rows()
    for taken in (workshop.foreign["visit"], workshop.site.staged.submitted[0]):
        assert workshop.send(begin.with_value("visit", str(taken))).location == begun.location
        assert not describe_difference(before, read_rows())
    workshop.undo()
