"""What leaves the comparison page: the table as CSV and XLSX."""

from __future__ import annotations

from flask import Response

from mystery.access.guards import current_reach, requires
from mystery.access.permissions import Permission
from mystery.comparisons.queries import Staff, compare_scope
from mystery.comparisons.views.blueprint import blueprint
from mystery.comparisons.views.choices import (
    Choice,
    compare_choice,
    describe_scope,
    name_checklist,
    name_file,
    read_choice_or_404,
    write_down,
)
from mystery.comparisons.views.staff_plots import are_regions_apart, name_regions
from mystery.web.attachments import send_attachment
from mystery.web.locale import current_language
from reports.comparison_book import ComparisonBook
from reports.comparison_files import comparison_csv, comparison_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/staff.csv")
@requires(Permission.COMPARE_STAFF)
def export_csv() -> Response:
    """The comparison for a spreadsheet, as text: one row a person."""
    choice, book = take_along()
    content = comparison_csv(book, current_language())
    return send_attachment(content, "text/csv; charset=utf-8", plain=f"{name_file(choice)}.csv")


@blueprint.get("/staff.xlsx")
@requires(Permission.COMPARE_STAFF)
def export_xlsx() -> Response:
    """The comparison as a workbook with the steps to each score, its visits and its method."""
    choice, book = take_along()
    content = comparison_xlsx(book, current_language())
    return send_attachment(content, XLSX, plain=f"{name_file(choice)}.xlsx")


def take_along() -> tuple[Choice, ComparisonBook]:
    """What the address asks for as a book, after it was written down whose figures leave the page."""
    choice = read_choice_or_404()
    staff = compare_choice(choice)
    write_down(choice, staff.names)
    return choice, bind_book(choice, staff)


def bind_book(choice: Choice, staff: Staff) -> ComparisonBook:
    """The fair figures of everybody in the choice, beside the plain means, under the names that it shows."""
    fair = staff.describe(choice.figure)
    return ComparisonBook(
        fair=fair,
        plain=compare_scope(current_reach(), choice.scope, staff.kept, names=staff.names),
        are_names_hidden=choice.hides_names,
        section_titles=choice.titles,
        checklist_titles={choice.checklist.slug: name_checklist(choice)},
        scope=describe_scope(choice),
        regions=name_regions(staff),
        are_regions_apart=are_regions_apart(staff, fair),
        plan=staff.kept.plan,
        revision=staff.kept.revision,
    )
