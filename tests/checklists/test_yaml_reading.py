"""Reading YAML from anybody: exact, located, and impossible to surprise."""

import time
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from checklists.documents import MAX_FILE_BYTES, Document, read_document
from checklists.library_files import read_text_file


def read(text: str) -> Document:
    document, problems = read_document(text, name="file.yaml")
    assert document is not None
    assert problems == []
    return document


def refuse(text: str) -> tuple[str, int | None]:
    document, problems = read_document(text, name="file.yaml")
    assert document is None or problems
    assert problems[0].message("ru") != problems[0].message("en")
    return problems[0].code, problems[0].place.line


def test_it_keeps_decimals_exact_and_words_as_words() -> None:
    """Weights never pass through a float; yes, no, on and 10:15 are the texts they look like."""
    data = read("{a: 0.1, b: 3, c: yes, d: 10:15, e: 1/2, f: true, g: ~, h: '7', i: on, j: 010}").data
    assert data == {
        "a": Decimal("0.1"),
        "b": 3,
        "c": "yes",
        "d": "10:15",
        "e": "1/2",
        "f": True,
        "g": None,
        "h": "7",
        "i": "on",
        "j": 10,
    }


@pytest.mark.parametrize("figure", ["1e400", ".inf", "-.inf", ".nan", "9" * 400, "0x10", "1_000"])
def test_it_leaves_absurd_numbers_as_texts(figure: str) -> None:
    """No infinity, no exponent, no giant integer ever becomes a number."""
    assert read(f"{{a: {figure}}}").data == {"a": figure}


def test_it_knows_the_line_of_every_part() -> None:
    """A problem can point into the file."""
    document = read("a: 1\nb:\n  - c: 2\n    d: 3\n  - [x,\n     y]\n")
    assert document.line_of(("a",)) == 1
    assert document.line_of(("b", 0, "d")) == 4
    assert document.line_of(("b", 1, 1)) == 6
    assert document.line_of(("b", 0, "missing", "deeper")) == 3


def test_it_refuses_a_field_written_twice() -> None:
    """YAML would silently keep the last one."""
    document, problems = read_document("a: 1\nb: {c: 1, c: 2}\na: 3\n", name="file.yaml")
    assert document is not None
    assert [(problem.code, problem.place.line) for problem in problems] == [
        ("duplicate_key", 2),
        ("duplicate_key", 3),
    ]
    assert dict(problems[0].details)["key"] == "b.c"


def test_it_refuses_aliases_before_a_bomb_can_unfold() -> None:
    """Ten levels of ten references would be ten billion entries."""
    levels = ["a0: &a0 [x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 11)]
    started = time.perf_counter()
    assert refuse("\n".join(levels)) == ("yaml_alias", 2)
    assert refuse("&a [*a]") == ("yaml_alias", 1)
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("!!python/object/apply:os.system [ls]", ("yaml_tag", 1)),
        ("a: 1\nb: !!binary aGk=", ("yaml_tag", 2)),
        ("[" * 5000, ("yaml_depth", 1)),
        ("{a: " * 5000, ("yaml_depth", 1)),
        ("- " * 5000 + "x", ("yaml_depth", 1)),
        ("a: [1, 2\nb: 3\n", ("yaml_syntax", 2)),
        ("a: b: c", ("yaml_syntax", 1)),
        ("a: '\x00'", ("yaml_syntax", 1)),
        ("? [a, b]\n: 1", ("yaml_key", 1)),
        ("a: 1\n---\nb: 2\n", ("one_document", None)),
        ("", ("one_document", None)),
        ("# nothing but a comment", ("one_document", None)),
        ("a: \ud800", ("yaml_syntax", None)),
    ],
)
def test_it_refuses_what_is_not_plain_yaml(text: str, expected: tuple[str, int | None]) -> None:
    """Tags, endless nesting, broken syntax, several documents: one clear problem, never an exception."""
    code, line = refuse(text)
    assert code == expected[0]
    assert line == expected[1] or expected[0] == "yaml_syntax"


def test_it_refuses_a_file_that_is_too_large_at_once() -> None:
    """The size is checked before anything is parsed."""
    started = time.perf_counter()
    assert refuse("a: " + "x" * MAX_FILE_BYTES)[0] == "file_too_large"
    assert refuse("a: " + "я" * (MAX_FILE_BYTES * 2 // 3))[0] == "file_too_large"
    assert time.perf_counter() - started < 1


def test_it_reads_a_text_of_nearly_a_megabyte_in_reasonable_time() -> None:
    """A long text is a long text, not a danger."""
    started = time.perf_counter()
    assert len(read("a: " + "x" * (MAX_FILE_BYTES - 10)).data["a"]) == MAX_FILE_BYTES - 10
    assert time.perf_counter() - started < 5


def test_it_reports_unreadable_files_as_problems(tmp_path: Path) -> None:
    """Missing, a folder, another encoding, too large, a name no file can have."""
    latin, large = tmp_path / "latin.yaml", tmp_path / "large.yaml"
    latin.write_bytes("название: да".encode("cp1251"))
    large.write_bytes(b"a" * (MAX_FILE_BYTES + 1))
    paths = [tmp_path / "none.yaml", tmp_path, latin, large, Path("a\0b")]
    codes = [problem.code for _, problem in map(read_text_file, paths) if problem is not None]
    assert codes == ["file_missing", "file_closed", "file_encoding", "file_too_large", "file_closed"]


def test_it_accepts_the_mark_that_some_editors_put_first(tmp_path: Path) -> None:
    """A byte order mark is no content."""
    path = tmp_path / "bom.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1")
    assert read_text_file(path) == ("a: 1", None)


@pytest.mark.parametrize("name", ["worked-visit", "faulty"])
def test_it_reads_the_same_where_the_fast_parser_is_missing(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PyYAML comes with or without its C part; neither content nor lines may differ."""
    text = (Path(__file__).parent / "worked" / f"{name}.yaml").read_text(encoding="utf-8")
    fast = read(text)
    monkeypatch.setattr("checklists.documents._LOADER", yaml.SafeLoader)
    assert read(text) == fast
