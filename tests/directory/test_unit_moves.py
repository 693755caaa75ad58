"""Moving a unit in the tree: the whole subtree goes along, and access goes with it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from mystery.access.scopes import NotYours
from mystery.database import db
from mystery.directory import actions, queries
from mystery.directory.actions import UnitDraft
from mystery.directory.faults import Reason
from mystery.models import Unit
from mystery.tables.faults import Fault
from tests.cast import Cast
from tests.directory.files import reach_of

Clients = Callable[..., FlaskClient]


def assert_paths_follow_parents() -> None:
    """Every path is the parent's path and the own id."""
    db.session.expire_all()
    for unit in db.session.query(Unit):
        above = unit.parent.path if unit.parent else "/"
        assert unit.path == f"{above}{unit.id.hex}/"


def move(cast: Cast, unit: str, parent: str) -> UUID | Fault:
    """Move a unit of ours below another, as the company's administrator."""
    return actions.move_unit(reach_of(cast.ours.company), cast.ours.units[unit], cast.ours.units[parent])


def test_it_moves_a_region_with_everything_below_it(client_of: Clients, cast: Cast) -> None:
    answer = client_of("administrator").post(
        f"/directory/units/{cast.ours.units['Север']}/move", data={"parent": str(cast.ours.units["Юг"])}
    )
    assert answer.status_code == 303
    assert_paths_follow_parents()
    rows = queries.list_units(reach_of(cast.ours.units["Юг"])).rows
    assert [row.name for row in rows] == ["Юг", "Магазин S1", "Север", "Магазин N1", "Магазин N2"]


def test_it_gives_the_manager_of_the_new_region_sight_of_the_unit_and_takes_it_from_the_old(
    client_of: Clients, cast: Cast
) -> None:
    manager = client_of("manager")
    assert manager.get(f"/directory/units/{cast.ours.units['N1']}").status_code == 200
    assert move(cast, "N1", "Юг") == cast.ours.units["N1"]
    assert manager.get(f"/directory/units/{cast.ours.units['N1']}").status_code == 404


@pytest.mark.parametrize(
    ("unit", "parent", "reason"),
    [
        ("Север", "Север", Reason.PARENT_CYCLE),
        ("Север", "N1", Reason.PARENT_CYCLE),
        ("S1", "N1", Reason.PARENT_IS_SHOP),
        ("S1", "Юг", Reason.NOTHING_CHANGES),
        ("company", "Юг", Reason.COMPANY_STAYS),
    ],
)
def test_it_refuses_moves_that_make_no_tree(cast: Cast, unit: str, parent: str, reason: Reason) -> None:
    outcome = move(cast, unit, parent)
    assert isinstance(outcome, Fault)
    assert outcome.reason is reason
    assert_paths_follow_parents()


def test_it_refuses_a_move_that_makes_the_tree_too_deep(cast: Cast) -> None:
    reach = reach_of(cast.ours.company)
    parent = cast.ours.units["Юг"]
    for level in range(7):
        added = actions.add_unit(reach, parent, "region", UnitDraft(f"Р{level}", None, "", "Europe/Moscow"))
        assert isinstance(added, UUID)
        parent = added
    too_deep = actions.move_unit(reach, cast.ours.units["Север"], parent)
    assert isinstance(too_deep, Fault)
    assert too_deep.reason is Reason.TOO_DEEP
    one_lower = actions.add_unit(reach, parent, "shop", UnitDraft("Дно", None, "", "Europe/Moscow"))
    assert isinstance(one_lower, UUID)


def test_it_moves_nothing_to_or_from_another_company(client_of: Clients, cast: Cast) -> None:
    with pytest.raises(NotYours):
        actions.move_unit(reach_of(cast.ours.company), cast.ours.units["N1"], cast.foreign.units["Юг"])
    answer = client_of("administrator").post(
        f"/directory/units/{cast.ours.units['N1']}/move", data={"parent": str(cast.foreign.units["Юг"])}
    )
    assert answer.status_code == 422
    assert_paths_follow_parents()


def test_it_offers_no_shops_and_nothing_below_the_unit_itself(cast: Cast) -> None:
    reach = reach_of(cast.ours.company)
    unit = queries.show_unit(reach, cast.ours.units["Север"]).unit
    offered = {choice.label for choice in queries.list_parent_choices(reach, unit)}
    assert offered == {"Лавка", "Юг — Лавка"}
