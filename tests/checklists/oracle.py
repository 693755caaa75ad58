"""A second opinion on the score: written from the rules alone, naive, and sharing no code with the engine.

It works on the raw data of a checklist (what its YAML says) and on raw answers (what an answers file says).
"""

from fractions import Fraction as F
from typing import Any

Data = dict[str, Any]


def exact(number: Any) -> F:
    return F(str(number))


def is_shown(checklist: Data, answers: Data, name: str) -> bool:
    [question] = [q for s in checklist["sections"] for q in s["questions"] if q["id"] == name]
    rule = question.get("show_if")
    if not rule:
        return True
    given = answers.get(rule["question"])
    if given in (None, "n/a") or not is_shown(checklist, answers, rule["question"]):
        return False
    if "in" in rule:
        return bool(set(rule["in"]) & set(given if isinstance(given, list) else [given]))
    if "at_least" in rule and exact(given) < exact(rule["at_least"]):
        return False
    return not ("at_most" in rule and exact(given) > exact(rule["at_most"]))


def value_of(question: Data, given: Any) -> F | None:
    kind = question["kind"]
    if kind == "yes_no":
        return F(1) if given == "yes" else F(0)
    if kind == "scale":
        low, high = question["scale"]["low"], question["scale"]["high"]
        return F(given - low, high - low)
    if kind == "choice":
        points = {option["id"]: exact(option["points"]) for option in question["options"]}
        return points[given] / max(points.values())
    if kind == "multi":
        points = {option["id"]: exact(option["points"]) for option in question["options"]}
        if question.get("mode") == "all":
            return F(all(name in given for name in points if points[name] > 0))
        return sum((points[name] for name in given), F(0)) / sum(points.values())
    if question.get("bands"):
        fitting = [b for b in question["bands"] if exact(given) <= exact(b["upto"])]
        return exact(fitting[0]["share"]) if fitting else F(0)
    return None


def applicable(checklist: Data, answers: Data) -> list[tuple[str, Data, F]]:
    """Section id, question and value of everything that counts in the visit."""
    counted = []
    for section in checklist["sections"]:
        for question in section["questions"]:
            given = answers.get(question["id"])
            if given in (None, "n/a") or not is_shown(checklist, answers, question["id"]):
                continue
            a = value_of(question, given)
            if a is not None:
                counted.append((section["id"], question, a))
    return counted


def fired(counted: list[tuple[str, Data, F]]) -> list[tuple[str, Data]]:
    """Section id and rule of every knock-out."""
    rules = [(section, question.get("critical"), a) for section, question, a in counted]
    return [(section, rule) for section, rule, a in rules if rule and a <= exact(rule.get("fail_at", 0))]


def mean(shares: dict[str, F], percents: dict[str, F]) -> F | None:
    whole = sum((shares[name] for name in percents), F(0))
    return sum((shares[name] * percents[name] for name in percents), F(0)) / whole if whole else None


def knock(final: F, bonus: F, rules: list[Data], ceiling: F) -> F:
    """From the mean of the capped sections to the final score."""
    if not rules:
        final += bonus
    for rule in rules:
        if rule["effect"] == "cap_visit":
            final = min(final, exact(rule["cap"]))
    for rule in rules:
        if rule["effect"] == "fail_visit":
            final = F(0)
    return max(F(0), min(final, ceiling))


def score(checklist: Data, answers: Data) -> Data:
    counted = applicable(checklist, answers)
    knocks = fired(counted)
    names = [section["id"] for section in checklist["sections"]]
    weights = {section["id"]: exact(section["weight"]) for section in checklist["sections"]}
    total = {
        section["id"]: sum((exact(q.get("weight", 0)) for q in section["questions"]), F(0))
        for section in checklist["sections"]
    }
    earned = {n: sum((exact(q.get("weight", 0)) * a for s, q, a in counted if s == n), F(0)) for n in names}
    possible = {n: sum((exact(q.get("weight", 0)) for s, q, _ in counted if s == n), F(0)) for n in names}
    percents = {n: 100 * earned[n] / possible[n] for n in names if possible[n]}
    caps = {
        n: [exact(r.get("cap", 0)) for s, r in knocks if s == n and "section" in r["effect"]] for n in names
    }
    capped = {n: min([percent, *caps[n]]) for n, percent in percents.items()}

    in_points = checklist["scoring"].get("mode") == "points"
    shares = {n: weights[n] * (possible[n] if in_points else 1) for n in names}
    base, final = mean(shares, percents), mean(shares, capped)
    bonus = sum((exact(q.get("bonus", 0)) * a for _, q, a in counted), F(0))
    if final is not None:
        ceiling = exact(checklist["scoring"].get("max_final", 100))
        final = knock(final, bonus, [rule for _, rule in knocks], ceiling)
    full = {n: weights[n] * (total[n] if in_points else 1) for n in names}
    asked = {n: 100 * possible[n] / total[n] for n in names if total[n]}
    return {
        "base": base,
        "final": final,
        "coverage": (mean(full, asked) or F(0)) / 100,
        "percents": percents,
        "bonus": F(0) if knocks or base is None else bonus,
    }
