"""What concerns several fields of a checklist at once: ids, kinds, weights, knock-outs, conditions, bands."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from itertools import pairwise

from checklists.definition import Checklist, Condition, Critical, Question
from checklists.problems import Problem, report_problem
from checklists.question_kinds import KINDS, check_kind, list_answers

MAX_QUESTIONS = 300
ENDINGS = ("yes_no", "choice")  # the kinds whose one answer can say how a matter ended


def check_definition(checklist: Checklist) -> list[Problem]:
    """Return what is wrong with a checklist whose single fields are valid; places lack file and line."""
    problems = [*_check_bands(checklist), *_check_ids(checklist)]
    count = sum(len(section.questions) for section in checklist.sections)
    if count > MAX_QUESTIONS:
        return [*problems, report_problem("too_many_questions", found=count, limit=MAX_QUESTIONS)]
    by_id = {question.id: question for question in checklist.questions()}
    for section in checklist.sections:
        for question in section.questions:
            found = [*check_kind(question), *_check_scoring(question), *_check_comment(question)]
            found += [*_check_condition(question, by_id), *_check_effort(question)]
            problems += [problem.at(section=section.id, question=question.id) for problem in found]
    return problems + list(_check_cycles(checklist))


def _check_bands(checklist: Checklist) -> Iterator[Problem]:
    top = checklist.scoring.max_final
    starts = [band.at for band in checklist.bands]
    if any(lower >= upper for upper, lower in pairwise(starts)):
        yield report_problem("bands_order").at(field="bands")
    if starts[-1] != 0:
        yield report_problem("bands_end").at(field="bands")
    for number, start in enumerate(starts, start=1):
        if start > top:
            problem = report_problem("band_unreachable", at=str(start), max_final=str(top))
            yield problem.at(field=f"bands.{number}.at")
    if checklist.scoring.pass_mark is not None and checklist.scoring.pass_mark > top:
        yield report_problem("mark_unreachable", max_final=str(top)).at(field="scoring.pass_mark")


def _check_ids(checklist: Checklist) -> Iterator[Problem]:
    for band in _repeated(band.id for band in checklist.bands):
        yield report_problem("duplicate_id", id=band).at(field="bands")
    for section in _repeated(section.id for section in checklist.sections):
        yield report_problem("duplicate_id", id=section).at(section=section, field="id")
    for question in _repeated(question.id for question in checklist.questions()):
        yield report_problem("duplicate_id", id=question).at(question=question, field="id")


def _repeated(ids: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    again: dict[str, None] = {}
    for name in ids:
        if name in seen:
            again[name] = None
        seen.add(name)
    return list(again)


def _check_scoring(question: Question) -> Iterator[Problem]:
    if question.bonus is not None:
        if not question.is_scored:
            yield report_problem("bonus_unscored").at(field="bonus")
        if question.weight > 0:
            yield report_problem("bonus_with_weight").at(field="weight")
        if question.critical is not None:
            yield report_problem("critical_bonus").at(field="critical")
    elif question.weight > 0 and not question.is_scored:
        needs_bands = "bands" in KINDS[question.kind].allows
        yield report_problem("weight_needs_bands" if needs_bands else "weight_unscored").at(field="weight")
    if question.critical is not None:
        yield from _check_critical(question, question.critical)


def _check_critical(question: Question, critical: Critical) -> Iterator[Problem]:
    needs_cap = critical.effect in ("cap_section", "cap_visit")
    if not question.is_scored:
        yield report_problem("critical_unscored").at(field="critical")
    if needs_cap and critical.cap is None:
        yield report_problem("critical_needs_cap", effect=critical.effect).at(field="critical.cap")
    if critical.cap is not None and not needs_cap:
        yield report_problem("critical_refuses_cap", effect=critical.effect).at(field="critical.cap")
    if critical.fail_at == 1:
        yield report_problem("critical_always").at(field="critical.fail_at")
    if question.comment == "never":
        yield report_problem("critical_needs_comment").at(field="comment")


def _check_comment(question: Question) -> Iterator[Problem]:
    if question.comment == "on_fail" and not question.is_scored:
        yield report_problem("comment_unscored").at(field="comment")
    elif question.comment_at is not None and question.comment != "on_fail":
        yield report_problem("comment_at_unused").at(field="comment_at")


def _check_effort(question: Question) -> Iterator[Problem]:
    kinds = ("number", "duration") if question.effort == "waiting" else ("number",)
    if question.effort is not None and question.kind not in kinds:
        yield report_problem("effort_kind", effort=question.effort, kinds=", ".join(kinds)).at(field="effort")
    if question.solved is None:
        return
    if question.kind not in ENDINGS:
        yield report_problem("solved_kind", kinds=", ".join(ENDINGS)).at(field="solved")
        return
    allowed = list_answers(question)
    for option in question.solved:
        if option not in allowed:
            problem = report_problem("solved_option", option=option, allowed=", ".join(allowed))
            yield problem.at(field="solved")


def _check_condition(question: Question, by_id: Mapping[str, Question]) -> Iterator[Problem]:
    condition = question.show_if
    if condition is None:
        return
    tests = _list_tests(condition)
    if not tests:
        yield report_problem("condition_empty").at(field="show_if")
    if len(tests) > 1 and set(tests) != {"at_least", "at_most"}:
        yield report_problem("condition_mixed").at(field="show_if")
    low, high = condition.at_least, condition.at_most
    if low is not None and high is not None and low > high:
        yield report_problem("condition_never").at(field="show_if")
    parent = by_id.get(condition.question)
    if parent is None:
        close = get_close_matches(condition.question, by_id, n=1)
        hint = f" (→ {close[0]})" if close else ""
        problem = report_problem("condition_unknown", parent=condition.question, hint=hint)
        yield problem.at(field="show_if.question")
    else:
        yield from _check_tests(condition, tests, parent)


def _list_tests(condition: Condition) -> list[str]:
    tests = {
        "answered": condition.answered,
        "in": condition.one_of,
        "at_least": condition.at_least,
        "at_most": condition.at_most,
    }
    return [name for name, value in tests.items() if value is not None]


def _check_tests(condition: Condition, tests: list[str], parent: Question) -> Iterator[Problem]:
    fitting = KINDS[parent.kind].tests
    for test in tests:
        if test not in fitting:
            allowed = ", ".join(sorted(fitting)) or "–"
            details = {"parent": parent.id, "kind": parent.kind, "test": test, "allowed": allowed}
            yield report_problem("condition_unfit", **details).at(field=f"show_if.{test}")
    if "in" in fitting:
        known = list_answers(parent)
        for option in condition.one_of or ():
            if option not in known:
                details = {"parent": parent.id, "option": option, "allowed": ", ".join(known)}
                yield report_problem("condition_option", **details).at(field="show_if.in")


def _check_cycles(checklist: Checklist) -> Iterator[Problem]:
    """Each question has at most one parent, so walking up once from each question finds every circle."""
    parents = {q.id: q.show_if.question for q in checklist.questions() if q.show_if is not None}
    settled: set[str] = set()
    for start in parents:
        trail: dict[str, None] = {}
        node: str | None = start
        while node is not None and node not in settled and node not in trail:
            trail[node] = None
            node = parents.get(node)
        if node is not None and node in trail:
            walked = list(trail)
            circle = [*walked[walked.index(node) :], node]
            section = checklist.section_of(node).id
            problem = report_problem("condition_cycle", cycle=" → ".join(circle))
            yield problem.at(section=section, question=node, field="show_if")
        settled.update(trail)
