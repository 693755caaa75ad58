"""Two people side by side: whether they differ, how sure that is, and what the figures of both rest on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.comparisons.actions import record_people_opened
from mystery.comparisons.forms import PairForm
from mystery.comparisons.people import find_company
from mystery.comparisons.queries import Staff
from mystery.comparisons.views.blueprint import blueprint
from mystery.comparisons.views.choices import Choice, compare_choice, read_choice_or_404
from mystery.comparisons.views.person_figures import SectionFigure, link_method
from mystery.comparisons.views.person_look import (
    PersonLook,
    draw_people,
    list_figure_choices,
    look_at_person,
    pick_names,
    widen_choice,
)
from mystery.web.forms import list_choices, read_uuid
from mystery.web.locale import current_language
from reports.dot_plot import Dot, DotPlot, choose_dot_scale, draw_dots
from reports.fair_comparison import SEE_CUSTOMER
from reports.fair_rows import FairComparison, PairComparison, Reason
from reports.fair_words import (
    describe_chances,
    describe_pair,
    describe_reason,
    describe_state,
    describe_warning,
    explain_method,
    format_signed_points,
    say_fair,
    write_limits,
)
from reports.waterfall_picture import choose_waterfall_scale, draw_waterfall

MOST_OFFERED = 500
"""Nobody finds a name in a longer list; of more people, a unit is chosen first."""


@dataclass(frozen=True)
class SideBySide:
    """Two people who may be compared: pictures on one scale, and the plain means of the same sections."""

    pair: PairComparison
    looks: tuple[PersonLook, PersonLook]
    picture: Markup
    difference: Markup
    chances: str
    waterfalls: tuple[Markup, ...]
    sections: list[tuple[str, list[SectionFigure | None]]]


@blueprint.get("/pair")
@requires(Permission.COMPARE_STAFF)
def show_pair() -> str:
    """Two employees whom the reader may compare; the lists to choose them from while they are not chosen."""
    chosen = [read_uuid(request.args.get(name)) for name in ("one", "other")]
    companies = [find_company(current_reach(), each) for each in chosen if each is not None]
    narrow = read_choice_or_404()
    choice = widen_choice(narrow)
    staff = compare_choice(choice)
    named = {name: str(each) for name, each in zip(("one", "other"), chosen, strict=True) if each}
    offered = list_offered(narrow, staff)
    page: dict[str, Any] = {
        "form": choice.form,
        "pair_form": read_pair_form(staff, offered, named),
        "too_many": len(offered) > MOST_OFFERED,
        "is_nobody_offered": not offered,
        "hides_names": choice.hides_names,
        "arguments": narrow.list_arguments(),
        "figure_choices": list_figure_choices(narrow, "comparisons.show_pair", **named),
        "link_method": link_method,
        "method": explain_method(current_language()),
        "caution": say_fair("not_discipline", current_language()),
    }
    obstacle = find_obstacle(staff, list(named.values())) if len(named) == 2 else ""
    if len(named) < 2 or obstacle:
        return render_template("comparisons/pair.html", sentence=obstacle, side=None, people=[], **page)
    record_people_opened(current_reach().user_id, companies[0], [UUID(each) for each in named.values()])
    return render_template(
        "comparisons/pair.html", **page, **compare_two(choice, staff, tuple(named.values()))
    )


def list_offered(choice: Choice, staff: Staff) -> Collection[str]:
    """The people of the chosen unit."""
    return staff.names.keys() if choice.scope.unit_id is None else compare_choice(choice).names.keys()


def read_pair_form(staff: Staff, offered: Collection[str], named: dict[str, str]) -> PairForm:
    """The two lists of people: those offered, unless they are too many, and whoever is chosen already."""
    form = PairForm(request.args)
    fitting = offered if len(offered) <= MOST_OFFERED else ()
    names = pick_names(staff, {*fitting, *named.values()})
    for field, name in ((form.one, "one"), (form.other, "other")):
        field.choices = list_choices(names.items(), empty=_("Choose"))
        field.data = named.get(name, "")
    return form


def find_obstacle(staff: Staff, people: Sequence[str]) -> str:
    """Say why two people cannot even be looked at side by side; empty where they can."""
    language = current_language()
    if people[0] == people[1]:
        return describe_reason(Reason("same_person"), language)
    absent = [each for each in people if each not in staff.names]
    if absent:
        said: str = _("Nobody visited one of them in this choice. Choose another period or checklist.")
        return said
    if any(each not in staff.kept.model.by_employee for each in people):
        return describe_reason(Reason("no_visits"), language)
    return ""


def compare_two(choice: Choice, staff: Staff, people: Sequence[str]) -> dict[str, Any]:
    """What the page says of two different people with visits that count."""
    language = current_language()
    pair = staff.kept.model.compare_pair(people[0], people[1], choice.figure)
    comparison = staff.describe(choice.figure, people)
    is_comparable = pair.state != "not_comparable"
    return {
        "sentence": say_who_is_rarely_visited(comparison) or describe_pair(pair, staff.names, language),
        "people": [(each, staff.names[each]) for each in people],
        "other_figure": None if pair.why_not is None else name_cure(pair.why_not, choice, people),
        "warnings": [describe_warning(each, language) for each in comparison.warnings],
        "side": set_side_by_side(choice, staff, comparison, pair) if is_comparable else None,
    }


def say_who_is_rarely_visited(comparison: FairComparison) -> str:
    """Say of whom there are too few visits (CP-04); empty where there are enough of both."""
    said = [
        f"{person.name}: {describe_state(person, comparison, current_language())}"
        for person in comparison.people
        if person.state == "not_enough_visits"
    ]
    return f"{'; '.join(said)}." if said else ""


def name_cure(reason: Reason, choice: Choice, people: Sequence[str]) -> str | None:
    """The address of the other figure where the reason sends there: only where that can be told (CP-02)."""
    if reason.code not in SEE_CUSTOMER:
        return None
    arguments = choice.list_arguments(figure="customer")
    return url_for("comparisons.show_pair", one=people[0], other=people[1], **arguments)


def set_side_by_side(
    choice: Choice, staff: Staff, comparison: FairComparison, pair: PairComparison
) -> SideBySide:
    """Draw both people on the same scales."""
    language = current_language()
    one, other = (look_at_person(choice, staff, comparison, each) for each in (pair.one, pair.other))
    falls = [look.figures.waterfall for look in (one, other) if look.figures.waterfall]
    scale = choose_waterfall_scale(falls)
    return SideBySide(
        pair=pair,
        looks=(one, other),
        picture=draw_people(choice, staff, comparison, [pair.one, pair.other]),
        difference=draw_difference(pair, staff),
        chances=describe_chances(pair, staff.names, comparison.called_from, language),
        waterfalls=tuple(
            draw_waterfall(fall, language, figure=pair.figure, title=look.name, scale=scale)
            for fall, look in zip(falls, (one, other), strict=True)
        ),
        sections=pair_sections(one, other),
    )


def draw_difference(pair: PairComparison, staff: Staff) -> Markup:
    """Draw the difference with its interval beside the line of no difference, as the sentence names it."""
    facing = pair.face()
    language = current_language()
    limits = (facing.low or 0.0, facing.high or 0.0)
    low, high = write_limits(*limits, language, is_called=pair.state == "called")
    difference = format_signed_points(facing.difference or 0.0, language)
    name = _("%(one)s minus %(other)s", one=staff.names[facing.one], other=staff.names[facing.other])
    words = _("%(fair)s, likely between %(low)s and %(high)s", fair=difference, low=low, high=high)
    dots = [Dot(name, words, facing.difference, facing.low, facing.high)]
    key = (
        ("fair", _("difference, in points")),
        ("interval", _("likely within these limits")),
        ("mean", _("no difference")),
    )
    plot = DotPlot(name, dots, choose_dot_scale(dots, mean=0.0), key, mean=0.0)
    return draw_dots(plot, language)


def pair_sections(one: PersonLook, other: PersonLook) -> list[tuple[str, list[SectionFigure | None]]]:
    """The sections of either person with the figures of both; None where one has no visit with it."""
    titles = {each.section: each.title for look in (one, other) for each in look.sections}
    own = [{each.section: each for each in look.sections} for look in (one, other)]
    return [(title, [sections.get(section) for sections in own]) for section, title in titles.items()]
