"""Everything the application says is there in Russian as well; a missing translation fails here."""

from __future__ import annotations

import io
import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

MYSTERY = Path(__file__).parent.parent / "mystery"
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)


def read_russian() -> Catalog:
    """The Russian catalogue of the application."""
    path = MYSTERY / "translations" / "ru" / "LC_MESSAGES" / "messages.po"
    return read_po(io.BytesIO(path.read_bytes()), locale="ru")


def list_messages() -> list[tuple[str, str | tuple[str, ...]]]:
    """(place, message) of every text in the code and the templates."""
    found = extract_from_dir(str(MYSTERY), METHODS, keywords=KEYWORDS)
    return [(f"{name}:{line}", message) for name, line, message, _comments, _context in found if message]


def test_it_says_everything_in_russian_too() -> None:
    catalogue = read_russian()
    missing = []
    for place, message in list_messages():
        entry = catalogue.get(message if isinstance(message, str) else message[0])
        translated = entry is not None and not entry.fuzzy and all(_forms_of(entry.string))
        if not translated:
            missing.append(f"{place} {message!r}")
    assert not missing, f"{len(missing)} untranslated; see `make translations`:\n" + "\n".join(
        sorted(set(missing))
    )


def test_it_keeps_the_placeholders_of_every_message() -> None:
    for entry in read_russian():
        if not entry.id:
            continue
        wanted = {name for text in _forms_of(entry.id) for name in PLACEHOLDER.findall(text)}
        for text in _forms_of(entry.string):
            assert set(PLACEHOLDER.findall(text)) <= wanted, entry.id


def test_it_doubles_every_lone_percent_sign_in_a_template() -> None:
    """Templates treat every text as a format, and one that is none is an error of the server."""
    catalogue = read_russian()
    for place, message in list_messages():
        if not place.startswith("templates/"):
            continue
        entry = catalogue.get(message if isinstance(message, str) else message[0])
        for text in filter(None, (*_forms_of(message), *(_forms_of(entry.string) if entry else ()))):
            assert text % dict.fromkeys(PLACEHOLDER.findall(text), 1), place


def test_it_answers_in_russian_letters() -> None:
    allowed = {"Mystery", "English", "CSV", "XLSX", "YAML", "JSON", "PDF"}
    latin = [
        entry.id
        for entry in read_russian()
        if entry.id
        and not CYRILLIC.search(" ".join(_forms_of(entry.string)))
        and str(entry.id) not in allowed
        # Marks of quotation around a name have no letters in either language.
        and any(letter.isalpha() for letter in PLACEHOLDER.sub("", " ".join(_forms_of(entry.id))))
    ]
    assert not latin


def _forms_of(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)
