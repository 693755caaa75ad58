"""What can be wrong with a row of trainings, beside the reasons of any table and of a pasted line."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why a row cannot be taken; words.py has the sentence, and the cure, for each."""

    NOBODY_NAMED = "nobody_named"
    OTHER_NAME = "other_name"
    OTHER_PERSON = "other_person"
    NOT_A_GROUP = "not_a_group"
    UNKNOWN_UNIT = "unknown_unit"
    UNIT_AMBIGUOUS = "unit_ambiguous"
    UNIT_NEEDED = "unit_needed"
    PERSON_TWICE = "person_twice"
    NOBODY_LEFT_TRAINED = "nobody_left_trained"
