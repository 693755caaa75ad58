"""What leaves the comparison page: the table as CSV and XLSX."""

from __future__ import annotations

from flask import Response, make_response

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.comparisons.queries import compare_scope
from mystery.comparisons.views.blueprint import blueprint
from mystery.comparisons.views.choices import (
    Choice,
    compare_choice,
    describe_scope,
    name_checklist,
    name_file,
    read_choice_or_404,
)
from mystery.web.locale import current_language
from reports.comparison import StaffComparison
from reports.spreadsheet import comparison_csv, comparison_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/staff.csv")
@requires(Permission.COMPARE_STAFF)
def export_csv() -> Response:
    """The comparison for a spreadsheet, as text."""
    choice = read_choice_or_404()
    content = comparison_csv(
        compare_plainly(choice),
        current_language(),
        section_titles=choice.titles,
        scope=describe_scope(choice),
    )
    return send_file(content, "text/csv; charset=utf-8", f"{name_file(choice)}.csv")


@blueprint.get("/staff.xlsx")
@requires(Permission.COMPARE_STAFF)
def export_xlsx() -> Response:
    """The comparison as a workbook with its visits and its method."""
    choice = read_choice_or_404()
    content = comparison_xlsx(
        compare_plainly(choice),
        current_language(),
        section_titles=choice.titles,
        checklist_titles={choice.checklist.slug: name_checklist(choice)},
        scope=describe_scope(choice),
    )
    return send_file(content, XLSX, f"{name_file(choice)}.xlsx")


def compare_plainly(choice: Choice) -> StaffComparison:
    """The plain means of the choice, under the names that it shows."""
    return compare_scope(current_reach(), choice.scope, names=compare_choice(choice).names)


def send_file(content: bytes, mimetype: str, name: str) -> Response:
    """An attachment with a plain name."""
    response = make_response(content)
    response.headers["Content-Type"] = mimetype
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
