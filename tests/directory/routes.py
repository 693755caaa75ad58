"""The permission matrix of the directory: who sees it, who changes units, who changes staff, who imports."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

from tests.access.matrix import Route
from tests.cast import Cast

READERS = {"lead": 200, "manager": 200, "hr": 200, "administrator": 200}
HIRERS = ("hr", "administrator")


def a_shop(cast: Cast) -> dict[str, Any]:
    """The shop N1, which lies in the manager's region."""
    return {"unit_id": cast.ours.units["N1"]}


def a_region(cast: Cast) -> dict[str, Any]:
    """The region Север, below which something can be added."""
    return {"unit_id": cast.ours.units["Север"]}


def an_employee(cast: Cast) -> dict[str, Any]:
    """Анна, who works in N1."""
    return {"employee_id": cast.ours.employees["Анна"]}


def no_import(_cast: Cast) -> dict[str, Any]:
    """A check that nobody made."""
    return {"draft_id": UUID(int=7)}


def a_new_unit(_cast: Cast) -> dict[str, Any]:
    """A shop as the form sends it."""
    return {"kind": "shop", "name": "Новый", "code": "N9", "time_zone": "Europe/Moscow"}


def a_move_south(cast: Cast) -> dict[str, Any]:
    """The region Юг as the new parent."""
    return {"parent": cast.ours.units["Юг"]}


def a_closing_day(_cast: Cast) -> dict[str, Any]:
    """A day in the past."""
    return {"closed_on": "2026-10-01"}


def a_new_employee(cast: Cast) -> dict[str, Any]:
    """Somebody new in N1."""
    return {"name": "Глеб", "unit": cast.ours.units["N1"], "hired_on": "2026-10-01"}


def corrections(_cast: Cast) -> dict[str, Any]:
    """What the form of a person sends."""
    return {"name": "Анна", "position": "Кассир", "hired_on": "2025-03-01"}


def a_step(cast: Cast) -> dict[str, Any]:
    """A move to N2."""
    return {"unit": cast.ours.units["N2"], "position": "Продавец", "since": "2026-10-01"}


def a_last_day(_cast: Cast) -> dict[str, Any]:
    """A day in the past."""
    return {"left_on": "2026-10-01"}


def a_file(cast: Cast) -> dict[str, Any]:
    """A small file for our company."""
    content = "Код;Название;Вид\nN9;Новый;магазин\n".encode()
    return {"company": str(cast.ours.company), "file": (io.BytesIO(content), "units.csv")}


def a_blank(_cast: Cast) -> dict[str, Any]:
    """The blank workbook."""
    return {"name": "directory.xlsx"}


ADMIN = {"administrator": 200}
ADMIN_DONE = {"administrator": 303}
HIRERS_SEE = dict.fromkeys(HIRERS, 200)
HIRERS_DONE = dict.fromkeys(HIRERS, 303)

ROUTES = [
    Route("directory.list_units", opens=READERS, foreign=200),
    Route("directory.show_unit", opens=READERS, values=a_shop),
    Route("directory.add_unit", opens=ADMIN, values=a_region),
    Route("directory.save_new_unit", "POST", opens=ADMIN_DONE, values=a_region, form=a_new_unit),
    Route("directory.edit_unit", opens=ADMIN, values=a_shop),
    Route("directory.save_unit", "POST", opens=ADMIN_DONE, values=a_shop, form=a_new_unit),
    Route("directory.choose_parent", opens=ADMIN, values=a_shop),
    Route("directory.move_unit", "POST", opens=ADMIN_DONE, values=a_shop, form=a_move_south),
    Route("directory.close_unit", "POST", opens=ADMIN_DONE, values=a_shop, form=a_closing_day),
    Route("directory.reopen_unit", "POST", opens=ADMIN_DONE, values=a_shop),
    Route("directory.list_employees", opens=READERS, foreign=200),
    Route("directory.show_employee", opens=READERS, values=an_employee),
    Route("directory.add_employee", opens=HIRERS_SEE, foreign=200),
    # A foreign unit is none of the choices that the form offers, so it is told beside the field.
    Route("directory.save_new_employee", "POST", opens=HIRERS_DONE, form=a_new_employee, foreign=422),
    Route("directory.edit_employee", opens=HIRERS_SEE, values=an_employee),
    Route("directory.save_employee", "POST", opens=HIRERS_DONE, values=an_employee, form=corrections),
    Route("directory.plan_move", opens=HIRERS_SEE, values=an_employee),
    Route("directory.move_employee", "POST", opens=HIRERS_DONE, values=an_employee, form=a_step),
    Route("directory.plan_leaving", opens=HIRERS_SEE, values=an_employee),
    Route("directory.record_leaving", "POST", opens=HIRERS_DONE, values=an_employee, form=a_last_day),
    Route("directory.plan_return", opens=HIRERS_SEE, values=an_employee),
    # Анна has not left, so there is nothing to return from: told beside the field.
    Route(
        "directory.record_return",
        "POST",
        opens=dict.fromkeys(HIRERS, 422),
        values=an_employee,
        form=a_step,
    ),
    Route("directory.take_back_step", "POST", opens=HIRERS_DONE, values=an_employee),
    Route("directory.import_file", opens=HIRERS_SEE, foreign=200),
    # Our company is not among the choices of a foreigner.
    Route("directory.check_file", "POST", opens=HIRERS_DONE, form=a_file, foreign=422),
    Route("directory.show_import", opens=dict.fromkeys(HIRERS, 404), values=no_import),
    Route("directory.apply_import", "POST", opens=dict.fromkeys(HIRERS, 404), values=no_import),
    Route("directory.download_blank", opens=HIRERS_SEE, values=a_blank, foreign=200),
]
