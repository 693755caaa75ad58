"""A small checklist with texts, and versions of it in which single fields are different."""

import json
from typing import Any

import yaml

from checklists.definition import Checklist
from checklists.loading import read_checklist
from checklists.problems import describe_problems

BASE = """
checklist: corner-shop
title: {ru: Лавка, en: Corner shop}
channel: visit
scenarios: [shop-purchase]
bands:
  - {at: 90, id: top-band, label: {ru: Отлично, en: Excellent}}
  - {at: 0, id: low-band, label: {ru: Слабо, en: Weak}}
sections:
  - id: sec-hall
    title: {ru: Зал, en: Hall}
    weight: 40
    questions:
      - {id: hello-q, text: {ru: Поздоровались, en: Was there a greeting}, kind: yes_no}
      - {id: mood-q, text: {ru: Как настроение, en: What was the mood}, kind: scale, scale: {low: 1, high: 5}}
      - id: offer-q
        text: {ru: Что предложили, en: What was offered}
        kind: choice
        options:
          - {id: opt-two, text: {ru: Два товара, en: Two goods}, points: 2}
          - {id: opt-none, text: {ru: Ничего, en: Nothing}, points: 0}
      - id: facts-q
        text: {ru: О чём рассказали, en: What was told}
        kind: multi
        options:
          - {id: opt-price, text: {ru: Цена, en: Price}, points: 1}
          - {id: opt-care, text: {ru: Уход, en: Care}, points: 1}
  - id: sec-till
    title: {ru: Касса, en: Till}
    weight: 60
    questions:
      - id: queue-q
        text: {ru: Сколько ждали, en: How long was the wait}
        kind: duration
        bands: [{upto: 600, share: 1}, {upto: 960, share: 1/2}]
      - id: tills-q
        text: {ru: Сколько касс открыто, en: How many tills were open}
        kind: number
        bands: [{upto: 1, share: 0}, {upto: 9, share: 1}]
      - id: open-q
        text: {ru: Когда открылись, en: When did it open}
        kind: time
        bands: [{upto: '10:00', share: 1}]
      - {id: words-q, text: {ru: Что запомнилось, en: What stayed in mind}, kind: text}
"""
ABSENT = "-"


def read_base() -> dict[str, Any]:
    """The raw data of the base."""
    data: dict[str, Any] = yaml.safe_load(BASE)
    return data


def set_value(data: dict[str, Any], address: str, value: Any) -> None:
    """Set "sec-hall.weight" in a part, or "scoring.mode" in the whole; the value ABSENT leaves it out."""
    place, _, field = address.partition(".")
    holder = next((part for part in _list_parts(data) if part["id"] == place), None)
    if holder is None:
        holder, field = data, address
    *path, last = field.split(".")
    for step in path:
        holder = holder[int(step)] if isinstance(holder, list) else holder.setdefault(step, {})
    if value == ABSENT:
        holder.pop(last, None)
    else:
        holder[last] = value


def read(data: dict[str, Any]) -> Checklist:
    """The checklist of raw data that is in order."""
    checklist, problems = read_checklist(json.dumps(data), name="base")
    assert checklist is not None, describe_problems(problems, "en")
    return checklist


def _list_parts(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [*data["sections"], *(question for part in data["sections"] for question in part["questions"])]
