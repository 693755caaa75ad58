"""The command line as somebody types it: plain answers, exit codes, never a stack trace."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from mystery.cli import COMMANDS, mystery

WORKED = Path(__file__).parent.parent / "checklists" / "worked"
CHECKLIST = str(WORKED / "worked-visit.yaml")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """Runs commands on an installation of the test's own."""
    monkeypatch.setenv("MYSTERY_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("MYSTERY_SECRET_KEY", "c" * 40)
    return CliRunner()


def call(run: CliRunner, *arguments: str) -> Result:
    """One call; an exception that escaped is shown with its cause."""
    result = run.invoke(mystery, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_it_lists_every_command_with_a_sentence(run: CliRunner) -> None:
    listing = call(run, "--help").output
    for name in COMMANDS:
        line = next(line for line in listing.splitlines() if line.strip().startswith(f"{name} "))
        assert len(line.split()) > 2, name


@pytest.mark.parametrize(
    ("answers", "base", "final", "coverage"),
    [
        ("v1.json", "646/9", "76.7777777778", "0.7500000000"),
        ("v2.json", "137/2", "60.0000000000", "1.0000000000"),
    ],
)
def test_it_reproduces_the_worked_visits(
    run: CliRunner, answers: str, base: str, final: str, coverage: str
) -> None:
    result = call(run, "score", CHECKLIST, str(WORKED / answers), "--json")
    score = json.loads(result.stdout)
    assert (score["base_fraction"], score["final"], score["coverage"]) == (base, final, coverage)


def test_it_prints_a_report_from_files_alone(run: CliRunner, tmp_path: Path) -> None:
    target = tmp_path / "v1.pdf"
    result = call(run, "report", CHECKLIST, str(WORKED / "v1.json"), "-o", str(target), "--lang", "ru")
    assert result.exit_code == 0, result.output
    assert "76,8" in " ".join(page.extract_text() for page in PdfReader(target).pages)


def test_it_founds_a_company_and_imports_its_directory(run: CliRunner, tmp_path: Path) -> None:
    assert call(run, "db", "upgrade").exit_code == 0
    link = call(run, "create-company", "Моя сеть", "--administrator", "you@example.com").stdout.strip()
    assert link.startswith("http://127.0.0.1:8000/account/invitation/")
    units = tmp_path / "units.csv"
    units.write_text("Code;Name;Kind;Part of\nW;West;region;\nW1;Shop;booth;W\n", encoding="utf-8")
    refused = call(run, "import", str(units), "--apply")
    assert refused.exit_code == 1
    assert "row 3, Kind: “booth” is not a kind of unit" in refused.output
    units.write_text("Code;Name;Kind;Part of\nW;West;region;\nW1;Shop;shop;W\n", encoding="utf-8")
    assert "Nothing was changed" in call(run, "import", str(units)).output
    in_russian = call(run, "import", str(units), "--lang", "ru").output
    assert in_russian.splitlines() == [
        "Подразделения: Добавить 2",
        "Ничего не изменено. Чтобы применить, добавьте --apply.",
    ]
    assert "Applied." in call(run, "import", str(units), "--apply").output
    offered = call(run, "create-user", "a@example.com", "--name", "А", "--role", "auditor", "--unit", "W1")
    assert "/account/invitation/" in offered.stdout
    assert "The database is sound." in call(run, "db", "check").stdout


@pytest.mark.parametrize(
    "command", [("run",), ("demo",), ("create-company", "Х", "--administrator", "a@b.example")]
)
def test_it_says_what_to_run_when_the_database_is_not_up_to_date(
    run: CliRunner, command: tuple[str, ...]
) -> None:
    result = call(run, *command)
    assert result.exit_code == 1
    assert "run: mystery db upgrade" in result.output


def test_it_builds_the_demonstration_only_into_an_empty_database(run: CliRunner) -> None:
    call(run, "db", "upgrade")
    call(run, "create-company", "Моя сеть", "--administrator", "you@example.com")
    result = call(run, "demo")
    assert result.exit_code == 1
    assert "needs an empty one" in result.output


def test_it_builds_no_demonstration_in_production(run: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MYSTERY_MAIL_HOST", "127.0.0.1")
    call(run, "db", "upgrade")
    monkeypatch.setenv("MYSTERY_ENV", "production")
    result = call(run, "demo")
    assert result.exit_code == 1
    assert "not for production" in result.output
