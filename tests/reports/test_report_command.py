"""`mystery report`: a PDF from files alone."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from reports.command import report
from tests.reports.pages import read_text
from tests.reports.samples import AUDITOR, SAMPLE, V1, change_answers


def run(answers: object, folder: Path, *options: str, checklist: Path = SAMPLE) -> tuple[int, str, Path]:
    """Run the command over an answers file; return its exit code, all it said, and the PDF's path."""
    source, target = folder / "answers.json", folder / "out.pdf"
    source.write_text(json.dumps(answers, ensure_ascii=False), encoding="utf-8")
    result = CliRunner().invoke(report, [str(checklist), str(source), "-o", str(target), *options])
    return result.exit_code, result.output, target


def test_it_prints_a_visit_from_files(tmp_path: Path) -> None:
    """V1 without any database: the score, who, where and when, in the language asked for."""
    facts = {"visit": {"date": "2026-11-05", "unit": "Магазин 3", "employee": "Анна", "auditor": AUDITOR}}
    code, said, target = run({**V1, **facts}, tmp_path, "--lang", "ru")
    assert (code, said.strip()) == (0, str(target))
    text = read_text(target.read_bytes(), tmp_path)
    for words in ("76,8 из 100", "Магазин 3", "Анна", "5 ноября 2026", "Замечает клиента сразу"):
        assert words in text
    assert AUDITOR.split()[0] not in text


def test_it_prints_a_visit_that_says_nothing_about_itself(tmp_path: Path) -> None:
    """Without date, unit and employee the report still comes out, and says what it does not know."""
    code, _said, target = run({"answers": V1["answers"]}, tmp_path)
    assert code == 0
    text = read_text(target.read_bytes(), tmp_path)
    assert "no date given" in text
    assert "76.8 out of 100" in text


def test_it_gives_the_same_file_whoever_filled_it_in(tmp_path: Path) -> None:
    """Not even the short hash of the content depends on the auditor."""
    _code, _said, target = run({**V1, "visit": {"auditor": AUDITOR}}, tmp_path)
    first = target.read_bytes()
    run({**V1, "visit": {"auditor": "Somebody Else"}}, tmp_path)
    assert target.read_bytes() == first


def test_it_names_missing_answers_and_calls_the_score_provisional(tmp_path: Path) -> None:
    """SC-02: a draft can be printed, is labelled, and the open questions are named."""
    code, said, target = run(change_answers(V1, receipt=None), tmp_path, "--lang", "ru")
    assert code == 0
    assert "receipt" in said
    assert "Предварительно" in read_text(target.read_bytes(), tmp_path)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (change_answers(V1, features="nonsense"), "features"),
        ({"answers": {"unknown": 1}}, "unknown"),
        ({**V1, "visit": {"date": "вчера"}}, "visit.date"),
        ([1, 2], "answers.json"),
    ],
)
def test_it_stops_at_answers_it_cannot_read(answers: object, words: str, tmp_path: Path) -> None:
    """Exit 1 with the place and the cure, and no half-made file."""
    code, said, target = run(answers, tmp_path)
    assert code == 1
    assert words in said
    assert not target.exists()


def test_it_stops_at_a_checklist_it_cannot_read(tmp_path: Path) -> None:
    """A missing or faulty checklist is a problem in words."""
    assert run(V1, tmp_path, checklist=tmp_path / "missing.yaml")[0] == 1
    broken = tmp_path / "broken.yaml"
    broken.write_text("checklist: x\nsections: []\n", encoding="utf-8")
    code, said, _target = run(V1, tmp_path, "--lang", "ru", checklist=broken)
    assert code == 1
    assert "broken.yaml" in said


def test_it_says_where_it_cannot_write(tmp_path: Path) -> None:
    """A folder that does not exist is said in one line, without a stack trace."""
    source = tmp_path / "answers.json"
    source.write_text(json.dumps(V1), encoding="utf-8")
    result = CliRunner().invoke(report, [str(SAMPLE), str(source), "-o", str(tmp_path / "no" / "x.pdf")])
    assert result.exit_code == 1
    assert "x.pdf" in result.output
    assert isinstance(result.exception, SystemExit)
