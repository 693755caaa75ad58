"""The method page as a whole, in one language: texts with computed figures in them, tables and pictures."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from checklists.localtext import Language
from checklists.scorecard import ENOUGH_COVERAGE
from reports.catalogues import Catalogue, fill_in
from reports.fair_words import say_fair
from reports.lenses.phrasing import write_percent
from reports.method import texts_of_lenses, texts_of_people, texts_of_visits
from reports.method.chapter import Chapter, Part
from reports.method.known_people import tell_people
from reports.method.plan import PARTS, QUOTED, TITLES, ChapterPlan
from reports.method.read_lenses import tell_lenses
from reports.method.scored_visits import tell_visits

WORDS: Catalogue = {
    **texts_of_visits.WORDS,
    **texts_of_people.WORDS,
    **texts_of_lenses.WORDS,
    **TITLES,
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
        Part(fill_in(WORDS, part, language), tuple(_write_chapter(plan, language, figures) for plan in plans))
        for part, plans in PARTS.items()
    )


def _write_chapter(plan: ChapterPlan, language: Language, figures: Mapping[str, str]) -> Chapter:
    return Chapter(
        anchor=plan.anchor,
        title=fill_in(WORDS, f"{plan.anchor}_title", language),
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
            written.append(fill_in(WORDS, key, language, **figures))
        else:
            written.append(say_fair(key, language))
    return tuple(written)
