"""SC-02: which questions belong to a visit."""

from checklists.scoring import score_visit
from checklists.visibility import shown_questions
from tests.checklists.tables import fill_in

CHAIN = """
    section | question | kind       | w | answer | rules
    s       | asked    | yes_no     | 1 | {asked}  |
    s       | offered  | yes_no     | 1 | {offered} | "show_if": {{question: asked, in: ["yes"]}}
    s       | suited   | scale 1..5 | 1 | 5      | "show_if": {{question: offered, answered: true}}
"""


def shown(asked: str, offered: str) -> set[str]:
    checklist, sheet = fill_in(CHAIN.format(asked=asked, offered=offered))
    return set(shown_questions(checklist, sheet.answers))


def test_it_shows_a_child_when_its_condition_holds() -> None:
    """SC-02: the condition `in` names the answers that open the child."""
    assert shown("yes", "no") == {"asked", "offered", "suited"}
    assert shown("no", "no") == {"asked"}


def test_it_hides_the_grandchild_of_a_hidden_question_even_if_answers_exist() -> None:
    """SC-02: the parent must itself be shown; an old answer to it opens nothing."""
    assert shown("no", "yes") == {"asked"}


def test_it_hides_a_child_whose_parent_is_open_or_not_applicable() -> None:
    """SC-02: neither an open answer nor N/A is an answer."""
    assert shown("-", "yes") == {"asked"}
    assert shown("yes", "-") == {"asked", "offered"}
    assert shown("yes", "n/a") == {"asked", "offered"}


def test_it_ignores_answers_to_hidden_questions() -> None:
    """SC-02: hidden answers earn nothing and cost nothing."""
    card = score_visit(*fill_in(CHAIN.format(asked="no", offered="yes")))
    assert card.question("offered").state == "hidden"
    assert card.question("suited").possible == 0
    assert card.base == 0


def test_it_holds_a_measured_parent_against_both_limits() -> None:
    """SC-02: at_least and at_most are inclusive and may stand together."""
    table = """
        section | question | kind   | answer | rules
        s       | options  | number | {n}      |
        s       | some     | yes_no | yes    | "show_if": {{question: options, at_least: 2, at_most: 4}}
    """
    results = {}
    for n in (1, 2, 4, 5):
        checklist, sheet = fill_in(table.format(n=n))
        results[n] = "some" in shown_questions(checklist, sheet.answers)
    assert results == {1: False, 2: True, 4: True, 5: False}


def test_it_opens_a_child_by_any_of_several_ticked_options() -> None:
    """SC-02: a multiple choice meets `in` with one common option."""
    table = """
        section | question | kind        | answer | rules
        s       | seen     | multi 3/2/1 | {seen}   |
        s       | detail   | yes_no      | yes    | "show_if": {{question: seen, in: ["3", "1"]}}
    """
    checklist, sheet = fill_in(table.format(seen="2+1"))
    assert "detail" in shown_questions(checklist, sheet.answers)
    checklist, sheet = fill_in(table.format(seen="2"))
    assert "detail" not in shown_questions(checklist, sheet.answers)


def test_it_lets_a_parent_stand_later_in_the_file() -> None:
    """SC-02: the order of the file is the order of the contact, not of the logic."""
    checklist, sheet = fill_in("""
        section | question | kind   | answer | rules
        s       | child    | yes_no | yes    | "show_if": {question: parent, answered: true}
        t       | parent   | yes_no | no     |
    """)
    assert shown_questions(checklist, sheet.answers) == {"child", "parent"}


def test_it_follows_a_very_long_chain_without_getting_lost() -> None:
    """SC-02: 300 questions, each the child of the one before; no recursion limit is met."""
    rows = [
        f"s | q{n} | yes_no | yes | show_if: {{question: q{n - 1}, answered: true}}"
        if n
        else "s | q0 | yes_no | yes |"
        for n in range(300)
    ]
    checklist, sheet = fill_in("section | question | kind | answer | rules\n" + "\n".join(reversed(rows)))
    assert len(shown_questions(checklist, sheet.answers)) == 300
    del sheet.answers["q0"]  # type: ignore[attr-defined]
    assert shown_questions(checklist, sheet.answers) == {"q0"}
