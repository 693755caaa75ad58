"""How a simulated auditor answers a checklist about an employee who keeps a standard with a given chance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from typing import Any, Final

from checklists.answers import NOT_APPLICABLE, Value
from checklists.definition import Checklist, Question
from checklists.question_kinds import value_answer
from checklists.validation import needs_comment
from checklists.visibility import shown_questions

NOT_APPLICABLE_CHANCE: Final = 0.05
BONUS_CHANCE: Final = 0.12
REMARK_CHANCE: Final = 0.3
# A critical standard is rarely missed, even by somebody whose service is poor.
CRITICAL_MISS_SHARE: Final = 0.12
# Each fits whatever was asked: the auditor says what he saw, and the question says about what. All lists are
# equally long, so that a word more or less in one of them draws no other answer later in the year.
ABSENT_REMARKS: Final = (
    "За весь визит этого не было.",
    "Этого не произошло, хотя повод был.",
    "Ждал до конца и не дождался.",
    "Обратил на это внимание специально, два раза. Нет.",
    "С клиентом передо мной было иначе, со мной нет.",
    "До этого дело не дошло.",
)
PARTLY_REMARKS: Final = (
    "Частично: начали хорошо, до конца не довели.",
    "Получилось наполовину.",
    "Не всё из того, что описано в анкете.",
    "Основное есть, остального я не увидел.",
    "Отчасти, и то не сразу.",
    "Было, но мельком.",
)
ALMOST_REMARKS: Final = (
    "Хорошо, но не до конца.",
    "В целом хорошо, одной мелочи не хватило.",
    "Чуть поспешили, в остальном хорошо.",
    "Почти так, как описано в анкете.",
    "В начале лучше, к концу внимания меньше.",
    "Хорошо, но бывает и лучше.",
)
WEAK_REMARKS: Final = (
    "Скорее нет, чем да.",
    "Заметно слабее, чем описано в анкете.",
    "Формально, без интереса.",
    "Этого явно не хватало.",
    "Могло быть гораздо лучше.",
    "Осталось неприятное впечатление.",
)
COUNTED_REMARKS: Final = (
    "Считал с самого начала.",
    "Отмечал сразу, по памяти ничего не добавлял.",
    "Проверил дважды, вышло столько же.",
    "Записал сразу после выхода.",
    "Сам не ожидал, что выйдет столько.",
    "Считал только то, что видел сам.",
)
REMARKS: Final = (
    "Всё так, как описано в анкете.",
    "Отметил сразу после выхода.",
)
TEXTS: Final = (
    "Сотрудник держался спокойно и говорил по делу.",
    "В зале было трое покупателей, очереди не было.",
    "Запомнилась уверенная речь и знание товара.",
    "Разговор занял около десяти минут, решение я принял сам.",
)
EXTRAS: Final = (
    "Проводил до выхода и придержал дверь: руки у меня были заняты.",
    "Предложил зарядить телефон, пока я выбираю.",
    "Нашёл последний экземпляр на складе и проверил его при мне.",
)


@dataclass
class SimulatedAuditor:
    """Draws answers; ``chance`` is that of a standard kept, as this auditor sees it.

    ``known`` are answers that nobody needs to draw, such as the legend that was assigned.
    """

    random: Random
    chance: float
    known: Mapping[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)

    def fill_in(self, checklist: Checklist) -> dict[str, Any]:
        """Answers and comments in the answers-file format, complete enough to be sent."""
        values: dict[str, Value] = {}
        for question in checklist.questions():
            if question.id in shown_questions(checklist, values):
                self.answers[question.id] = self._answer(question)
                values[question.id] = as_value(self.answers[question.id])
                self._comment(question, values[question.id])
        return {"answers": self.answers, "comments": self.comments}

    def _answer(self, question: Question) -> Any:
        if question.id in self.known:
            return self.known[question.id]
        if question.not_applicable and question.critical is None and self._happens(NOT_APPLICABLE_CHANCE):
            return NOT_APPLICABLE.value
        draw = DRAWS.get(question.kind)
        return draw(self, question) if draw else None

    def _comment(self, question: Question, value: Value) -> None:
        missed = isinstance(value, str | int | tuple) and (value_answer(question, value) or 0) < 1
        scored = question.weight > 0 and question.kind in DRAWS
        if needs_comment(question, value) or (scored and missed and self._happens(REMARK_CHANCE)):
            self.comments[question.id] = self.random.choice(
                list_missed_remarks(question, value) if scored and missed else REMARKS
            )

    def _happens(self, chance: float) -> bool:
        return self.random.random() < chance

    def keeps(self, question: Question) -> bool:
        """Whether the standard behind ``question`` was kept."""
        if question.bonus:
            return self._happens(BONUS_CHANCE)
        if question.critical is not None:
            return not self._happens((1 - self.chance) * CRITICAL_MISS_SHARE)
        return self._happens(self.chance)

    def level(self) -> float:
        """How well something graded was done, 0 to 1."""
        return min(1.0, max(0.0, self.random.gauss(self.chance + 0.04, 0.16)))


def list_missed_remarks(question: Question, value: Value) -> tuple[str, ...]:
    """What may be said of an answer that did not earn everything."""
    earned = value_answer(question, value) or 0
    if question.kind in ("number", "duration"):
        return COUNTED_REMARKS
    if question.kind == "scale":
        return ALMOST_REMARKS if earned > Fraction(1, 2) else WEAK_REMARKS
    return PARTLY_REMARKS if earned else ABSENT_REMARKS


def draw_yes_no(auditor: SimulatedAuditor, question: Question) -> str:
    """Yes when the standard was kept."""
    return "yes" if auditor.keeps(question) else "no"


def draw_scale(auditor: SimulatedAuditor, question: Question) -> int:
    """A step of the scale."""
    assert question.scale is not None
    low, high = int(question.scale.low), int(question.scale.high)
    return low + round((high - low) * auditor.level())


def draw_choice(auditor: SimulatedAuditor, question: Question) -> str:
    """The best option when kept, else one further down; a choice without points is drawn evenly."""
    options = sorted(question.options or (), key=lambda option: -option.points)
    if len({option.points for option in options}) < 2:
        return auditor.random.choice(options).id
    if auditor.keeps(question):
        return options[0].id
    rest = options[1:]
    return rest[0].id if len(rest) == 1 or auditor.random.random() < 0.7 else rest[-1].id


def draw_multi(auditor: SimulatedAuditor, question: Question) -> list[str]:
    """The parts that were done."""
    options = question.options or ()
    return [option.id for option in options if auditor.random.random() < auditor.chance] or [options[0].id]


def draw_amount(auditor: SimulatedAuditor, question: Question) -> int:
    """Seconds, minutes or pieces: within the first band when kept, else within a later one or beyond."""
    bands = question.bands or ()
    limits = [int(band.upto) for band in bands]
    if not limits:
        return auditor.random.randint(1, 5)
    if auditor.keeps(question):
        return auditor.random.randint(max(0, limits[0] // 3), limits[0])
    place = auditor.random.randint(1, len(limits))
    low = limits[place - 1]
    high = limits[place] if place < len(limits) else low + max(2, low // 2)
    return auditor.random.randint(low + 1, max(low + 1, high))


def draw_text(auditor: SimulatedAuditor, question: Question) -> str:
    """A sentence of the auditor's own; about the extra deed where one was done."""
    return auditor.random.choice(EXTRAS if question.id.startswith("wow") else TEXTS)


def draw_clock(auditor: SimulatedAuditor, _question: Question) -> str:
    """A time of day within opening hours."""
    return f"{auditor.random.randint(10, 19):02}:{auditor.random.randint(0, 59):02}"


DRAWS: Final[dict[str, Callable[[SimulatedAuditor, Question], Any]]] = {
    "yes_no": draw_yes_no,
    "scale": draw_scale,
    "choice": draw_choice,
    "multi": draw_multi,
    "number": draw_amount,
    "duration": draw_amount,
    "text": draw_text,
    "time": draw_clock,
}


def as_value(answer: Any) -> Value:
    """A raw answer as the typed value that conditions look at."""
    if answer == NOT_APPLICABLE.value:
        return NOT_APPLICABLE
    return tuple(answer) if isinstance(answer, list) else answer
