"""The method page as a whole, in one language: texts with computed figures in them, tables and pictures."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from checklists.localtext import Language
from checklists.scorecard import ENOUGH_COVERAGE
from reports.fair_texts import WORDS as FAIR
from reports.lenses.phrasing import write_percent
from reports.method import texts_of_lenses, texts_of_people, texts_of_visits
from reports.method.chapter import Chapter, Part
from reports.method.known_people import tell_people
from reports.method.plan import PARTS, QUOTED, TITLES, ChapterPlan
from reports.method.read_lenses import tell_lenses
from reports.method.scored_visits import tell_visits

WORDS: Mapping[str, tuple[str, str]] = {
    **texts_of_visits.WORDS,
    **texts_of_people.WORDS,
    **texts_of_lenses.WORDS,
}


@lru_cache(maxsize=2)
def explain_everything(language: Language) -> tuple[Part, ...]:
    """Return the parts of the method page; made once a process, since nothing in it depends on any data."""
    figures = {
        "enough_coverage": write_percent(ENOUGH_COVERAGE, language),
        **tell_visits(language),
        **tell_people(language),
        **tell_lenses(language),
    }
    return tuple(
        Part(_say(part, language), tuple(_write_chapter(plan, language, figures) for plan in plans))
        for part, plans in PARTS.items()
    )


def _write_chapter(plan: ChapterPlan, language: Language, figures: Mapping[str, str]) -> Chapter:
    title = TITLES.get(plan.anchor) or WORDS[f"{plan.anchor}_title"]
    return Chapter(
        anchor=plan.anchor,
        title=title[_place(language)],
        paragraphs=_write(plan.paragraphs, language, figures),
        example=_write(plan.example, language, figures),
        table=plan.table(language) if plan.table else None,
        picture=plan.picture(language) if plan.picture else None,
        formula=_write(plan.formula, language, figures),
    )


def _write(keys: Iterable[str], language: Language, figures: Mapping[str, str]) -> tuple[str, ...]:
    """Each key is a sentence of this page, or one that the pages of fair scores and lenses say as well."""
    written: list[str] = []
    for key in keys:
        if key in QUOTED:
            written += QUOTED[key](language)
        elif key in WORDS:
            written.append(_say(key, language).format(**figures))
        else:
            written.append(FAIR[key][_place(language)])
    return tuple(written)


def _say(key: str, language: Language) -> str:
    return WORDS[key][_place(language)]


def _place(language: Language) -> int:
    return 0 if language == "ru" else 1
