"""What the invented programme shows on the method page: figures for the texts, small tables, pictures."""

from decimal import Decimal
from fractions import Fraction
from typing import Final

from markupsafe import Markup

from checklists.localtext import Language
from reports.catalogues import fill_in
from reports.comparison import PEOPLE_NEEDED
from reports.dot_plot import draw_dot_plot, list_dots
from reports.fair_regions import find_visits_to_schedule
from reports.fair_rows import RELIABLE_PERCENT, FairPerson, PairComparison
from reports.fair_words import describe_pair, format_points
from reports.funnel_plot import draw_funnel, find_funnel_limits, list_funnel_points
from reports.lenses.phrasing import write_percent
from reports.method.chapter import Table
from reports.method.invented_programme import AUDITORS, AVERAGE, PEOPLE, InventedProgramme, invent_programme
from reports.method.texts_of_people import WORDS
from reports.numbers import format_number, format_signed, round_to_add_up
from reports.trends import VISITS_FOR_CHANGE
from reports.waterfall_picture import draw_waterfall

MOVED_BY: Final = 5.0  # points between the first visit and the last
REGION: Final = (100, 4)  # visits of a region, and how many of them are link visits
SHOWN_PEOPLE: Final = 5
SHOWN_COUNTS: Final = (1, 2, 3, 6, 9, 12)


def tell_people(language: Language) -> dict[str, str]:
    """Return the figures of the invented programme as the texts quote them, by the name of the gap."""
    programme, anna = invent_programme(), invent_programme().find_unlucky()
    visits, links = REGION
    return {
        "people": str(PEOPLE),
        "auditors": str(AUDITORS),
        "visits": str(len(programme.visits)),
        "raw_error": format_points(programme.find_error(of_fair=False), language),
        "fair_error": format_points(programme.find_error(of_fair=True), language),
        "covered": str(programme.count_covered()),
        "anna_raw": _write_printed(anna, language)[0],
        "anna_fair": _write_printed(anna, language)[1],
        "anna_truth": format_points(programme.truth[anna.employee], language),
        "team_people": str(PEOPLE_NEEDED),
        "trend_visits": str(VISITS_FOR_CHANGE),
        "region_visits": str(visits),
        "region_links": str(links),
        "region_missing": str(find_visits_to_schedule(visits, links)),
        "moved": str(programme.count_moved(MOVED_BY)),
        "moved_by": format_points(MOVED_BY, language, places=0),
        **_tell_pair("called", programme.find_called_pair(), language),
        **_tell_pair("untold", programme.find_untold_pair(), language),
    }


def lay_out_score(language: Language) -> Table:
    """Lay out what the score of one of Anna's visits was truly made of; the points add up as printed."""
    programme = invent_programme()
    made = programme.find_hard_visit(programme.find_unlucky().employee)
    parts = {
        "made_average": AVERAGE,
        "made_employee": made.employee,
        "made_shop": made.shop,
        "made_auditor": made.auditor,
        "made_chance": made.chance,
    }
    # Freed of binary noise first, or the sum of the parts would not be the score to the last digit.
    rounded = round_to_add_up([Decimal(str(round(each, 6))) for each in parts.values()], places=1)
    average, *others = zip(parts, rounded, strict=True)
    rows = [(fill_in(WORDS, average[0], language), format_number(average[1], language, places=1, least=1))]
    rows += [
        (fill_in(WORDS, name, language), format_signed(points, language, places=1)) for name, points in others
    ]
    total = format_number(sum(rounded, Decimal(0)), language, places=1, least=1)
    rows.append((fill_in(WORDS, "made_score", language), total))
    heads = (fill_in(WORDS, "made_head", language), fill_in(WORDS, "made_points", language))
    return Table(fill_in(WORDS, "made_caption", language), heads, tuple(rows))


def lay_out_reliability(language: Language) -> Table:
    """Lay out how much of what tells people apart is the people, by number of visits."""
    reliability = invent_programme().comparison.reliability
    goal = (Fraction(RELIABLE_PERCENT),)
    rows = tuple(
        (str(count), write_percent(Fraction(reliability[count]), language, thresholds=goal))
        for count in SHOWN_COUNTS
    )
    heads = (fill_in(WORDS, "shrinkage_visits", language), fill_in(WORDS, "shrinkage_share", language))
    return Table(fill_in(WORDS, "shrinkage_table", language), heads, rows)


def draw_people(language: Language) -> Markup:
    """Draw a few people of the invented programme with their intervals."""
    programme = invent_programme()
    names = list(_name_people(programme, language).items())[:SHOWN_PEOPLE]
    dots = list_dots(programme.comparison, language, names=dict(names))
    return draw_dot_plot(
        dots, language, title=fill_in(WORDS, "interval_picture", language), mean=programme.comparison.mean
    )


def draw_steps(language: Language) -> Markup:
    """Draw Anna's way from the plain mean to the fair score."""
    programme = invent_programme()
    anna = programme.find_unlucky()
    assert anna.waterfall is not None, "people with a figure have steps"
    title = fill_in(WORDS, "waterfall_picture", language)
    return draw_waterfall(anna.waterfall, language, figure=programme.comparison.figure, title=title)


def draw_everybody(language: Language) -> Markup:
    """Draw the funnel of the invented programme."""
    programme = invent_programme()
    limits = find_funnel_limits(programme.comparison)
    assert limits is not None, "the invented programme has a model"
    points = list_funnel_points(programme.comparison, names=_name_people(programme, language))
    return draw_funnel(points, language, title=fill_in(WORDS, "funnel_title", language), limits=limits)


def _name_people(programme: InventedProgramme, language: Language) -> dict[str, str]:
    return {
        person.employee: fill_in(WORDS, "person_name", language, number=number)
        for number, person in enumerate(programme.judged, 1)
    }


def _tell_pair(name: str, pair: PairComparison, language: Language) -> dict[str, str]:
    programme = invent_programme()
    names = {
        pair.one: fill_in(WORDS, "one_name", language),
        pair.other: fill_in(WORDS, "other_name", language),
    }
    one, other = (_write_printed(_find(programme, each), language)[0] for each in (pair.one, pair.other))
    return {
        f"{name}_one": one,
        f"{name}_other": other,
        f"{name}_words": describe_pair(pair, names, language),
    }


def _find(programme: InventedProgramme, employee: str) -> FairPerson:
    return next(person for person in programme.judged if person.employee == employee)


def _write_printed(person: FairPerson, language: Language) -> tuple[str, str]:
    """The plain mean and the fair score as they are printed."""
    assert person.waterfall is not None, "people with a figure have steps"
    return format_points(person.waterfall.raw, language), format_points(person.waterfall.fair, language)
