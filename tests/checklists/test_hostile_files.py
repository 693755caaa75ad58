"""Files made to hurt: whatever they hold, reading ends soon, with problems and without an exception."""

import copy
import json
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checklists.answer_files import read_answers
from checklists.loading import MAX_PROBLEMS, checklist_to_json, read_checklist
from checklists.scoring import score_visit
from checklists.validation import check_submission

WORKED = Path(__file__).parent / "worked"
TEXT = (WORKED / "worked-visit.yaml").read_text(encoding="utf-8")
DATA = yaml.load(TEXT, Loader=yaml.BaseLoader)  # BaseLoader makes nothing but texts.
VISIT = json.loads((WORKED / "v2.json").read_text(encoding="utf-8"))
HEAD = "checklist: a\ntitle: {ru: а, en: a}\nchannel: visit\nbands: [{at: 0, id: a, label: {ru: а, en: a}}]\n"
QUESTION = "{id: q%d, kind: yes_no, text: {ru: а, en: a}, show_if: {question: p%d, answered: true}}"

junk = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=12),
    st.sampled_from(["", "1e400", "-1", "yes", "wait", "receipt", "choice", "\x00", "\ud800", "1/0", [], {}]),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.sampled_from(["ru", "en", "id", "kind"]), st.text(max_size=3), max_size=2),
)
# The same examples on every run, so that a red build can always be repeated.
fuzzed = settings(max_examples=120, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))


def spoil(data: st.DataObject, tree: Any) -> Any:
    """Replace, remove or double one part somewhere in the tree."""
    tree = copy.deepcopy(tree)
    holder, key = {"root": tree}, "root"
    root: Any = holder
    node: Any = tree
    place: Any = holder
    for _ in range(data.draw(st.integers(0, 7))):
        if not isinstance(node, dict | list) or not node:
            break
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        place, key = node, data.draw(st.sampled_from(keys))
        node = node[key]
    deed = data.draw(st.sampled_from(["replace", "remove", "double"]))
    if deed == "remove" and place is not root:
        del place[key]
    elif deed == "double" and isinstance(place, list):
        place.append(copy.deepcopy(node))
    else:
        place[key] = data.draw(junk)
    return root["root"]


@fuzzed
@given(st.data())
def test_it_reads_or_explains_any_spoilt_checklist(data: st.DataObject) -> None:
    """Up to four parts are spoilt; the result is a checklist, or problems with texts in both languages."""
    tree = DATA
    for _ in range(data.draw(st.integers(1, 4))):
        tree = spoil(data, tree)
    checklist, problems = read_checklist(json.dumps(tree), name="spoilt.json")
    assert (checklist is None) == bool(problems)
    for problem in problems:
        assert problem.message("ru").encode()
        assert problem.message("en").encode()
        assert problem.place.describe("ru").encode()
    if checklist is not None:
        assert checklist_to_json(checklist).encode()


@fuzzed
@given(st.data())
def test_it_scores_or_explains_any_spoilt_visit(data: st.DataObject) -> None:
    """A sheet that is accepted can be scored, checked and written; one that is not has problems."""
    checklist, _ = read_checklist(TEXT, name="worked-visit.yaml")
    assert checklist is not None
    tree = VISIT
    for _ in range(data.draw(st.integers(1, 4))):
        tree = spoil(data, tree)
    sheet, problems = read_answers(json.dumps(tree), checklist, name="spoilt.json")
    assert (sheet is None) == bool(problems)
    for problem in problems:
        assert problem.message("ru").encode()
    if sheet is not None:
        assert score_visit(checklist, sheet).to_json_dict()["coverage"] is not None
        assert all(problem.message("en") for problem in check_submission(checklist, sheet))


@fuzzed
@given(st.integers(0, len(TEXT)), st.integers(0, 30), st.text(max_size=5))
def test_it_reads_or_explains_any_cut_or_garbled_text(start: int, length: int, inserted: str) -> None:
    """A file torn in the middle or with foreign characters in it."""
    for text in (TEXT[:start], TEXT[:start] + inserted + TEXT[start + length :]):
        checklist, problems = read_checklist(text, name="torn.yaml")
        assert (checklist is None) == bool(problems)
        assert all(problem.message("ru") and problem.message("en") for problem in problems)


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "sections: [" + "{}," * 240_000 + "]",
        HEAD + "sections: [" + "1," * 400_000 + "]",
        HEAD + "sections: [{id: s, title: {ru: а, en: a}, questions: [" + "{}," * 50_000 + "]}]",
        HEAD + "\n".join(f"key{n}: 1" for n in range(50_000)) + "\nsections: []",
        "{" + "a: 1, " * 140_000 + "}",
        HEAD
        + "sections: [{id: s, title: {ru: а, en: a}, questions: ["
        + ", ".join(QUESTION % (n, n) for n in range(300))
        + "]}]",
    ],
    ids=["sections", "numbers", "questions", "fields", "repeats", "unknown parents"],
)
def test_it_ends_soon_on_a_file_made_to_be_slow(text: str) -> None:
    """Nothing grows with the square of the file, and nobody gets ten thousand messages."""
    started = time.perf_counter()
    checklist, problems = read_checklist(text, name="slow.yaml")
    assert time.perf_counter() - started < 10
    assert checklist is None
    assert 0 < len(problems) <= MAX_PROBLEMS + 1


def test_it_says_how_many_problems_it_does_not_list() -> None:
    """The list of problems is cut at a length a person can work through."""
    rows = ", ".join(QUESTION % (n, n) for n in range(MAX_PROBLEMS + 50))
    text = HEAD + f"sections: [{{id: s, title: {{ru: а, en: a}}, questions: [{rows}]}}]"
    problems = read_checklist(text, name="long.yaml")[1]
    assert len(problems) == MAX_PROBLEMS + 1
    assert problems[-1].message("en").startswith("And 50 more problems.")


def test_it_refuses_more_questions_than_a_visit_can_hold() -> None:
    """SC-04 has no limit, people have: three hundred questions are more than enough."""
    rows = ", ".join(f"{{id: q{n}, kind: yes_no, text: {{ru: а, en: a}}}}" for n in range(151))
    sections = ", ".join(
        f"{{id: s{n}, title: {{ru: а, en: a}}, questions: [{rows.replace('id: q', f'id: q{n}-')}]}}"
        for n in range(2)
    )
    problems = read_checklist(HEAD + f"sections: [{sections}]", name="long.yaml")[1]
    assert [problem.code for problem in problems] == ["too_many_questions"]
