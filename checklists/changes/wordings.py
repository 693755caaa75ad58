"""What an author wrote and rewrote: titles, questions, hints; long texts are shown where they differ."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from checklists.changes.change import Change
from checklists.changes.names import IN_ENGLISH, IN_RUSSIAN, NAMES
from checklists.changes.phrases import Phrase, compose, quote, say_alike
from checklists.localtext import LocalText

LONG = 160
LONGEST = 400
CONTEXT = 3
CUT = "…"


def compare_wording(thing: Phrase, old: LocalText, new: LocalText) -> Iterator[Change]:
    """Compare a text in both its languages; each language is a change of its own."""
    for template, before, after in ((IN_RUSSIAN, old.ru, new.ru), (IN_ENGLISH, old.en, new.en)):
        if before == after:
            continue
        subject = compose(template, thing=thing)
        if before.split() == after.split():
            yield Change("spacing_changed", subject=subject)
            continue
        was, now = (quote(say_alike(text)) for text in show_difference(before, after))
        yield Change("wording_changed", subject=subject, before=was, after=now)


def compare_optional_wording(name: str, old: LocalText | None, new: LocalText | None) -> Iterator[Change]:
    """Compare a text that may be absent: `<name>_set`, `<name>_dropped`, or what its wording became."""
    if old is not None and new is not None:
        yield from compare_wording(NAMES[name], old, new)
    elif new is not None:
        yield Change(f"{name}_set", after=show_text(new))
    elif old is not None:
        yield Change(f"{name}_dropped", before=show_text(old))


def show_text(text: LocalText) -> Phrase:
    """Quote a text, cut where it is too long to be read in a list."""
    return quote(Phrase(_cut(text.ru), _cut(text.en)))


def show_difference(before: str, after: str) -> tuple[str, str]:
    """Return both texts whole when they are short, else the words around what differs."""
    if max(len(before), len(after)) <= LONG:
        return before, after
    olds, news = before.split(), after.split()
    head = _count_alike(olds, news)
    tail = _count_alike(olds[head:][::-1], news[head:][::-1])
    start, spare = max(0, head - CONTEXT), max(0, tail - CONTEXT)
    return _excerpt(olds, start, spare), _excerpt(news, start, spare)


def _count_alike(olds: list[str], news: list[str]) -> int:
    return sum(1 for _alike in takewhile(lambda pair: pair[0] == pair[1], zip(olds, news, strict=False)))


def _excerpt(words: list[str], start: int, spare: int) -> str:
    shown = " ".join(words[start : len(words) - spare])
    return _cut(f"{CUT + ' ' if start else ''}{shown}{' ' + CUT if spare else ''}")


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}{CUT}"
