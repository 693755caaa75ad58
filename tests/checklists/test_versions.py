"""Published versions: hash, equality, and SC-20 comparable standards."""

from fractions import Fraction as F
from typing import Any

from checklists.answers import AnswerSheet, parse_sheet
from checklists.definition import Checklist
from checklists.loading import checklist_from_json, checklist_to_json, read_checklist
from checklists.publishing import (
    are_comparable,
    common_coverage,
    common_standards,
    content_hash,
    describe_changes,
    rescore_on_common,
)
from checklists.scoring import score_visit, standards_scores
from tests.checklists.tables import lay_out

TABLE = """
    section | W  | question | kind       | w   | rules
    first   | 40 | a        | yes_no     | 1/2 | standard: GR-01@1
    first   | 40 | b        | scale 0..4 | 2   | standard: GR-02@1
    second  | 60 | c        | choice 4/2/0 | 3 | standard: ND-01@1
    second  | 60 | d        | yes_no     | 3   | standard: ND-02@1
"""


def change(*replacements: tuple[str, str], **fields: Any) -> Checklist:
    table = TABLE
    for old, new in replacements:
        assert old in table
        table = table.replace(old, new)
    return lay_out(table, **fields)


def test_it_keeps_a_checklist_as_canonical_json_and_back() -> None:
    """Equal checklists give equal texts, whatever the file looked like: blanks, order, 0.5 for 1/2."""
    first = change()
    text = checklist_to_json(first)
    assert checklist_from_json(text) == first
    assert checklist_to_json(checklist_from_json(text)) == text
    assert '"weight":"1/2"' in text
    assert ", " not in text
    assert content_hash(change(("1/2", "0.5"))) == content_hash(first)


def test_it_changes_the_hash_with_any_change_of_content() -> None:
    """A published version is frozen by its hash."""
    assert len(content_hash(change())) == 64
    others = [change(("1/2", "1")), change(("GR-01@1", "GR-01@2")), change(scoring={"pass_mark": 80})]
    assert len({content_hash(checklist) for checklist in [change(), *others]}) == 4


def test_it_reads_its_own_json_as_a_checklist_file() -> None:
    """What the database keeps can be exported and edited as a file."""
    checklist, problems = read_checklist(checklist_to_json(change()), name="export.json")
    assert problems == []
    assert checklist == change()


def test_it_finds_no_difference_between_equal_versions() -> None:
    """A difference is never invented."""
    assert describe_changes(change(), change()) == []


def play(checklist: Checklist, **answers: Any) -> AnswerSheet:
    sheet, problems = parse_sheet(checklist, {"answers": answers})
    assert problems == []
    return sheet


def test_it_sums_up_how_far_each_standard_was_kept() -> None:
    """Numerators and denominators per standard are what comparisons and versions live on."""
    checklist = change(("ND-02@1", "ND-01@1"))
    card = score_visit(checklist, play(checklist, a="yes", b=1, c="2", d="yes"))
    scores = {score.code: (score.earned, score.possible) for score in standards_scores(checklist, card)}
    assert scores == {"GR-01": (F(1, 2), F(1, 2)), "GR-02": (F(1, 2), 2), "ND-01": (F(9, 2), 6)}


def test_it_compares_only_standards_of_the_same_meaning() -> None:
    """SC-20: same code and same meaning revision."""
    old, new = change(), change(("GR-02@1", "GR-02@2"), ("ND-02@1", "ND-03@1"))
    assert common_standards(old, new) == {"GR-01@1", "ND-01@1"}


def test_it_rescores_an_old_visit_in_the_layout_of_the_newest_version() -> None:
    """SC-20: newest weights, common standards only, the common coverage beside the figure."""
    old = change()
    new = change(
        ("40 | a        | yes_no     | 1/2", "40 | a        | yes_no     | 2"), ("ND-02@1", "ND-09@1")
    )
    standards = common_standards(old, new)
    card = score_visit(old, play(old, a="yes", b=2, c="4", d="no"))
    base, coverage = rescore_on_common(old, card, layout=new, standards=standards)
    assert base == (40 * F(75) + 60 * F(100)) / 100
    assert coverage == F(40, 100) + F(60, 100) / 2
    assert coverage == common_coverage(new, standards)


def test_it_shows_no_fall_where_only_other_standards_became_harder() -> None:
    """SC-20: nobody changed, a new standard is failed by everybody, the common figure stays."""
    old, new = change(), change(("ND-02@1", "ND-02@2"))
    answers = {"a": "yes", "b": 4, "c": "4"}
    before = score_visit(old, play(old, **answers, d="yes"))
    after = score_visit(new, play(new, **answers, d="no"))
    assert [before.base, after.base] == [100, 70]
    standards = common_standards(old, new)
    figures = [
        rescore_on_common(played, card, layout=new, standards=standards)[0]
        for played, card in ((old, before), (new, after))
    ]
    assert figures == [100, 100]


def test_it_breaks_the_line_below_six_tenths_of_common_weight() -> None:
    """SC-20: 0.6 is enough, less is not comparable."""
    old = change()
    assert are_comparable(old, change(("GR-01@1", "GR-01@2"), ("GR-02@1", "GR-02@2")))
    assert not are_comparable(old, change(("GR-02@1", "GR-02@2"), ("ND-02@1", "ND-02@2")))


def test_it_has_no_common_figure_where_nothing_common_was_assessed() -> None:
    """SC-20 with SC-04: not scored is not zero."""
    old, new = change(), change(("GR-01@1", "GR-01@2"))
    card = score_visit(old, play(old, a="yes"))
    assert rescore_on_common(old, card, layout=new, standards=common_standards(old, new))[0] is None
