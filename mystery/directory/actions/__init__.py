"""What people do to the directory; each public function is one transaction."""

from mystery.directory.actions.employees import (
    EmployeeDraft,
    Step,
    add_employee,
    edit_employee,
    move_employee,
    record_leaving,
    record_return,
    take_back_step,
)
from mystery.directory.actions.imports import (
    ImportOutcome,
    apply_import,
    check_import,
    import_directory,
)
from mystery.directory.actions.units import (
    UnitDraft,
    add_unit,
    close_unit,
    edit_unit,
    move_unit,
    reopen_unit,
)

__all__ = [
    "EmployeeDraft",
    "ImportOutcome",
    "Step",
    "UnitDraft",
    "add_employee",
    "add_unit",
    "apply_import",
    "check_import",
    "close_unit",
    "edit_employee",
    "edit_unit",
    "import_directory",
    "move_employee",
    "move_unit",
    "record_leaving",
    "record_return",
    "reopen_unit",
    "take_back_step",
]
