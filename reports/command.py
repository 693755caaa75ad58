"""The commands on reports that need no database: `mystery report` and `mystery verify`."""

import hashlib
import json
import logging
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

import click

from checklists.answers import AnswerSheet, VisitFacts, sheet_to_json
from checklists.command import language_option, read_visit_files, stop_for
from checklists.definition import Checklist
from checklists.localtext import Language, LocalText
from checklists.problems import Place, Problem, describe_problems, report_problem
from checklists.publishing import content_hash
from checklists.scoring import score_visit
from checklists.standards import load_standards
from checklists.validation import check_submission
from reports.record import STAMP_LETTERS
from reports.rows import VisitReport
from reports.verification import Status, Verdict, verify_pdf
from reports.verification_words import describe_unread_file, describe_verdict

REVISION_LENGTH = 12
EXIT_CODES = {Status.VALID: 0, Status.ALTERED: 1, Status.UNKNOWN: 2, Status.UNTRUSTED: 3}
_FILE = click.Path(path_type=Path)


@click.command("report")
@click.argument("checklist", type=_FILE)
@click.argument("answers", type=_FILE)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    required=True,
    help="The PDF file to write.",
)
@language_option
def report(checklist: Path, answers: Path, output: Path, language: str) -> None:
    """Print the report of a visit as a PDF: the ANSWERS file scored by the CHECKLIST file.

    Answers that are still missing make the score provisional and are named on the error stream.
    """
    spoken = cast(Language, language)
    loaded, sheet = read_visit_files(checklist, answers, spoken)
    visited_on, problems = _read_date(sheet, answers.name)
    if problems:
        raise stop_for(problems, spoken)
    _write_pdf(build_file_report(loaded, sheet, visited_on), spoken, output)
    for line in describe_problems(check_submission(loaded, sheet), spoken):
        click.echo(line, err=True)
    click.echo(str(output))


@click.command("verify")
@click.argument("pdf", type=_FILE)
@language_option
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
@click.option(
    "--trust",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A certificate (PEM) that the signature has to come from; can be repeated.",
)
def verify(pdf: Path, language: str, *, as_json: bool, trust: tuple[Path, ...]) -> None:
    """Work out the figures of a printed report anew from the data embedded in the PDF.

    Checked are the data, the score or the totals on page one, and stamp and number of every page. Only a
    company's signature, asked for with --trust, vouches for every letter of every page.

    \b
    Exit status:
      0  valid
      1  altered; what differs is named
      2  no report of Mystery, a file that cannot be read, or a wrong option
      3  it agrees with itself, but is not signed by those named with --trust
    """
    # What is wrong with a file is in the verdict; the reader's own complaints would only stand beside it.
    for reader in ("pypdf", "pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(reader).setLevel(logging.CRITICAL)
    try:
        verdict = verify_pdf(pdf.read_bytes(), trusted=[each.read_bytes() for each in trust])
    except OSError as error:
        click.echo(describe_unread_file(error, cast(Language, language)), err=True)
        raise click.exceptions.Exit(EXIT_CODES[Status.UNKNOWN]) from error
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--trust") from error
    if as_json:
        click.echo(json.dumps(_write_verdict(verdict), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(describe_verdict(verdict, cast(Language, language))))
    raise click.exceptions.Exit(EXIT_CODES[verdict.status])


def build_file_report(checklist: Checklist, sheet: AnswerSheet, visited_on: date | None) -> VisitReport:
    """Make the report of a visit that exists only as files; whoever filled it in is left out of it."""
    sheet = replace(sheet, visit=replace(sheet.visit, auditor=None))
    content = f"{content_hash(checklist)}\n{sheet_to_json(sheet)}"
    return VisitReport(
        company="",
        unit=sheet.visit.unit or "",
        employee=sheet.visit.employee,
        position=None,
        checklist=checklist,
        version=None,
        visited_on=visited_on,
        part_of_day=None,
        scorecard=score_visit(checklist, sheet),
        sheet=replace(sheet, visit=VisitFacts()),
        photos=(),
        standards=load_standards(),
        purpose=None,
        revision=hashlib.sha256(content.encode()).hexdigest()[:REVISION_LENGTH],
    )


def _read_date(sheet: AnswerSheet, name: str) -> tuple[date | None, list[Problem]]:
    if sheet.visit.date is None:
        return None, []
    try:
        return date.fromisoformat(sheet.visit.date), []
    except ValueError:
        return None, [report_problem("answer_date", Place(file=name, field="visit.date"))]


def _write_pdf(visit: VisitReport, language: Language, output: Path) -> None:
    # Loading the PDF engine takes a second, which a file with problems should not cost.
    from reports.pdf import render_visit_pdf

    content = render_visit_pdf(visit, language, load_photo=_find_no_photo)
    try:
        output.write_bytes(content)
    except OSError as error:
        raise click.FileError(str(output), error.strerror or "cannot be written") from error


def _find_no_photo(key: str) -> bytes:
    raise LookupError(key)


def _write_verdict(verdict: Verdict) -> dict[str, object]:
    score = verdict.record.get("score", {}) if verdict.record else {}
    return {
        "status": verdict.status.value,
        "kind": verdict.kind,
        "stamp": verdict.record["digest"][:STAMP_LETTERS] if verdict.record else None,
        "base_fraction": score.get("base"),
        "final_fraction": score.get("final"),
        "differences": [
            {name: part.en if isinstance(part, LocalText) else part for name, part in vars(each).items()}
            for each in verdict.differences
        ],
        "signatures": [
            {
                "seen": signature.seen.value,
                "signer": signature.signer,
                "fingerprint": signature.fingerprint,
                "signed_at": signature.signed_at.isoformat() if signature.signed_at else None,
                "confirmed_at": signature.confirmed_at.isoformat() if signature.confirmed_at else None,
                "confirmed_by": signature.confirmed_by,
                "trusted": signature.is_trusted,
            }
            for signature in verdict.signatures
        ],
    }
