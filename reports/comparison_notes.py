"""What must travel with a comparison: what was compared, the programme's own figures, the method."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from checklists.localtext import Language
from checklists.scorecard import display_percent
from reports.book_words import say_book
from reports.catalogues import pick_text
from reports.common_scores import CommonPlan
from reports.comparison_book import ComparisonBook
from reports.fair_rows import RELIABLE_PERCENT, FairComparison
from reports.fair_texts import FACTORS
from reports.fair_words import (
    describe_reason,
    describe_reliability,
    describe_warning,
    explain_method,
    format_points,
    name_figure,
    say_fair,
)
from reports.period_words import say_period
from reports.plurals import count_of
from reports.table_files import Note


def list_notes(book: ComparisonBook, language: Language) -> list[Note]:
    """Give the notes of a comparison, first of all what it must not be used for."""
    parts = {
        "part_scope": list(_list_scope(book, language)),
        "part_programme": list_programme(book.fair, language),
        "part_warnings": [Note(text) for text in list_cautions(book.fair, language)],
        "part_method": [Note(text) for text in list_method(book, language)],
    }
    notes = [Note(say_fair("not_discipline", language), is_heading=True)]
    for key, lines in parts.items():
        if lines:
            notes += [Note(""), Note(say_book(key, language), is_heading=True), *lines]
    return notes


def list_cautions(fair: FairComparison, language: Language) -> list[str]:
    """What to be wary of in the whole comparison: why there is no model, regions apart (CP-02), and CP-07."""
    reasons = [reason for reason in (fair.why_not, fair.across_regions) if reason is not None]
    regions = {region for person in fair.people for region in person.regions}
    is_mixed = fair.figure == "colleagues" and len(regions) > 1
    return [
        *([say_book("regions_apart", language)] if is_mixed else []),
        *(describe_reason(reason, language) for reason in reasons),
        *(describe_warning(warning, language) for warning in fair.warnings),
    ]


def list_method(book: ComparisonBook, language: Language) -> list[str]:
    """How the figures came about, in sentences for people without statistics."""
    own = ["whole_company", "sections_plain"]
    own += ["adds_up", "pay_rule"] if book.fair.why_not is None else []
    own += ["hidden"] if book.are_names_hidden else []
    sentences = [*explain_method(language), *(say_book(key, language) for key in own)]
    return [*sentences, say_fair("not_discipline", language)]


def list_programme(fair: FairComparison, language: Language) -> list[Note]:
    """CP-06: the programme's own figures, each beside its words."""
    return list(_list_figures(fair, language))


def describe_versions(plan: CommonPlan | None, language: Language) -> list[str]:
    """Say on what several versions of a checklist are compared, and which are left out (SC-20)."""
    said = []
    if plan is not None and plan.is_needed:
        percent = format_points(100 * float(plan.coverage), language, places=0)
        numbers = ", ".join(plan.included[::-1])
        said.append(say_period("stretch_common", language, numbers=numbers, percent=percent))
    if plan is not None and plan.broken:
        said.append(say_book("versions_broken", language, numbers=", ".join(plan.broken[::-1])))
    return said


def describe_meaning(fair: FairComparison, language: Language) -> str:
    """Name the figure that is compared, and say what it means (CP-02)."""
    return say_book(
        "figure",
        language,
        name=name_figure(fair.figure, language),
        meaning=say_fair(f"figure_{fair.figure}_meaning", language),
    )


def _list_scope(book: ComparisonBook, language: Language) -> Iterator[Note]:
    for sentence in book.scope:
        yield Note(sentence)
    yield Note(describe_meaning(book.fair, language))
    for sentence in describe_versions(book.plan, language):
        yield Note(sentence)
    left = len(book.fair.too_little) + len(book.fair.not_scored)
    counted = len(book.fair.counted)
    visits = count_of(counted + left, "of_visits", language)
    yield Note(say_book("counted_of", language, counted=counted, all=visits))
    if book.revision:
        yield Note(say_book("revision", language, revision=book.revision))


def _list_figures(fair: FairComparison, language: Language) -> Iterator[Note]:
    if fair.mean is not None and fair.spreads:
        yield _show(say_book("average_visit", language), fair.mean)
    for factor, sd in fair.spreads.items():
        yield _show(say_book("sd", language, factor=pick_text(FACTORS, factor, language)), sd)
    if fair.spreads:
        yield _show(say_book("called_from", language), 100 * fair.called_from)
    if fair.link_share is not None:
        yield _show(say_book("link_share", language), 100 * fair.link_share)
    judged = "reliability_with_shops_of" if fair.includes_shops else "reliability_of"
    goal = (Fraction(RELIABLE_PERCENT),)
    for visits, share in fair.reliability.items():
        text = say_book(judged, language, count=visits)
        yield Note(text, display_percent(Fraction(str(round(100 * share, 9))), goal))
    summary = describe_reliability(fair, language)
    if summary:
        yield Note(summary)


def _show(text: str, figure: float) -> Note:
    return Note(text, Decimal(str(round(figure, 9))))
