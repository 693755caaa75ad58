"""The content library as a whole: it loads without problems, is large enough, and forgets no standard."""

import pytest

from checklists.definition import Checklist
from checklists.loading import LibraryEntry, list_library, load_library_checklist, read_checklist_file
from checklists.problems import describe_problems
from checklists.scenarios import list_scenario_files, load_scenarios
from checklists.standards import list_standards_files, load_standards, load_uncovered

ENTRIES = list_library()
in_every_checklist = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)


def load_all() -> list[Checklist]:
    return [load_library_checklist(entry.id) for entry in ENTRIES]


@in_every_checklist
def test_it_reads_every_checklist_without_problems(entry: LibraryEntry) -> None:
    """The file's name is the checklist's id, and it asks between 15 and 60 questions."""
    checklist, problems = read_checklist_file(entry.path)
    assert describe_problems(problems, "en") == []
    assert checklist is not None
    assert checklist.checklist == entry.id
    assert 15 <= len(list(checklist.questions())) <= 60


def test_it_has_at_least_ten_checklists_and_sixty_standards() -> None:
    """What a service professional can start with."""
    assert len(ENTRIES) >= 10
    assert len(load_standards()) >= 60


def test_it_names_standards_by_their_references() -> None:
    """Every file of standards is one criterion; references are unique over all of them."""
    standards = load_standards()
    assert all(reference == standard.reference for reference, standard in standards.items())
    assert len({standard.criterion for standard in standards.values()}) == len(list_standards_files())


def test_it_cites_only_standards_that_exist_and_explains_those_it_does_not_cite() -> None:
    """Every standard is cited by a question, or listed with the reason why none asks about it."""
    cited = {question.standard for checklist in load_all() for question in checklist.questions()} - {None}
    uncovered = load_uncovered()
    assert cited <= set(load_standards())
    assert cited | set(uncovered) == set(load_standards())
    assert not cited & set(uncovered)


def test_it_plays_only_scenarios_that_exist() -> None:
    """Every legend is in a file of its own name, and every legend a checklist names can be read."""
    scenarios = load_scenarios()
    assert set(scenarios) == {path.stem for path in list_scenario_files()}
    assert {name for checklist in load_all() for name in checklist.scenarios} <= set(scenarios)
    assert {scenario.customer for scenario in scenarios.values()} == {
        "ordinary",
        "undecided",
        "know_it_all",
        "rude",
        "resentful",
    }


def test_it_does_not_know_what_is_not_in_the_library() -> None:
    """An unknown id is the caller's error."""
    with pytest.raises(KeyError):
        load_library_checklist("no-such-checklist")
