"""One difference between two versions: its kind, its place, and its sentence in either language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from checklists.changes.names import NAMES
from checklists.changes.phrases import Phrase, compose, quote
from checklists.changes.texts import CHANGES
from checklists.localtext import Language, LocalText
from checklists.problems import Place

IN_SECTION = Phrase("раздел {section}: {sentence}", "section {section}: {sentence}")
IN_QUESTION = Phrase("{section}, вопрос {question}: {sentence}", "{section}, {question}: {sentence}")

NOWHERE = Place()


@dataclass(frozen=True)
class Change:
    """One difference. `kind` names a sentence of the catalogue, `place` holds the ids and the field.

    `before` and `after` are the values in words, `subject` is what else the sentence is about. `section` and
    `question` are the title and the text to show as headings, None above their level.
    """

    kind: str
    subject: Phrase | None = None
    before: Phrase | None = None
    after: Phrase | None = None
    place: Place = NOWHERE
    section: LocalText | None = None
    question: LocalText | None = None

    def sentence(self, language: Language) -> str:
        """Say the change alone, for a page where section and question are headings."""
        return _begin_sentence(self._words().in_language(language))

    def message(self, language: Language) -> str:
        """Say the change in one sentence with the section's title and the question's text."""
        return _begin_sentence(self._placed_words().in_language(language))

    def _words(self) -> Phrase:
        return compose(CHANGES[self.kind], subject=self.subject, before=self.before, after=self.after)

    def _placed_words(self) -> Phrase:
        if self.section is None:
            return self._words()
        if self.question is None:
            return compose(IN_SECTION, section=quote(self.section), sentence=self._words())
        title = Phrase(self.section.ru, self.section.en)
        return compose(IN_QUESTION, section=title, question=quote(self.question), sentence=self._words())


def place_changes(changes: Iterator[Change], field: str) -> Iterator[Change]:
    """Name the field in which the changes lie."""
    for change in changes:
        yield replace(change, place=replace(change.place, field=field))


def compare_rule(name: str, old: object, new: object, words: tuple[Phrase, Phrase]) -> Iterator[Change]:
    """Compare a rule that always holds in some form; `words` say the old and the new form."""
    if old != new:
        yield _unless_alike("rule_changed", name, *words)


def compare_value(name: str, old: object, new: object, words: tuple[Phrase, Phrase]) -> Iterator[Change]:
    """Compare a plain value: was 2, is now 3."""
    if old != new:
        yield _unless_alike("value_changed", name, *words)


def compare_optional(
    name: str, old: object, new: object, words: tuple[Phrase | None, Phrase | None]
) -> Iterator[Change]:
    """Compare what may be absent: `<name>_set`, `<name>_dropped` or `<name>_changed`."""
    before, after = words
    if old == new:
        return
    if before == after:
        yield report_rewriting(name)
        return
    ending = "set" if before is None else "dropped" if after is None else "changed"
    yield Change(f"{name}_{ending}", before=before, after=after)


def report_rewriting(name: str) -> Change:
    """Say that something is written differently and means the same."""
    return Change("rewritten", subject=NAMES[name])


def _unless_alike(kind: str, name: str, before: Phrase, after: Phrase) -> Change:
    if before == after:
        return report_rewriting(name)
    return Change(kind, subject=NAMES[name], before=before, after=after)


def _begin_sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
