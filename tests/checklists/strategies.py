"""Checklists and visits made up by hypothesis, as the raw data of their files."""

from typing import Any

from hypothesis import strategies as st

from tests.checklists.tables import BANDS, TEXT

Data = dict[str, Any]

KINDS = ("yes_no", "scale", "choice", "multi", "all", "wait", "number", "text")
weights = st.sampled_from(["0", "1", "2", "3", "7", "0.5", "1/3", "2.25"])
positive_weights = st.sampled_from(["1", "2", "5", "0.25", "1/3"])
points = st.sampled_from(["0", "1", "2", "5", "1/2"])
effects = st.sampled_from(["zero_section", "cap_section", "cap_visit", "fail_visit"])


@st.composite
def questions(draw: st.DrawFn, name: str) -> Data:
    """One question of any kind; the plain ones weigh something most of the time."""
    kind = draw(st.sampled_from(KINDS))
    question: Data = {"id": name, "text": TEXT, "kind": kind, "not_applicable": True, "weight": draw(weights)}
    if kind == "scale":
        question["scale"] = {"low": draw(st.integers(-3, 2)), "high": draw(st.integers(3, 6))}
    elif kind in ("choice", "multi", "all"):
        grades = [*draw(st.lists(points, min_size=1, max_size=3)), "4"]
        question["options"] = [
            {"id": f"o{n}", "text": TEXT, "points": worth} for n, worth in enumerate(grades, start=1)
        ]
    elif kind in ("wait", "number"):
        limits = sorted(draw(st.sets(st.integers(1, 9), min_size=1, max_size=3)))
        question["bands"] = [{"upto": n, "share": draw(st.sampled_from(["1", "1/2", "0"]))} for n in limits]
    names = {"all": ("multi", {"mode": "all"}), "wait": ("duration", {})}
    question["kind"], extra = names.get(kind, (kind, {}))
    question |= extra
    if kind == "text":
        question["weight"] = "0"
    elif draw(st.integers(0, 5)) == 0:
        question |= {"bonus": draw(st.sampled_from([1, 5, "1/2"])), "weight": "0"}
    elif draw(st.integers(0, 5)) == 0:
        question["critical"] = draw(knock_outs())
    return question


@st.composite
def knock_outs(draw: st.DrawFn) -> Data:
    """A critical rule; the caps are coarse so that several of them meet."""
    effect = draw(effects)
    rule: Data = {"effect": effect, "fail_at": draw(st.sampled_from(["0", "1/2", "0.25"]))}
    if effect.startswith("cap"):
        rule["cap"] = draw(st.sampled_from([0, 30, 60, 100]))
    return rule


@st.composite
def checklists(draw: st.DrawFn) -> Data:
    """A checklist whose conditions run through the whole file, forward and back, without circles."""
    count = draw(st.integers(1, 4))
    sections: list[Data] = []
    for number in range(count):
        names = [f"q{number}-{n}" for n in range(draw(st.integers(1, 4)))]
        asked = [draw(questions(name)) for name in names]
        sections.append({"id": f"s{number}", "title": TEXT, "weight": draw(weights), "questions": asked})
    everything = draw(st.permutations([q for s in sections for q in s["questions"]]))
    for position, question in enumerate(everything[1:], start=1):
        if draw(st.integers(0, 3)) == 0:
            question["show_if"] = draw(conditions(draw(st.sampled_from(everything[:position]))))
    scoring = {
        "mode": draw(st.sampled_from(["sections", "points"])),
        "max_final": draw(st.sampled_from([100, 110])),
    }
    head = {"checklist": "made-up", "title": TEXT, "channel": "visit", "bands": BANDS}
    return {**head, "scoring": scoring, "sections": sections}


@st.composite
def conditions(draw: st.DrawFn, parent: Data) -> Data:
    """A condition that fits its parent's kind."""
    rule: Data = {"question": parent["id"]}
    kind = parent["kind"]
    if draw(st.booleans()) or kind == "text":
        return {**rule, "answered": True}
    if kind == "yes_no":
        return {**rule, "in": [draw(st.sampled_from(["yes", "no"]))]}
    if kind in ("choice", "multi"):
        return {**rule, "in": [draw(st.sampled_from(parent["options"]))["id"]]}
    return {**rule, draw(st.sampled_from(["at_least", "at_most"])): draw(st.integers(0, 5))}


@st.composite
def answers_to(draw: st.DrawFn, checklist: Data) -> Data:
    """Answers to some of the questions, to hidden ones too."""
    given: Data = {}
    for section in checklist["sections"]:
        for question in section["questions"]:
            choice = draw(st.integers(0, 6))
            if choice == 0:
                given[question["id"]] = "n/a"
            elif choice > 1:
                given[question["id"]] = draw(answers(question))
    return given


@st.composite
def answers(draw: st.DrawFn, question: Data) -> Any:
    """One valid answer."""
    kind = question["kind"]
    if kind == "yes_no":
        return draw(st.sampled_from(["yes", "no"]))
    if kind == "scale":
        return draw(st.integers(question["scale"]["low"], question["scale"]["high"]))
    names = [option["id"] for option in question.get("options", ())]
    if kind == "choice":
        return draw(st.sampled_from(names))
    if kind == "multi":
        return draw(st.lists(st.sampled_from(names), unique=True))
    return "seen" if kind == "text" else draw(st.integers(0, 11))


@st.composite
def visits(draw: st.DrawFn) -> tuple[Data, Data]:
    """A checklist and the answers of one visit."""
    checklist = draw(checklists())
    return checklist, draw(answers_to(checklist))
