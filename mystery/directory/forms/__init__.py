"""The forms of the directory."""

from mystery.directory.forms.employees import (
    EmployeeFilterForm,
    EmployeeForm,
    LeavingForm,
    NewEmployeeForm,
    StepForm,
)
from mystery.directory.forms.units import (
    ClosingForm,
    MoveUnitForm,
    NewUnitForm,
    UnitFilterForm,
    UnitForm,
)

__all__ = [
    "ClosingForm",
    "EmployeeFilterForm",
    "EmployeeForm",
    "LeavingForm",
    "MoveUnitForm",
    "NewEmployeeForm",
    "NewUnitForm",
    "StepForm",
    "UnitFilterForm",
    "UnitForm",
]
