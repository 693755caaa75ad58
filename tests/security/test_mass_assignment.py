"""Mass assignment: a form writes its own fields and nothing else, whatever is sent along with them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Date, DateTime, String, Uuid

from mystery.database import Base
from tests.security.conftest import PlainSite
from tests.security.form_filling import FilledForm
from tests.security.row_hashes import describe_difference, list_ids, read_rows
from tests.security.workshop import Workshop, open_workshop

# Fields that are no part of a page, and yet are meant: who sends them, and what for.
SENT_BY_PHONES = {"capture.begin_visit": {"visit": "the id of a visit, which a phone makes itself"}}


@pytest.fixture
def workshop(plain_database: PlainSite) -> Workshop:
    """Every form of our people, ready to be sent."""
    return open_workshop(plain_database)


def list_hostile_values(workshop: Workshop, form: FilledForm) -> Iterator[tuple[str, str]]:
    """A value for every column of every table, under each name that a careless form would copy."""
    fields = {name for name, _value in form.values} | SENT_BY_PHONES.get(form.endpoint, {}).keys()
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            value = "1"
            if isinstance(column.type, Uuid):
                value = str(workshop.foreign["user"])
            elif isinstance(column.type, Date | DateTime):
                value = "2031-01-01"
            elif isinstance(column.type, String):
                value = "hostile"
            for name in (column.name, column.name.removesuffix("_id"), f"{table.name}.{column.name}"):
                if name not in fields:
                    yield name, value


def test_it_writes_no_column_that_is_not_a_field_of_the_form(workshop: Workshop) -> None:
    """Mass assignment: a form with every column of the database in it does exactly what it does without."""
    for form in workshop.forms:
        known = list_ids()
        workshop.send(form)
        plain = read_rows(known=known)
        workshop.undo()
        workshop.send(form.with_values(list_hostile_values(workshop, form)))
        difference = describe_difference(plain, read_rows(known=known))
        assert not difference, f"{form.reader} {form.endpoint}: {difference}"
        workshop.undo()
