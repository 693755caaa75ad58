"""The difference between two versions of a checklist, in words a programme lead can read."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from checklists.definition import Checklist
from checklists.loading import checklist_to_json
from checklists.localtext import Language, LocalText
from checklists.problems import Place

CHANGES: Mapping[str, LocalText] = {
    "section_added": LocalText(ru="добавлен раздел «{after}»", en="section “{after}” added"),
    "section_removed": LocalText(ru="удалён раздел «{before}»", en="section “{before}” removed"),
    "sections_reordered": LocalText(ru="изменён порядок разделов", en="the order of the sections changed"),
    "question_added": LocalText(ru="добавлен вопрос «{after}»", en="question “{after}” added"),
    "question_removed": LocalText(ru="удалён вопрос «{before}»", en="question “{before}” removed"),
    "question_moved": LocalText(
        ru="вопрос перенесён из раздела {before} в раздел {after}",
        en="question moved from section {before} to section {after}",
    ),
    "questions_reordered": LocalText(ru="изменён порядок вопросов", en="the order of the questions changed"),
    "entry_added": LocalText(ru="добавлено: {after}", en="added: {after}"),
    "entry_removed": LocalText(ru="удалено: {before}", en="removed: {before}"),
    "entry_changed": LocalText(ru="было {before}, стало {after}", en="was {before}, is now {after}"),
    "entries_reordered": LocalText(ru="изменён порядок", en="the order changed"),
}


@dataclass(frozen=True)
class Change:
    """One difference; `before` and `after` are plain JSON data, None where there is nothing."""

    kind: str
    place: Place
    before: Any = None
    after: Any = None

    def message(self, language: Language) -> str:
        """Say the change in one sentence, place included."""
        before, after = (_show(value, language) for value in (self.before, self.after))
        text = CHANGES[self.kind].in_language(language).format(before=before, after=after)
        place = self.place.describe(language)
        return f"{place}: {text}" if place else text


def describe_changes(old: Checklist, new: Checklist) -> list[Change]:
    """Return what a reader of both versions would see as different; equal versions give an empty list."""
    before, after = _take_apart(old), _take_apart(new)
    changes = list(_compare(Place(), before.rules, after.rules))
    changes += _compare_parts("section", before.sections, after.sections)
    changes += _compare_parts("question", before.questions, after.questions)
    return changes


@dataclass(frozen=True)
class _Part:
    place: Place
    name: Any
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class _Parts:
    rules: Mapping[str, Any]
    sections: Mapping[str, _Part]
    questions: Mapping[str, _Part]


def _take_apart(checklist: Checklist) -> _Parts:
    """Split a version into its own fields, its sections and its questions, each without what lies below."""
    data = json.loads(checklist_to_json(checklist))
    sections: dict[str, _Part] = {}
    questions: dict[str, _Part] = {}
    for section in data.pop("sections"):
        for question in section.pop("questions"):
            place = Place(section=section["id"], question=question["id"])
            questions[question["id"]] = _Part(place, question["text"], question)
        sections[section["id"]] = _Part(Place(section=section["id"]), section["title"], section)
    return _Parts(data, sections, questions)


def _compare_parts(kind: str, olds: Mapping[str, _Part], news: Mapping[str, _Part]) -> Iterator[Change]:
    for name, part in olds.items():
        if name not in news:
            yield Change(f"{kind}_removed", part.place, before=part.name)
    for name, part in news.items():
        old = olds.get(name)
        if old is None:
            yield Change(f"{kind}_added", part.place, after=part.name)
            continue
        if old.place != part.place:
            yield Change(f"{kind}_moved", part.place, old.place.section, part.place.section)
        yield from _compare(part.place, old.fields, part.fields)
    if _order(olds, news) != _order(news, olds):
        yield Change(f"{kind}s_reordered", Place())


def _order(entries: Mapping[str, Any], others: Mapping[str, Any]) -> list[str]:
    return [name for name in entries if name in others]


def _compare(place: Place, old: Any, new: Any) -> Iterator[Change]:
    """Descend while both sides have the same shape, so that a change is named as deep as it lies."""
    if old == new:
        return
    olds, news = _as_entries(old), _as_entries(new)
    if olds is None or news is None:
        kind = "entry_added" if old is None else "entry_removed" if new is None else "entry_changed"
        yield Change(kind, place, old, new)
        return
    for name in [*olds, *(name for name in news if name not in olds)]:
        field = name if place.field is None else f"{place.field}.{name}"
        yield from _compare(replace(place, field=field), olds.get(name), news.get(name))
    if isinstance(old, list) and _order(olds, news) != _order(news, olds):
        yield Change("entries_reordered", place)


def _as_entries(value: Any) -> dict[str, Any] | None:
    """Return the named entries of a record, or of a list whose entries have ids."""
    if isinstance(value, dict):
        return value
    if (
        isinstance(value, list)
        and value
        and all(isinstance(entry, dict) and "id" in entry for entry in value)
    ):
        return {entry["id"]: entry for entry in value}
    return None


def _show(value: Any, language: Language) -> str:
    """Show JSON data to a person: a text in the reader's language, a record by its text, bands as pairs."""
    if isinstance(value, dict):
        for name in (language, "text", "label", "title"):
            if name in value:
                return _show(value[name], language)
        return ", ".join(f"{name} {_show(entry, language)}" for name, entry in value.items())
    if isinstance(value, list):
        return "; ".join(_show(entry, language) for entry in value) or "–"
    return value if isinstance(value, str) else json.dumps(value)
