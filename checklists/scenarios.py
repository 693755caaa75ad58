"""The scenarios (legends) of the library: the role an auditor plays, and what a good employee does."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from checklists.definition import Id
from checklists.library_files import LIBRARY, read_library_file
from checklists.localtext import LocalText

CustomerType = Literal["ordinary", "undecided", "know_it_all", "rude", "resentful"]


class Scenario(BaseModel):
    """One legend: the story, its steps, the questions to ask, and the behaviour expected of the employee."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    id: Id = Field(alias="scenario")
    title: LocalText
    customer: CustomerType
    legend: LocalText
    steps: tuple[LocalText, ...] = Field(min_length=1, max_length=30)
    ask: tuple[LocalText, ...] = Field(default=(), max_length=30)
    expected: tuple[LocalText, ...] = Field(min_length=1, max_length=30)


@cache
def load_scenarios() -> dict[str, Scenario]:
    """Return the scenarios of the library by id. Raises ValueError for a faulty file or a repeated id."""
    scenarios: dict[str, Scenario] = {}
    for path in list_scenario_files():
        scenario = read_library_file(path, Scenario)
        if scenario.id in scenarios:
            raise ValueError(f"{path.name}: {scenario.id} is defined twice")
        scenarios[scenario.id] = scenario
    return scenarios


def list_scenario_files() -> list[Path]:
    """Return the files that hold scenarios, one each."""
    return sorted((LIBRARY / "scenarios").glob("*.yaml"))
