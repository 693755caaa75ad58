"""`mystery compare`: published fits, fair figures, and faults by line and column."""

import csv
import dataclasses
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mystery.cli import mystery
from reports.fair_rows import FairVisit
from tests.reports.fair_visits import make_visits
from tests.reports.test_published_fits import DYESTUFF, PENICILLIN, read_table

HEADING = "employee,auditor,shop,base"


def write(path: Path, visits: Sequence[FairVisit]) -> Path:
    """A CSV of visits with every column."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*HEADING.split(","), "scenario", "region"])
        writer.writerows([v.employee, v.auditor, v.shop, v.base, v.scenario, v.region] for v in visits)
    return path


def compare(path: Path, *options: str) -> tuple[int, str]:
    """Run the command; return its exit code and all it said."""
    result = CliRunner().invoke(mystery, ["compare", str(path), *options])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def compare_json(path: Path, *options: str) -> dict[str, Any]:
    """The figures of a file that has no faults."""
    code, said = compare(path, "--json", *options)
    assert code == 0, said
    parsed: dict[str, Any] = json.loads(said)
    return parsed


def test_it_writes_the_keys_that_are_promised(tmp_path: Path) -> None:
    figures = compare_json(write(tmp_path / "visits.csv", make_visits(12, 4)))
    assert {"criterion", "mean", "sd", "employees", "warnings"} <= set(figures)
    assert set(figures["sd"]) == {"employee", "auditor", "shop", "residual"}
    names = [each["employee"] for each in figures["employees"]]
    assert names == sorted(names)
    for each in figures["employees"]:
        assert set(each) == {"employee", "visits", "raw", "fair", "low", "high", "state"}
        assert each["low"] < each["fair"] < each["high"]
        assert (each["visits"], each["state"]) == (4, "shown")
    assert "auditor 0" not in json.dumps(figures)


def test_it_gives_the_published_fit_of_another_program(tmp_path: Path) -> None:
    """CP-01: Dyestuff by REML: 319.6543, sds 42.00 and 49.51; six batches are too few to compare (CP-05)."""
    path = tmp_path / "dyestuff.csv"
    rows = [f"{batch},a,s,{value}" for batch, _, value in read_table(DYESTUFF)]
    path.write_text("\n".join([HEADING, *rows]), encoding="utf-8")
    figures = compare_json(path)
    assert figures["criterion"] == pytest.approx(319.6543, abs=5e-5)
    assert figures["sd"]["employee"] == pytest.approx(42.00, abs=5e-3)
    assert figures["sd"]["residual"] == pytest.approx(49.51, abs=5e-3)
    assert {each["state"] for each in figures["employees"]} == {"not_enough_people"}
    assert "off_scale" in {each["code"] for each in figures["warnings"]}


def test_it_gives_the_published_fit_of_crossed_factors(tmp_path: Path) -> None:
    """CP-01: Penicillin by REML: 330.8606, sds .8467, 1.9316 and .5499, mean 22.97, also below fifty."""
    path = tmp_path / "penicillin.csv"
    rows = [f"{plate},{sample},s,{value}" for plate, sample, value in read_table(PENICILLIN)]
    path.write_text("\n".join([HEADING, *rows]), encoding="utf-8")
    figures = compare_json(path)
    assert figures["criterion"] == pytest.approx(330.8606, abs=5e-5)
    assert figures["mean"] == pytest.approx(22.97, abs=5e-3)
    expected = {"employee": 0.8467, "auditor": 1.9316, "residual": 0.5499}
    assert figures["sd"].pop("shop") is None, "one shop has no spread that could be measured"
    assert figures["sd"] == pytest.approx(expected, abs=5e-5)
    assert {each["state"] for each in figures["employees"]} == {"shown"}


def test_it_gives_no_spread_of_a_single_auditor(tmp_path: Path) -> None:
    """CP-06: "auditors 0.0" would read as measured; one auditor for all visits can be told from nothing."""
    one = [dataclasses.replace(visit, auditor="a", shop="s") for visit in make_visits(12, 4)]
    path = write(tmp_path / "visits.csv", one)
    figures = compare_json(path)
    for sds in (figures["sd"], figures["sd_used"]):
        assert (sds["auditor"], sds["shop"]) == (None, None)
        assert sds["employee"] > 0
    said = compare(path)[1]
    spreads = next(line for line in said.splitlines() if line.startswith("Spreads"))
    assert re.fullmatch(r"Spreads \(sd\), in points: employees \d+\.\d, chance \d+\.\d", spreads)
    assert "One auditor made all visits" in said


def test_it_tells_no_spreads_of_people_too_few_to_compare(tmp_path: Path) -> None:
    """CP-05: under eight people there are the visits alone; JSON keeps the plain fit for other programs."""
    path = write(tmp_path / "visits.csv", make_visits(3, 4))
    said = compare(path)[1]
    assert "comparing starts at 8" in said
    assert "Spreads" not in said
    assert compare_json(path)["sd"]["employee"] is not None


def test_it_gives_no_figure_under_three_visits(tmp_path: Path) -> None:
    """CP-04: facts only, and a visit without a score counts nowhere."""
    visits = make_visits(12, 4)[2:]
    path = write(tmp_path / "visits.csv", visits)
    path.write_text(path.read_text(encoding="utf-8") + "person 00001,a,s,,x,region 0\n", encoding="utf-8")
    figures = compare_json(path)
    first = figures["employees"][0]
    assert (first["state"], first["fair"], first["visits"]) == ("not_enough_visits", None, 2)
    assert first["raw"] is not None
    assert figures["not_scored"] == 1


def test_it_reads_what_a_russian_spreadsheet_saves(tmp_path: Path) -> None:
    """Semicolons, a decimal comma, a mark of the encoding, columns in another order."""
    path = tmp_path / "visits.csv"
    rows = [f"{v.shop};{str(v.base).replace('.', ',')};{v.employee};{v.auditor};x" for v in make_visits(9, 3)]
    path.write_bytes("\n".join(["Shop;Base;Employee;Auditor;Note", *rows]).encode("utf-8-sig"))
    assert len(compare_json(path)["employees"]) == 9


def test_it_speaks_to_a_reader_in_both_languages(tmp_path: Path) -> None:
    path = write(tmp_path / "visits.csv", make_visits(12, 4))
    code, said = compare(path, "--figure", "customer", "--lang", "ru")
    assert code == 0
    assert "Что получил покупатель" in said
    assert "вероятно, от" in said
    assert "и магазинов, где он работал" in said, "what the customer got is no figure of the person alone"
    assert "not a ground for discipline" in compare(path)[1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "has no visits"),
        (HEADING, "has no visits"),
        ("employee,auditor,base\na,b,1", "line 1: The column shop is missing"),
        (f"{HEADING},base\na,b,c,1,1", "line 1, column base: The column is named twice"),
        (f"{HEADING}\na,b,c,much", "line 2, column base: “much” is not a number"),
        (f"{HEADING}\na,b,c,nan", "“nan” is not a number"),
        (f"{HEADING}\na,b,c,1e9", "far too large"),
        (f"{HEADING}\na,,c,70", "line 2, column auditor: The cell is empty"),
        (f"{HEADING}\na,b,c,70,80", "line 2: There are 5 / 4 cells"),
        (f"{HEADING},region\na,b,c,70,n\na,b,c,70,", "line 3, column region: The cell is empty, but others"),
        (f'{HEADING}\na,"b"x,c,70', "rules of CSV"),
        (f"{HEADING}\n{'a' * 201},b,c,70", "longer than 200"),
    ],
)
def test_it_names_the_line_and_the_column_of_a_fault(text: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "visits.csv"
    path.write_text(text, encoding="utf-8")
    code, said = compare(path)
    assert code == 1
    assert words in said
    russian = compare(path, "--lang", "ru")[1]
    assert "а" in russian.replace("visits.csv", "")


def test_it_names_all_faults_up_to_a_limit(tmp_path: Path) -> None:
    path = tmp_path / "visits.csv"
    path.write_text("\n".join([HEADING, *(["a,b,c,x"] * 30)]), encoding="utf-8")
    said = compare(path)[1].splitlines()
    assert len(said) == 21
    assert "10 more" in said[-1]


def test_it_says_what_is_the_matter_with_a_file(tmp_path: Path) -> None:
    assert "no such file" in compare(tmp_path / "missing.csv")[1]
    assert "cannot be opened" in compare(tmp_path)[1]
    path = tmp_path / "visits.csv"
    path.write_bytes(f"{HEADING}\nЯна,b,c,70".encode("cp1251"))
    assert "not in UTF-8" in compare(path)[1]
