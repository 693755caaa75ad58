"""Verifying the pages: each bears the record's stamp and its number, page one its figures once.

Nothing here reads the pages letter by letter: only a signature vouches for those.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pypdf import PdfReader

from checklists.localtext import LANGUAGES, Language, LocalText
from reports.differences import ANOTHER, NONE, Difference
from reports.record import STAMP_LETTERS
from reports.words import say

# A number as people write it, 6 or 95,8 or 1 234; and one with decimals, as every score has them.
NUMBER: Final = r"\d(?:[\d.,\xa0\u202f]*\d)?"
SCORE: Final = r"\d[\d.,\xa0\u202f]*[.,]\d+"
COUNT: Final = r"\d{1,5}"
OVERLAID: Final = LocalText(ru="пометка поверх страницы", en="a note laid over the page")
NOT_AT_THE_END: Final = LocalText(ru="другой конец страницы", en="another end of the page")
SEVERAL: Final = LocalText(ru="несколько", en="several")


@dataclass(frozen=True)
class ReadPage:
    """A page as it can be read: its text, and whether more than links and signatures is laid over it."""

    text: str
    is_overlaid: bool = False

    @property
    def letters(self) -> str:
        """The text without blanks: where words are parted in a PDF is a matter of its layout."""
        return squeeze(self.text)


def read_pages(reader: PdfReader) -> list[ReadPage]:
    """Read the pages of a file in their order; raises what pypdf raises for a page that is none."""
    return [ReadPage(page.extract_text(), any(_list_overlays(page))) for page in reader.pages]


def check_pages(pages: Sequence[ReadPage], digest: str) -> Iterator[Difference]:
    """Every page has to bear the stamp once and to end with its number, 1 to n of n, in one language."""
    stamp = digest[:STAMP_LETTERS]
    language, count = _read_foot(pages[0].text) or (LANGUAGES[-1], len(pages))
    if count != len(pages):
        yield Difference("pages", str(len(pages)), str(count))
    feet = [_list_feet(page.text.rpartition(stamp)[2], language) for page in pages]
    # What is said alike on all pages, such as what the programme is for, was put over nobody's number.
    usual = set(feet[0]).intersection(*feet[1:]) if len(pages) > 1 else set()
    for number, (page, found) in enumerate(zip(pages, feet, strict=True), start=1):
        if page.letters.count(stamp) != 1:
            yield Difference(f"page {number}: stamp", SEVERAL if stamp in page.letters else ANOTHER, stamp)
        own = _write_foot(language, number, count)
        others = [each for each in found if each not in (own, *usual)]
        if others or not page.letters.endswith(squeeze(own)):
            yield Difference(f"page {number}: number", ", ".join(others) or NOT_AT_THE_END, own)
        if page.is_overlaid:
            yield Difference(f"page {number}", OVERLAID, NONE)


def is_said_once(sentence: str, text: str, *, out_of: str = "") -> bool:
    """Whether a text says a sentence once, and none that differs in its numbers alone; see `find_alike`."""
    return [squeeze(each) for each in find_alike(sentence, text, out_of=out_of)] == [squeeze(sentence)]


def find_alike(sentence: str, text: str, *, out_of: str = "") -> list[str]:
    """Every place at which a text says a sentence, be it with other numbers.

    With `out_of` the sentence is a score and what it is out of: another score is alike, whatever is out of
    something else is not.
    """
    if out_of:
        pattern = rf"{SCORE}\s*{_space_out(out_of)}"
    else:
        words = re.split(NUMBER, sentence)
        pattern = rf"\s*{NUMBER}\s*".join(_space_out(each) for each in words)
    # No number begins or ends within a longer one: 0,0 is not said by 90,0.
    return [each[0].strip() for each in re.finditer(rf"(?<![\d.,])(?:{pattern})(?!\d|[.,]\d)", text)]


def squeeze(text: str) -> str:
    """A text without any blanks."""
    return "".join(text.split())


def _space_out(words: str) -> str:
    """A pattern for words that the layout may part anywhere."""
    return r"\s*".join(re.escape(letter) for letter in squeeze(words))


def _write_foot(language: Language, number: int, count: int) -> str:
    return f"{say('page', language)} {number} {say('of_pages', language)} {count}"


def _like_feet(language: Language) -> str:
    return rf"{re.escape(say('page', language))}\s*{COUNT}\s*{say('of_pages', language)}\s*{COUNT}"


def _list_feet(text: str, language: Language) -> list[str]:
    return [" ".join(each.split()) for each in re.findall(_like_feet(language), text)]


def _read_foot(text: str) -> tuple[Language, int] | None:
    """The language of a page's foot, the last one on it, and of how many pages it says that it is one."""
    feet = [
        (foot.start(), language, int(re.findall(r"\d+", foot[0])[-1]))
        for language in LANGUAGES
        for foot in re.finditer(_like_feet(language), text)
    ]
    return max(feet)[1:] if feet else None


def _list_overlays(page: Any) -> Iterator[bool]:
    """For each annotation of a page, whether it shows something: links lead, and signatures are not seen."""
    for reference in page.annotations or ():
        note = reference.get_object()
        holder = note if "/FT" in note or "/Parent" not in note else note["/Parent"]
        kind, field = note.get("/Subtype"), holder.get("/FT")
        yield not (kind == "/Link" and "/AP" not in note) and not (kind == "/Widget" and field == "/Sig")
