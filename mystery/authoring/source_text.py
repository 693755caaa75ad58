"""The source text of a checklist: YAML as people edit it, without what would be so anyway."""

from __future__ import annotations

from typing import Any

import yaml

from checklists.definition import Checklist, Question

# What decides the defaults of the other fields of a question (weight, required, comment).
DECIDING = ("id", "text", "kind", "scale", "bands", "options", "bonus")


def write_source(checklist: Checklist) -> str:
    """YAML that reads back as the same checklist, in the order in which a person would write it."""
    data = checklist.model_dump(mode="json", by_alias=True, exclude_none=True)
    for section, written in zip(checklist.sections, data["sections"], strict=True):
        written["questions"] = [_write_question(question) for question in section.questions]
    if not data["scenarios"]:
        del data["scenarios"]
    text: str = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
    return text


def _write_question(question: Question) -> dict[str, Any]:
    written = question.model_dump(mode="json", by_alias=True, exclude_none=True)
    decided = {name: written[name] for name in DECIDING if written.get(name)}
    usual = Question.model_validate(decided).model_dump(mode="json", by_alias=True, exclude_none=True)
    return {name: value for name, value in written.items() if name in decided or value != usual.get(name)}


class _Dumper(yaml.SafeDumper):
    """Short pairs of texts stay on one line, and lists are indented below their name."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        return super().increase_indent(flow, False)
