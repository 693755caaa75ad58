"""The permission matrix of trainings: who compares staff in a unit records and reads its trainings."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

from tests.access.matrix import Route
from tests.cast import Cast
from tests.trainings.courses import make_course

OPENS = {"manager": 200, "hr": 200}
DONE = {"manager": 303, "hr": 303}


def a_course(cast: Cast) -> dict[str, Any]:
    """A training of Анна, in the manager's own region."""
    return {"training_id": make_course(cast.ours, unit="Север")}


def good_form(cast: Cast) -> dict[str, Any]:
    """Анна, trained on a day that has passed."""
    return {
        "title": "Возражения",
        "unit": str(cast.ours.units["Север"]),
        "usual_day": "2026-06-01",
        "people": "Анна",
    }


def a_file(cast: Cast) -> dict[str, Any]:
    """A small table for our company."""
    content = "Обучение;Дата;ФИО\nКасса;2026-06-01;Анна\n".encode()
    return {"company": str(cast.ours.company), "file": (io.BytesIO(content), "trainings.csv")}


def no_import(_cast: Cast) -> dict[str, Any]:
    """A draft that nobody has."""
    return {"draft_id": uuid4()}


def a_blank(_cast: Cast) -> dict[str, Any]:
    """The blank workbook."""
    return {"name": "trainings.xlsx"}


ROUTES = [
    Route("trainings.list_trainings", opens=OPENS, foreign=200),
    Route("trainings.add_training", opens=OPENS, foreign=200),
    # For the foreign company our unit is no choice of its form.
    Route("trainings.save_training", "POST", opens=DONE, form=good_form, foreign=422),
    Route("trainings.show_training", opens=OPENS, values=a_course),
    Route("trainings.confirm_removal", opens=OPENS, values=a_course),
    Route("trainings.remove_training", "POST", opens=DONE, values=a_course),
    Route("trainings.import_file", opens=OPENS, foreign=200),
    # Our company is not among the choices of a foreigner.
    Route("trainings.check_file", "POST", opens=DONE, form=a_file, foreign=422),
    Route("trainings.show_import", opens=dict.fromkeys(OPENS, 404), values=no_import),
    Route("trainings.apply_import", "POST", opens=dict.fromkeys(OPENS, 404), values=no_import),
    Route("trainings.download_blank", opens=OPENS, values=a_blank, foreign=200),
]
