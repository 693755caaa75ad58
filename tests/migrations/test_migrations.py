"""Migrations lead to the models' tables and back, with people's data in them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError

from mystery.app import create_app
from mystery.database import Base, db, unapplied_migrations
from mystery.models import Visit, VisitState
from mystery.settings import read_settings
from tests.cast import Cast
from tests.review.desk import make_held_visit


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Flask]:
    """An application whose database file does not exist yet."""
    settings = read_settings({"MYSTERY_SECRET_KEY": "x" * 40, "MYSTERY_DATA_DIR": str(tmp_path)})
    app = create_app(settings)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def read_all_rows() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of ours, as plain tuples in a fixed order."""
    with db.engine.connect() as connection:
        return {
            table.name: sorted(
                (tuple(row) for row in connection.execute(text(f'SELECT * FROM "{table.name}"'))), key=repr
            )
            for table in Base.metadata.sorted_tables
        }


def test_it_creates_the_very_tables_that_the_models_describe(empty: Flask) -> None:
    assert unapplied_migrations()
    flask_migrate.upgrade()
    assert not unapplied_migrations()
    # `check` raises when a migration is missing.
    flask_migrate.check()


def test_it_leaves_nothing_behind_when_all_is_undone(empty: Flask) -> None:
    flask_migrate.upgrade()
    flask_migrate.downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}


def test_it_keeps_every_row_through_the_last_step_down_and_up_again(
    empty: Flask, tmp_path: Path, cast_database: Path
) -> None:
    shutil.copy(cast_database, tmp_path / "mystery.db")
    before = read_all_rows()
    assert before["user"], "the cast is in the database"
    flask_migrate.downgrade()
    assert unapplied_migrations()
    flask_migrate.upgrade()
    assert read_all_rows() == before


def test_it_makes_a_draft_of_a_held_visit_on_the_way_down_and_loses_nothing_of_it(
    empty: Flask, tmp_path: Path, stage: tuple[Flask, Path, Path, Cast]
) -> None:
    """Before 0003 there were no held visits; the auditor finds his answers again and sends them himself."""
    shutil.copy(stage[2], tmp_path / "mystery.db")
    visit_id = make_held_visit(stage[3])
    sent = db.session.get_one(Visit, visit_id).raw_answers
    db.session.remove()
    flask_migrate.downgrade(revision="0002")
    flask_migrate.upgrade()
    visit = db.session.get_one(Visit, visit_id)
    assert sent
    assert (visit.state, visit.draft) == (VisitState.DRAFT.value, sent)
    assert (visit.raw_answers, visit.submitted_at) == (None, None)
    with pytest.raises(DatabaseError, match="version_is_frozen"):
        db.session.execute(text("UPDATE checklist_version SET content = '{}'"))


@pytest.fixture
def cast_database(stage: tuple[Flask, Path, Path, Cast]) -> Path:
    """A database file with the cast in it."""
    return stage[2]
