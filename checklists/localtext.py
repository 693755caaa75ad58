"""A text that exists in both languages of the product."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

Language = Literal["ru", "en"]
LANGUAGES: tuple[Language, ...] = ("ru", "en")

MAX_TEXT_LENGTH = 4_000
MAX_CUE_LENGTH = 20
MAX_CUE_WORDS = 2


def _check_words(text: str) -> str:
    """A cue stands on a button beside a running time: one word or two, on one line."""
    if len(text.split()) > MAX_CUE_WORDS or not text.isprintable():
        raise PydanticCustomError("cue_words", "one word or two", {"limit": MAX_CUE_LENGTH})
    return text


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TEXT_LENGTH)]
CueText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_CUE_LENGTH),
    AfterValidator(_check_words),
    Field(json_schema_extra={"pattern": r"^\s*\S+(\s+\S+)?\s*$"}),
]


class LocalText(BaseModel):
    """The same sentence written natively in Russian and in English; neither may be empty."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ru: Text
    en: Text

    def in_language(self, language: Language) -> str:
        """Return the sentence in the language asked for."""
        return self.ru if language == "ru" else self.en


class Cue(LocalText):
    """The neutral word or two by which a screen names a question to somebody who must not be noticed."""

    ru: CueText
    en: CueText
