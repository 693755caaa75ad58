"""From the faults pydantic finds to problems in the words of the catalogue."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from checklists.definition import Checklist
from checklists.localtext import LocalText
from checklists.problems import Problem, report_problem

# A file with more faults than this is no checklist with mistakes but something else altogether.
MAX_FAULTS = 500
_OWN_CODES = frozenset(
    {"number_needed", "negative_number", "number_out_of_range", "kind_unknown", "bad_limit", "cue_words"}
)
_PLAIN = {
    "tuple_type": "needs_list",
    "list_type": "needs_list",
    "string_type": "needs_text",
    "string_unicode": "text_characters",
    "string_too_short": "text_empty",
    "int_type": "whole_number_needed",
    "int_from_float": "whole_number_needed",
    "int_parsing": "whole_number_needed",
    "bool_type": "true_or_false",
    "bool_parsing": "true_or_false",
}


def describe_faults(
    error: ValidationError, data: Any, *, model: type[BaseModel] = Checklist
) -> list[Problem]:
    """Return one problem a fault, with section, question and field as far as `data` names them."""
    problems = []
    for fault in list_faults(error):
        section, question, field = _locate(fault["loc"], data)
        problem = _translate(fault, model)
        problems.append(problem.at(section=section, question=question, field=field or None))
    return problems


def list_faults(error: ValidationError) -> list[ErrorDetails]:
    """Return the faults that stand for themselves, without those that only follow from another one."""
    faults = error.errors(include_url=False, include_input=False)[:MAX_FAULTS]
    places = [fault["loc"] for fault in faults]
    return [fault for fault in faults if not _is_echo(fault, places)]


def _is_echo(fault: ErrorDetails, places: list[tuple[int | str, ...]]) -> bool:
    """Echoes are a default that needs a faulty field, and a list too short because its entries are faulty."""
    if fault["type"] == "default_factory_not_called":
        return True
    path = fault["loc"]
    is_list = fault["type"] == "too_short"
    return is_list and any(len(place) > len(path) and place[: len(path)] == path for place in places)


def _translate(fault: ErrorDetails, model: type[BaseModel]) -> Problem:
    kind = fault["type"]
    context = fault.get("ctx", {})
    if kind in _OWN_CODES:
        return report_problem(kind, **context)
    if kind in _PLAIN:
        return report_problem(_PLAIN[kind])
    if kind in ("missing", "extra_forbidden", "model_type", "model_attributes_type", "dict_type"):
        return _describe_shape(fault, model)
    return _describe_limits(kind, context, fault)


def _describe_limits(kind: str, context: Mapping[str, Any], fault: ErrorDetails) -> Problem:
    if kind == "string_too_long":
        return report_problem("text_too_long", limit=context["max_length"])
    if kind == "too_short":
        return report_problem("list_empty", least=context["min_length"])
    if kind == "too_long":
        return report_problem("list_too_long", limit=context["max_length"])
    if kind == "string_pattern_mismatch":
        return report_problem("bad_standard" if fault["loc"][-1] == "standard" else "bad_id")
    if kind == "literal_error":
        allowed = str(context["expected"]).replace("'", "").replace(" or ", ", ")
        return report_problem("not_one_of", allowed=allowed)
    return report_problem("invalid_value", reason=fault["type"])


def _describe_shape(fault: ErrorDetails, model: type[BaseModel]) -> Problem:
    path = fault["loc"]
    name = str(path[-1]) if path else ""
    if fault["type"] == "missing":
        return report_problem("field_missing", name=name)
    if fault["type"] == "extra_forbidden":
        holder = _model_at(model, path[:-1])
        if holder is not None and issubclass(holder, LocalText):
            return report_problem("text_cut", name=name[:60])
        close = get_close_matches(name, _names(holder), n=1)
        return report_problem("field_unknown", name=name[:60], hint=f" (→ {close[0]})" if close else "")
    wanted = _model_at(model, path)
    if wanted is not None and issubclass(wanted, LocalText):
        return report_problem("needs_local_text")
    return report_problem("needs_mapping", fields=", ".join(_names(wanted)) or "…")


def _names(model: type[BaseModel] | None) -> list[str]:
    fields = model.model_fields if model is not None else {}
    return [field.alias or name for name, field in fields.items()]


def _model_at(model: type[BaseModel] | None, path: tuple[str | int, ...]) -> type[BaseModel] | None:
    """Return the model that describes the place `path` leads to."""
    for step in path:
        if isinstance(step, int) or model is None:
            continue
        field = model.model_fields.get(step)
        model = _find_model(field.annotation) if field is not None else None
    return model


def _find_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_find_model(part) for part in getattr(annotation, "__args__", ()))
    return next((found for found in inner if found is not None), None)


def _locate(path: tuple[str | int, ...], data: Any) -> tuple[str | None, str | None, str]:
    """Split a path into section id, question id and the field below them, counted from one."""
    named: dict[str, str | None] = {"sections": None, "questions": None}
    rest = path
    for kind in named:
        if len(rest) < 2 or rest[0] != kind or not isinstance(rest[1], int):
            break
        data = data[kind][rest[1]]
        identity = data.get("id") if isinstance(data, dict) else None
        named[kind] = identity if isinstance(identity, str) else f"№ {rest[1] + 1}"
        rest = rest[2:]
    field = ".".join(str(step + 1) if isinstance(step, int) else step for step in rest)
    return named["sections"], named["questions"], field
