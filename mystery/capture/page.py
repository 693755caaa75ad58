"""The fill-in page as its template sees it: sections of questions, what is open, and what is to be mended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from wtforms import Field

from checklists.answers import AnswerSheet
from checklists.definition import Checklist, Question
from checklists.localtext import Language
from checklists.problems import Problem
from checklists.validation import needs_comment
from checklists.visibility import shown_questions
from mystery.capture.forms import VisitForm, takes_photos
from mystery.capture.phone.sheet_words import write_sheet_words
from mystery.capture.queries import Draft
from mystery.capture.windows import say_window
from mystery.sheets.answer_fields import AnswerField
from mystery.sheets.answer_words import list_condition_data, say_answer, say_condition
from mystery.sheets.numbering import number_questions
from mystery.sheets.photo_desk import PhotoFault
from mystery.sheets.problem_words import EITHER_OR, say_fact, say_photo, say_problem
from mystery.sheets.raw_sheet import RawSheet, read_part
from mystery.sheets.submission import LONGEST_TEXT, read_sheet
from mystery.sheets.visit_facts import FactFault, NamedEmployee, lies_outside, read_employee, read_moment

MOMENT_ANCHOR, EMPLOYEE_ANCHOR = "when", "whom"
# No section can have this anchor: theirs begin with "s-".
REMEMBER_ANCHOR, FINISH_ANCHOR = "remember", "finish"
MISSING = (["answer_missing"], ["answer_missing_or_na"])


@dataclass(frozen=True)
class Findings:
    """What came of the last save, or of an attempt to send (``is_refused``), beside the answers."""

    problems: tuple[Problem, ...] = ()
    faults: tuple[FactFault, ...] = ()
    photos: tuple[tuple[str, PhotoFault, str], ...] = ()
    elsewhere: RawSheet | None = None
    is_refused: bool = False


@dataclass(frozen=True)
class ListedProblem:
    """A line of the list at the top: the question it leads to, and the sentence.

    Questions that are merely open have no line each: their numbers stand in one row.
    """

    anchor: str
    label: str
    text: str
    number: str = ""
    is_missing: bool = False


@dataclass(frozen=True)
class PageQuestion:
    """One question on the page."""

    number: str
    question: Question
    answer: AnswerField
    comment: Field | None
    takes_photos: bool
    photos: tuple[UUID, ...]
    is_shown: bool
    is_done: bool
    condition: str
    condition_data: Mapping[str, str]
    problems: tuple[str, ...]
    is_missing: bool
    opens_comment: bool
    elsewhere: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """The id of the question on the page."""
        return f"q-{self.question.id}"

    @property
    def needs_photo(self) -> bool:
        """Whether it cannot be sent without a photo."""
        return self.question.evidence.photo == "required" or (
            self.question.kind == "photo" and self.question.required
        )

    @property
    def is_open(self) -> bool:
        """Whether it has to be answered still."""
        return self.is_shown and self.question.required and not self.is_done


@dataclass(frozen=True)
class PageSection:
    """One section on the page; ``next_anchor`` is where "save and go on" leads."""

    anchor: str
    title: str
    questions: tuple[PageQuestion, ...]
    next_anchor: str


@dataclass
class Page:
    """Everything the template needs about the questions."""

    form: VisitForm
    sections: tuple[PageSection, ...]
    facts_open: tuple[str, ...]
    facts_total: int
    moment_problems: tuple[str, ...]
    employee_problems: tuple[str, ...]
    general_problems: tuple[str, ...]
    words: str
    outside_words: str
    is_outside_window: bool
    questions: tuple[PageQuestion, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.questions = tuple(question for section in self.sections for question in section.questions)

    @property
    def open_anchors(self) -> list[str]:
        """Where something is still to be entered, in the order of the page."""
        return [*self.facts_open, *(each.anchor for each in self.questions if each.is_open)]

    @property
    def next_number(self) -> str:
        """The number of the first question that is open; empty where a fact of the visit comes first."""
        if self.facts_open:
            return ""
        return next((each.number for each in self.questions if each.is_open), "")

    @property
    def total(self) -> int:
        """How many things have to be entered, as the answers stand now."""
        required = sum(1 for each in self.questions if each.is_shown and each.question.required)
        return required + self.facts_total

    @property
    def done(self) -> int:
        """How many of them are."""
        return self.total - len(self.open_anchors)

    @property
    def problems(self) -> list[ListedProblem]:
        """Every problem in the order of the page, each leading to its place."""
        listed = [ListedProblem("", "", text) for text in self.general_problems]
        when, whom = _("Time of the visit"), _("Who served you")
        listed += [ListedProblem(MOMENT_ANCHOR, when, text) for text in self.moment_problems]
        listed += [ListedProblem(EMPLOYEE_ANCHOR, whom, text) for text in self.employee_problems]
        for each in self.questions:
            label = _("Question %(number)s", number=each.number)
            listed += [
                ListedProblem(each.anchor, label, text, each.number, each.is_missing)
                for text in each.problems
            ]
        return listed


def build_page(draft: Draft, raw: RawSheet, language: Language, *, findings: Findings, revision: int) -> Page:
    """The page of a draft, showing ``raw``: what was saved, or what was just sent and has to be mended."""
    form = VisitForm(draft.checklist, language)
    form.show(raw, revision)
    if not form["v.day"].data and draft.offered_day is not None:
        form["v.day"].data = draft.offered_day.isoformat()
    counts = {question: len(photos) for question, photos in draft.photos.items()}
    sheet, _unread = read_sheet(draft.checklist, raw, counts)
    maker = _PageMaker(draft, form, sheet, raw, language, findings)
    about_employee = [fault for fault in findings.faults if fault.is_about_employee]
    about_moment = [fault for fault in findings.faults if not fault.is_about_employee]
    general = [problem for problem in findings.problems if problem.place.question is None]
    facts = read_part(raw, "visit")
    return Page(
        form=form,
        sections=maker.make_sections(),
        facts_open=_list_open_facts(draft, facts),
        facts_total=2 if draft.staff is not None else 1,
        moment_problems=tuple(say_fact(fault) for fault in about_moment),
        employee_problems=tuple(say_fact(fault) for fault in about_employee),
        general_problems=tuple(say_problem(problem, language) for problem in general),
        words=write_sheet_words(language),
        outside_words=_(
            "This day is outside the window: %(window)s. It can be sent, and the lead sees it.",
            window=say_window(draft.window_start, draft.window_end),
        ),
        is_outside_window=lies_outside(facts.get("date"), draft.window_start, draft.window_end),
    )


@dataclass(frozen=True)
class _PageMaker:
    draft: Draft
    form: VisitForm
    sheet: AnswerSheet
    raw: RawSheet
    language: Language
    findings: Findings

    def make_sections(self) -> tuple[PageSection, ...]:
        checklist = self.draft.checklist
        shown = shown_questions(checklist, self.sheet.answers)
        numbers = number_questions(checklist)
        parts = arrange_questions(checklist, self.language)
        following = [anchor for anchor, _title, _questions in parts[1:]] + [FINISH_ANCHOR]
        return tuple(
            PageSection(
                anchor,
                title,
                tuple(self._make_question(each, numbers, each.id in shown) for each in questions),
                next_anchor,
            )
            for (anchor, title, questions), next_anchor in zip(parts, following, strict=True)
        )

    def _make_question(self, question: Question, numbers: Mapping[str, str], is_shown: bool) -> PageQuestion:
        answer = self.form[f"a.{question.id}"]
        assert isinstance(answer, AnswerField), "every question has an answer field"
        photos = tuple(self.draft.photos.get(question.id, ()))
        found = self._find(question)
        value = self.sheet.answers.get(question.id)
        # What cannot be taken as it stands is still to be entered; nonsense never came into the sheet.
        has_answer = value is not None and not (isinstance(value, str) and len(value) > LONGEST_TEXT)
        comment = self.form[f"c.{question.id}"]
        return PageQuestion(
            number=numbers[question.id],
            question=question,
            answer=answer,
            comment=comment if question.comment != "never" or comment.data else None,
            takes_photos=takes_photos(question),
            photos=photos,
            is_shown=is_shown,
            is_done=has_answer or (question.kind == "photo" and bool(photos)),
            condition=self._say_condition(question, numbers),
            condition_data=list_condition_data(question.show_if),
            problems=tuple(self._list_problems(question, answer)),
            is_missing=[each.code for each in found] in MISSING,
            opens_comment=needs_comment(question, value) or any(_is_about_comment(each) for each in found),
            elsewhere=tuple(self._list_elsewhere(question)),
        )

    def _find(self, question: Question) -> list[Problem]:
        return [each for each in self.findings.problems if each.place.question == question.id]

    def _say_condition(self, question: Question, numbers: Mapping[str, str]) -> str:
        condition = question.show_if
        if condition is None:
            return ""
        parent = self.draft.checklist.question(condition.question)
        return say_condition(condition, parent, number=numbers[parent.id], language=self.language)

    def _list_problems(self, question: Question, answer: AnswerField) -> Iterable[str]:
        contradicts = isinstance(answer.data, list) and answer.is_not_applicable
        for problem in self._find(question):
            is_answer = problem.place.field == "answers"
            yield str(EITHER_OR) if is_answer and contradicts else say_problem(problem, self.language)
        for asked, fault, name in self.findings.photos:
            if asked == question.id:
                yield say_photo(fault, name)

    def _list_elsewhere(self, question: Question) -> Iterable[str]:
        """What the other page says where it says something else."""
        other = self.findings.elsewhere
        if other is None:
            return
        theirs: Any = read_part(other, "answers").get(question.id)
        if theirs != read_part(self.raw, "answers").get(question.id):
            yield _("Saved elsewhere: %(answer)s", answer=say_answer(question, theirs, self.language))
        comment = read_part(other, "comments").get(question.id) or ""
        if comment != (read_part(self.raw, "comments").get(question.id) or ""):
            yield _("Comment saved elsewhere: %(comment)s", comment=comment or "–")


def arrange_questions(
    checklist: Checklist, language: Language
) -> list[tuple[str, str, tuple[Question, ...]]]:
    """The sections of the page as (anchor, title, questions): first of all what fades from memory soon.

    A question with a condition stays where it is, below the question that it hangs on.
    """
    fading = tuple(each for each in checklist.questions() if _fades_first(each))
    parts = [(REMEMBER_ANCHOR, str(_("While you remember it")), fading)]
    for section in checklist.sections:
        lasting = tuple(each for each in section.questions if not _fades_first(each))
        parts.append((f"s-{section.id}", section.title.in_language(language), lasting))
    return [part for part in parts if part[2]]


def _fades_first(question: Question) -> bool:
    return question.perishable and question.show_if is None


def _list_open_facts(draft: Draft, facts: Mapping[str, Any]) -> tuple[str, ...]:
    opened = []
    # Whether the moment can be read does not hang on the clock; UTC stands for any.
    if isinstance(read_moment(facts.get("date"), "UTC"), FactFault):
        opened.append(MOMENT_ANCHOR)
    if draft.staff is not None and not _names_somebody(facts.get("employee")):
        opened.append(EMPLOYEE_ANCHOR)
    return tuple(opened)


def _names_somebody(text: object) -> bool:
    named = read_employee(text)
    return isinstance(named, NamedEmployee) and named.is_named


def _is_about_comment(problem: Problem) -> bool:
    return problem.code.startswith("comment_") or problem.place.field == "comments"
