"""On narrow screens a long menu folds behind a switch, which says how much waits; a short one stays."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.review.desk import make_held_visit

Browser = Callable[..., FlaskClient]


@pytest.mark.parametrize(
    ("role", "is_folded"),
    [("hr", True), ("manager", True), ("lead", True), ("employee", False), ("administrator", False)],
)
def test_it_folds_a_long_menu_and_leaves_a_short_one(client_of: Browser, role: str, is_folded: bool) -> None:
    html = client_of(role).get("/", follow_redirects=True).get_data(as_text=True)
    assert ('<label for="menu-switch"' in html) == is_folded
    assert "Главное меню" in html


def test_it_says_beside_the_switch_how_much_waits_behind_it(client_of: Browser, cast: Cast) -> None:
    make_held_visit(cast)
    html = client_of("lead").get("/visits/").get_data(as_text=True)
    assert re.search(r'class="menu-label">Меню <span class="menu-count">1</span></label>', html)
