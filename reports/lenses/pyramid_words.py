"""The words of the pyramid of expectations (LN-02), in Russian and English."""

from fractions import Fraction
from typing import Final

from checklists.definition import Level
from checklists.localtext import Language
from checklists.scorecard import display_percent
from reports.catalogues import fill_in
from reports.lenses.phrasing import count_things, mark_percent, write_percent
from reports.lenses.pyramid import HOLDS_AT, LEVELS, LevelShare, LevelState, Pyramid
from reports.numbers import format_number

WORDS: Final[dict[str, tuple[str, str]]] = {
    "title": ("Пирамида ожиданий", "Pyramid of expectations"),
    "accuracy": ("Точность", "Accuracy"),
    "availability": ("Доступность", "Availability"),
    "partnership": ("Партнёрство", "Partnership"),
    "advice": ("Совет", "Advice"),
    "accuracy_asks": (
        "Получил ли клиент то, что обещали, и тогда, когда обещали?",
        "Did the customer get what was promised, and when it was promised?",
    ),
    "availability_asks": (
        "Быстро ли и хорошо ли ответили клиенту?",
        "How quickly and how well was the customer answered?",
    ),
    "partnership_asks": (
        "Чувствует ли клиент, что с ним работают, а не просто его обслуживают?",
        "Does the customer feel worked with rather than merely served?",
    ),
    "advice_asks": (
        "Получил ли клиент совет, который ему помог?",
        "Did the customer get advice that helped?",
    ),
    "holds": ("держится", "holds"),
    "missed": ("не держится", "does not hold"),
    "not_enough_visits": ("мало визитов", "not enough visits"),
    "unmeasured": ("не оценивался", "not assessed"),
    "all_hold": (
        "Держатся все четыре уровня; {visits}.",
        "All four levels hold; {visits}.",
    ),
    "none_holds": (
        "Не держится основание — «{level}»: {share} при нужных {needed}. Пока это так, верхние уровни "
        "ничего не добавляют; {visits}.",
        "The foundation, {level}, does not hold: {share} where {needed} is needed. While that is so, the "
        "levels "
        "above add nothing; {visits}.",
    ),
    "some_hold": (
        "Снизу держится уровней: {height} из 4. Дальше не пускает «{level}»: {share} при нужных "
        "{needed}; {visits}.",
        "{height} of 4 levels hold from the bottom. The next, {level}, stops the climb: {share} where "
        "{needed} is "
        "needed; {visits}.",
    ),
    "stopped_unmeasured": (
        "Снизу держится уровней: {height} из 4. Выше не видно: уровень «{level}» оценён слишком редко; "
        "{visits}.",
        "{height} of 4 levels hold from the bottom. Further up nothing is known: {level} was assessed "
        "too rarely; "
        "{visits}.",
    ),
    "foundation_unmeasured": (
        "Высоту назвать нельзя: основание, «{level}», оценено слишком редко; {visits}.",
        "No height can be given: the foundation, {level}, was assessed too rarely; {visits}.",
    ),
    "too_few": (
        "О пирамиде говорить рано: мало визитов ({count} из {needed}).",
        "Too early for the pyramid: not enough visits ({count} of {needed}).",
    ),
    "nothing": (
        "В этих визитах нет вопросов с уровнем ожидания.",
        "No question in these visits carries a level of expectation.",
    ),
    "index": ("Индекс {index} из 1", "Index {index} of 1"),
    "index_least": ("Индекс не меньше {index} из 1", "Index at least {index} of 1"),
    "wasted": (
        "Выше разрыва держится «{levels}», но клиент этого пока не замечает.",
        "Above the gap {levels} holds, but a customer does not notice it yet.",
    ),
    "meaning": (
        "Уровень держится, когда набрано не меньше {needed} возможных баллов по его вопросам. Высота — "
        "сколько "
        "уровней держится снизу подряд. Индекс — сумма долей этих уровней и следующего, делённая на четыре: "
        "успехи выше разрыва в него не входят.",
        "A level holds when at least {needed} of the possible points of its questions were earned. The "
        "height is "
        "how many levels hold from the bottom without a gap. The index adds the shares of these levels "
        "and the "
        "next one and divides by four: what was achieved above the gap is not in it.",
    ),
}
STATE_MARKS: Final[dict[LevelState, str]] = {
    "holds": "●",
    "missed": "○",
    "not_enough_visits": "–",
    "unmeasured": "–",
}
INDEX_PLACES: Final = 3


def name_level(level: Level, language: Language) -> str:
    """Give the name of a level."""
    return fill_in(WORDS, level, language)


def ask_level(level: Level, language: Language) -> str:
    """Give the question that a level answers."""
    return fill_in(WORDS, f"{level}_asks", language)


def name_state(state: LevelState, language: Language) -> str:
    """Say how a level stands, with its mark."""
    return f"{STATE_MARKS[state]} {fill_in(WORDS, state, language)}"


def write_share(share: Fraction, language: Language) -> str:
    """Write a level's share in percent, never across the mark at which a level holds (SC-09)."""
    return mark_percent(display_percent(100 * share, (100 * HOLDS_AT,)), language)


def describe_pyramid(pyramid: Pyramid, language: Language) -> str:
    """Say in a sentence how high the pyramid stands and what stops it, or why that cannot be said."""
    visits = count_things(pyramid.visits, "visit", language)
    stop = pyramid.stopped_by
    if pyramid.state == "not_enough_visits":
        return fill_in(WORDS, "too_few", language, count=pyramid.visits, needed=pyramid.needed)
    if not pyramid.visits:
        return fill_in(WORDS, "nothing", language)
    if stop is None:
        return fill_in(WORDS, "all_hold", language, visits=visits)
    return fill_in(
        WORDS,
        _choose_sentence(pyramid, stop),
        language,
        height=pyramid.height,
        level=_write_level(stop.level, language),
        share="" if stop.share is None else write_share(stop.share, language),
        needed=write_percent(HOLDS_AT, language),
        visits=visits,
    )


def describe_index(pyramid: Pyramid, language: Language) -> str:
    """Write the index, as a lower limit where the climb ended at something unmeasured; empty without one."""
    if pyramid.index is None:
        return ""
    key = "index_least" if pyramid.is_at_least else "index"
    index = format_number(pyramid.index, language, places=INDEX_PLACES, least=INDEX_PLACES)
    return fill_in(WORDS, key, language, index=index)


def describe_wasted(pyramid: Pyramid, language: Language) -> str:
    """Say which levels hold above the gap and do not count yet; empty where there is none."""
    if pyramid.height is None:
        return ""
    above = [level for level in pyramid.levels[pyramid.height + 1 :] if level.state == "holds"]
    if not above:
        return ""
    between = "», «" if language == "ru" else ", "
    return fill_in(
        WORDS, "wasted", language, levels=between.join(_write_level(each.level, language) for each in above)
    )


def explain_pyramid(language: Language) -> str:
    """Say what height and index are, for the page behind the figure."""
    return fill_in(WORDS, "meaning", language, needed=write_percent(HOLDS_AT, language))


def _choose_sentence(pyramid: Pyramid, stop: LevelShare) -> str:
    if pyramid.height is None:
        return "foundation_unmeasured"
    if stop.state != "missed":
        return "stopped_unmeasured"
    return "some_hold" if pyramid.height else "none_holds"


def _write_level(level: Level, language: Language) -> str:
    """The name of a level in the middle of a sentence."""
    assert level in LEVELS
    name = name_level(level, language)
    return name.lower() if language == "en" else name
