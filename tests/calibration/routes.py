"""The permission matrix of calibration: auditors for leads alone, the method for whoever is signed in."""

from __future__ import annotations

from mystery.access.permissions import Role
from tests.access.matrix import Route

ROUTES = [
    # The addresses name no object; a foreign company's lead finds his own.
    Route("calibration.show_auditors", opens={"lead": 200}, foreign=200),
    Route("calibration.show_method", opens={role.value: 200 for role in Role}, foreign=200),
]
