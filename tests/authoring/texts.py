"""Checklists as authors write them, and variations of them."""

from __future__ import annotations

from pathlib import Path

from checklists.definition import Checklist
from checklists.loading import read_checklist

WORKED = (Path(__file__).parents[1] / "checklists" / "worked" / "worked-visit.yaml").read_text(
    encoding="utf-8"
)
SHORT = """\
checklist: short-call
title: {ru: Короткий звонок, en: Short call}
channel: phone
bands: [{at: 0, id: any, label: {ru: Любой, en: Any}}]
sections:
  - id: start
    title: {ru: Начало, en: Start}
    weight: 1
    questions:
      - {id: hello, text: {ru: Поздоровались?, en: Was there a greeting?}, kind: yes_no, weight: 1}
"""
BROKEN = SHORT.replace("kind: yes_no", "kind: yes_or_no").replace("channel: phone", "channel: pigeon")


def with_question(text: str = SHORT) -> str:
    """The same checklist with one question more."""
    return (
        text
        + "      - {id: bye, text: {ru: Попрощались?, en: Was there a goodbye?}, kind: yes_no, weight: 2}\n"
    )


def read(text: str) -> Checklist:
    """The checklist in a text that is in order."""
    checklist, problems = read_checklist(text, name="text")
    assert checklist is not None, [problem.message("en") for problem in problems]
    return checklist
