"""The blueprint of the directory, and the words its templates may use."""

from __future__ import annotations

from flask import Blueprint

from mystery.directory.words import (
    ACTIONS,
    FIELDS,
    KINDS,
    SHEETS,
    describe_fault,
    name_column,
    show_detail,
)
from mystery.tables.words import describe_remark

blueprint = Blueprint("directory", __name__, url_prefix="/directory")


@blueprint.context_processor
def offer_words() -> dict[str, object]:
    """Names of actions, fields and kinds, and the sentences for faults."""
    return {
        "actions": ACTIONS,
        "fields": FIELDS,
        "kinds": KINDS,
        "sheets": SHEETS,
        "describe_fault": describe_fault,
        "describe_remark": describe_remark,
        "name_column": name_column,
        "show_detail": show_detail,
    }
