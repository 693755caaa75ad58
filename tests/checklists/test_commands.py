"""`check`, `score` and `schema` on files alone, as a person at a terminal meets them."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from checklists.command import check, schema, score
from checklists.definition import Checklist
from checklists.localtext import LocalText
from checklists.question_kinds import KINDS

WORKED = Path(__file__).parent / "worked"
GOOD, FAULTY = WORKED / "worked-visit.yaml", WORKED / "faulty.yaml"


def run(command: Any, *arguments: object) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def test_it_finds_no_fault_in_a_good_file() -> None:
    """Exit 0 and one line."""
    result = run(check, GOOD)
    assert (result.exit_code, result.stdout) == (0, "worked-visit.yaml: 9 questions, no problems\n")
    assert run(check, GOOD, "--lang", "ru").stdout == "worked-visit.yaml: вопросов: 9, проблем нет\n"


@pytest.mark.parametrize(
    ("language", "word"), [("en", "line 4, field channel"), ("ru", "строка 4, поле channel")]
)
def test_it_prints_every_problem_and_exits_1(language: str, word: str) -> None:
    """One line a problem, in the language asked for."""
    result = run(check, FAULTY, "--lang", language)
    assert result.exit_code == 1
    assert word in result.stdout
    assert len(result.stdout.splitlines()) == 12


def test_it_prints_the_arithmetic_for_a_reader() -> None:
    """SC-11: the worked visit, with the base and the final score of the rules."""
    result = run(score, GOOD, WORKED / "v1.json")
    assert result.exit_code == 0
    assert "Base 71.78 %" in result.stdout
    assert "Final 76.8 % – Satisfactory" in result.stdout
    assert "Итог 60,0 % – Ниже стандарта" in run(score, GOOD, WORKED / "v2.json", "--lang", "ru").stdout


@pytest.mark.parametrize(
    ("name", "base", "final"), [("v1", "646/9", "76.7777777778"), ("v2", "137/2", "60.0000000000")]
)
def test_it_prints_exact_figures_as_json(name: str, base: str, final: str) -> None:
    """SC-07: both worked visits through the command."""
    result = run(score, GOOD, WORKED / f"{name}.json", "--json")
    assert result.exit_code == 0
    data = json.loads(result.output)
    assert (data["base_fraction"], data["final"]) == (base, final)


def test_it_names_what_a_draft_still_lacks(tmp_path: Path) -> None:
    """SC-02: a draft is scored provisionally, and says what is open on the error stream."""
    draft = tmp_path / "draft.json"
    draft.write_text('{"answers": {"wait": 100}}', encoding="utf-8")
    result = run(score, GOOD, draft)
    assert result.exit_code == 0
    assert "Draft: some answers are still open." in result.stdout
    assert "section greeting, question name: Answer the question." in result.stderr


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("not json", "breaks the rules of JSON"),
        ("{}{}", "breaks the rules of JSON"),
        ('{"answers": {"wait": "long"}}', "question wait, field answers: Enter the duration"),
        ('{"answers": {"features": "3"}}', "The question has no option 3. Choose: 4, 2, 0."),
        ('{"answers": {"ghost": 1}}', "This checklist has no question ghost."),
        ('{"answers": {"asked": 1e400}}', "Give a whole mark from 1 to 5."),
        ('{"answers": {"asked": NaN}}', "NaN is not a number."),
    ],
)
def test_it_explains_a_bad_answers_file_and_exits_1(tmp_path: Path, text: str, words: str) -> None:
    """Clear problems and never a traceback."""
    path = tmp_path / "bad.json"
    path.write_text(text, encoding="utf-8")
    for options in ([], ["--json"]):
        result = run(score, GOOD, path, *options)
        assert result.exit_code == 1
        assert words in result.stderr
        assert isinstance(result.exception, SystemExit)


def test_it_explains_missing_and_foreign_files(tmp_path: Path) -> None:
    """A wrong path, a folder, a picture: one line and exit 1."""
    picture = tmp_path / "photo.yaml"
    picture.write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)))
    for path in (tmp_path / "none.yaml", tmp_path, picture):
        for result in (run(check, path), run(score, path, WORKED / "v1.json"), run(score, GOOD, path)):
            assert result.exit_code == 1
            assert len(result.output.splitlines()) == 1
            assert isinstance(result.exception, SystemExit)


def test_it_publishes_the_format_as_json_schema() -> None:
    """The schema is made from the models, names every kind, and allows no unknown field."""
    data = json.loads(run(schema).stdout)
    assert data == Checklist.model_json_schema()
    assert data["$defs"]["Question"]["properties"]["kind"]["enum"] == list(KINDS)
    records = [data, *data["$defs"].values()]
    assert all(record["additionalProperties"] is False for record in records if record["type"] == "object")
    assert set(data["$defs"]["Question"]["required"]) == {"id", "text", "kind"}
    assert set(data["$defs"]["LocalText"]["required"]) == set(LocalText.model_fields)
    assert "in" in data["$defs"]["Condition"]["properties"]
