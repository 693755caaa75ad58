"""What the pages of the directory show: rows already narrowed to the reader's reach."""

from mystery.directory.queries.employees import (
    EmployeeFilter,
    EmployeePage,
    EmployeeRow,
    StintRow,
    list_employees,
    show_employee,
)
from mystery.directory.queries.imports import ImportCheck, show_import
from mystery.directory.queries.units import (
    UnitChoice,
    UnitPage,
    UnitRow,
    list_parent_choices,
    list_unit_choices,
    list_units,
    show_unit,
)

__all__ = [
    "EmployeeFilter",
    "EmployeePage",
    "EmployeeRow",
    "ImportCheck",
    "StintRow",
    "UnitChoice",
    "UnitPage",
    "UnitRow",
    "list_employees",
    "list_parent_choices",
    "list_unit_choices",
    "list_units",
    "show_employee",
    "show_import",
    "show_unit",
]
