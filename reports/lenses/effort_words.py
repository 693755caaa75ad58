"""The words of the customer's effort (LN-04), in Russian and English."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from checklists.localtext import Language, LocalText
from reports.catalogues import fill_in
from reports.lenses.effort import VISITS_NEEDED, Cost, CostFigure, Effort
from reports.lenses.phrasing import count_out_of, count_things, write_percent
from reports.numbers import format_number

WORDS: Final[dict[str, tuple[str, str]]] = {
    "title": ("Усилия клиента", "Customer effort"),
    "contacts": ("Обращений, пока вопрос не решён", "Contacts until it was solved"),
    "transfers": ("Передач от одного сотрудника другому", "Transfers from one employee to another"),
    "retellings": ("Повторных объяснений", "Times the story was told again"),
    "minutes": ("Минут ожидания", "Minutes of waiting"),
    "solved": (
        "С первого обращения решено {part} из {matters}: {share}, вероятно от {low} до {high}.",
        "{part} of {matters} solved at the first contact: {share}, likely between {low} and {high}.",
    ),
    "all_solved": (
        "С первого обращения решено всё: {part} из {matters}; вероятная доля — не меньше {low}.",
        "Everything was solved at the first contact: {part} of {matters}; the share is likely at least "
        "{low}.",
    ),
    "none_solved": (
        "С первого обращения не решено ничего: 0 из {matters}; вероятная доля — не больше {high}.",
        "Nothing was solved at the first contact: 0 of {matters}; the share is likely at most {high}.",
    ),
    "too_few": (
        "Об усилиях клиента говорить рано: мало вопросов ({count} из {needed}).",
        "Too early to speak of effort: not enough matters ({count} of {needed}).",
    ),
    "not_asked": (
        "В этих визитах никто не отмечал, решён ли вопрос.",
        "Nobody noted in these visits whether the matter was solved.",
    ),
    "never": (
        "Так и не решено: {part} из {matters}.",
        "Never solved: {part} of {matters}.",
    ),
    "later": (
        "Решено не сразу: {part} из {matters}.",
        "Solved later: {part} of {matters}.",
    ),
    "cost": (
        "в среднем {mean}, у половины не больше {middle}; {visits}",
        "{mean} on average, half took no more than {middle}; {visits}",
    ),
    "waits": (
        "Ожидание за визит складывается из ответов на вопросы: {questions}.",
        "The waiting of a visit is the sum of the answers to: {questions}.",
    ),
    "wait": ("Ожидание — ответ на вопрос {questions}.", "The waiting is the answer to {questions}."),
    "quoted": ("«{question}»", "“{question}”"),
    "cost_too_few": ("мало данных ({count} из {needed})", "not enough counted ({count} of {needed})"),
    "meaning": (
        "Чем меньше обращений нужно клиенту, тем охотнее он возвращается. Доля считается от всех начатых "
        "вопросов: нерешённый остаётся в ней и в «обращения до решения» не входит.",
        "The fewer contacts a customer needs, the more readily he comes back. The share is of all "
        "matters that were "
        "started: an unsolved one stays in it, and has no part in “contacts until it was solved”.",
    ),
}


def name_cost(cost: Cost, language: Language) -> str:
    """Give the name of a cost."""
    return fill_in(WORDS, cost, language)


def describe_effort(effort: Effort, language: Language) -> str:
    """Say in a sentence how much was solved at the first contact, or why that cannot be said."""
    if effort.state == "not_enough_visits":
        return fill_in(WORDS, "too_few", language, count=effort.started, needed=effort.needed)
    if effort.share is None or effort.interval is None:
        return fill_in(WORDS, "not_asked", language)
    part = len(effort.first_contact)
    key = "solved"
    if part in (0, effort.started):
        key = "all_solved" if part else "none_solved"
    return fill_in(
        WORDS,
        key,
        language,
        part=part,
        matters=count_out_of(effort.started, "matter", language),
        share=write_percent(effort.share, language),
        low=write_percent(Fraction(effort.interval.low), language),
        high=write_percent(Fraction(effort.interval.high), language),
    )


def describe_unsolved(effort: Effort, language: Language) -> list[str]:
    """Say how much was solved later and how much never, the worse below; nothing where there is none."""
    matters = count_out_of(effort.started, "matter", language)
    counted = (("later", effort.later), ("never", effort.never))
    return [
        fill_in(WORDS, key, language, part=len(visits), matters=matters) for key, visits in counted if visits
    ]


def describe_cost(figure: CostFigure, language: Language) -> str:
    """Write what one cost came to, with how often it was counted."""
    count = len(figure.visits)
    if figure.mean is None or figure.middle is None:
        return fill_in(WORDS, "cost_too_few", language, count=count, needed=VISITS_NEEDED)
    return fill_in(
        WORDS,
        "cost",
        language,
        mean=format_number(figure.mean, language, places=1, least=0),
        middle=format_number(figure.middle, language, places=1, least=0),
        visits=count_things(count, "visit", language),
    )


def describe_waits(waits: Sequence[LocalText], language: Language) -> str:
    """Say which waits the minutes are of, by their questions; empty where the checklist asks for none."""
    if not waits:
        return ""
    quoted = [fill_in(WORDS, "quoted", language, question=each.in_language(language)) for each in waits]
    key = "wait" if len(waits) == 1 else "waits"
    return fill_in(WORDS, key, language, questions=", ".join(quoted))


def explain_effort(language: Language) -> str:
    """Say what is counted and why."""
    return fill_in(WORDS, "meaning", language)
