"""What an address asks and its filter does not offer is named beside the field, alike on every page."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.factories import make_submitted_visit

Browser = Callable[..., FlaskClient]
PROBLEM = re.compile(r'<p class="field-problem" id="([a-z]+)-problem">([^<]*)</p>')
CHOICE = "Такого варианта здесь нет. Выберите из списка. "
DAY = "Такого дня нет. В адресе день пишется так: 2026-11-05. "
REVERSED = "Период кончается раньше, чем начинается. Исправьте один из двух дней. "
OF_UNITS = ("/visits/", "/comparison/", "/comparison/staff.csv", "/period-reports/unit", "/lenses/")
OF_PERIODS = (*OF_UNITS, "/period-reports/unit.pdf", "/quality-pay/", "lead /auditors", "lead /assignments/")


@pytest.fixture
def browse(client_of: Browser, cast: Cast) -> Callable[[str, dict[str, str]], dict[str, str]]:
    """Opens a page, as HR unless another role stands before it; returns the problems beside its fields."""
    make_submitted_visit(cast)
    make_submitted_visit(cast, foreign=True)

    def open_page(page: str, asked: dict[str, str]) -> dict[str, str]:
        role, address = page.split() if " " in page else ("hr", page)
        answer = client_of(role).get(address, query_string=asked)
        text = answer.get_data(as_text=True)
        assert answer.status_code == 422
        assert "Анна" not in text
        return dict(PROBLEM.findall(text))

    return open_page


@pytest.mark.parametrize("page", OF_UNITS)
def test_it_says_of_a_foreign_unit_what_it_says_of_one_that_is_nowhere(
    browse: Callable[..., dict[str, str]], cast: Cast, page: str
) -> None:
    for unit in (str(cast.foreign.units["N1"]), str(uuid4()), "north", "\0"):
        assert browse(page, {"unit": unit}) == {"unit": CHOICE}
    assert browse(page, {"unit": "", "checklist": str(uuid4())}) == {"checklist": CHOICE}


def test_it_names_a_checklist_that_no_formula_can_pay_for(browse: Callable[..., dict[str, str]]) -> None:
    assert browse("/quality-pay/formula", {"checklist": str(uuid4())}) == {"checklist": CHOICE}


@pytest.mark.parametrize("page", OF_PERIODS)
def test_it_names_a_day_that_is_none_and_a_period_that_is_reversed(
    browse: Callable[..., dict[str, str]], page: str
) -> None:
    assert browse(page, {"since": "abc", "until": "31.12.2026"}) == {"since": DAY, "until": DAY}
    assert browse(page, {"since": "2026-11-20", "until": "2026-01-01"}) == {"until": REVERSED}


def test_it_keeps_the_rest_of_what_was_asked(client_of: Browser, cast: Cast) -> None:
    make_submitted_visit(cast)
    anna = str(cast.ours.employees["Анна"])
    page = client_of("hr").get("/visits/", query_string={"employee": anna, "text": "N1", "since": "abc"})
    text = page.get_data(as_text=True)
    assert f'name="employee" value="{anna}"' in text
    assert 'value="N1"' in text
