"""The page on which the staff of a unit and period stand side by side."""

from __future__ import annotations

from flask import render_template

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.comparisons.queries import compare_scope
from mystery.comparisons.views.blueprint import blueprint
from mystery.comparisons.views.choices import compare_choice, read_choice
from mystery.web.locale import current_language
from reports.comparison_words import describe_caution, describe_figure, describe_method, name_column


@blueprint.get("/")
@requires(Permission.COMPARE_STAFF)
def compare_staff() -> str:
    """The staff of a unit and period, alphabetically, each figure leading to its visits."""
    choice = read_choice()
    if choice is None:
        return render_template("comparisons/empty.html")
    language = current_language()
    staff = compare_choice(choice)
    comparison = compare_scope(current_reach(), choice.scope, names=staff.names)
    return render_template(
        "comparisons/comparison.html",
        form=choice.form,
        comparison=comparison,
        titles=choice.titles,
        arguments=choice.list_arguments(),
        visit_arguments=choice.list_visit_arguments(),
        cautions=[describe_caution(caution, language) for caution in comparison.cautions],
        method=describe_method(language),
        describe=lambda figure: describe_figure(figure, language),
        name=lambda key, **details: name_column(key, language, **details),
    )
