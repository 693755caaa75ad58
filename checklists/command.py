"""The commands that need no database: `check`, `score` and `schema`."""

import json
from pathlib import Path
from typing import cast

import click

from checklists.answer_files import read_answers_file
from checklists.answers import AnswerSheet
from checklists.definition import Checklist
from checklists.loading import read_checklist_file
from checklists.localtext import LANGUAGES, Language
from checklists.printout import print_arithmetic
from checklists.problems import Problem, describe_problems
from checklists.scoring import score_visit
from checklists.validation import check_submission

_FILE = click.Path(path_type=Path)
language_option = click.option(
    "--lang",
    "language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="Language of what is printed.",
)


@click.command("check")
@click.argument("checklist", type=_FILE)
@language_option
def check(checklist: Path, language: str) -> None:
    """Print every problem of a CHECKLIST file; exit 1 when there is any."""
    spoken = cast(Language, language)
    loaded, problems = read_checklist_file(checklist)
    if loaded is None:
        for line in describe_problems(problems, spoken):
            click.echo(line)
        raise click.exceptions.Exit(1)
    count = sum(1 for _ in loaded.questions())
    said = f"{count} questions, no problems" if spoken == "en" else f"вопросов: {count}, проблем нет"
    click.echo(f"{checklist.name}: {said}")


@click.command("score")
@click.argument("checklist", type=_FILE)
@click.argument("answers", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@language_option
def score(checklist: Path, answers: Path, as_json: bool, language: str) -> None:
    """Print the arithmetic of a visit: the ANSWERS file scored by the CHECKLIST file.

    Answers that are still missing make the score provisional and are named on the error stream.
    """
    spoken = cast(Language, language)
    loaded, sheet = read_visit_files(checklist, answers, spoken)
    card = score_visit(loaded, sheet)
    if as_json:
        click.echo(json.dumps(card.to_json_dict(), ensure_ascii=False, indent=2))
        return
    click.echo("\n".join(print_arithmetic(loaded, card, spoken)))
    for line in describe_problems(check_submission(loaded, sheet), spoken):
        click.echo(line, err=True)


@click.command("schema")
def schema() -> None:
    """Print the JSON Schema of the checklist format."""
    click.echo(json.dumps(Checklist.model_json_schema(), ensure_ascii=False, indent=2))


def read_visit_files(checklist: Path, answers: Path, language: Language) -> tuple[Checklist, AnswerSheet]:
    """Read the two files of a visit; prints every problem and ends the command when there is any."""
    loaded, problems = read_checklist_file(checklist)
    if loaded is None:
        raise stop_for(problems, language)
    sheet, problems = read_answers_file(answers, loaded)
    if sheet is None:
        raise stop_for(problems, language)
    return loaded, sheet


def stop_for(problems: list[Problem], language: Language) -> click.exceptions.Exit:
    """Print the problems and give the exit to raise."""
    for line in describe_problems(problems, language):
        click.echo(line, err=True)
    return click.exceptions.Exit(1)
