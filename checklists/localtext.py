"""A text that exists in both languages of the product."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

Language = Literal["ru", "en"]
LANGUAGES: tuple[Language, ...] = ("ru", "en")

MAX_TEXT_LENGTH = 4_000
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TEXT_LENGTH)]


class LocalText(BaseModel):
    """The same sentence written natively in Russian and in English; neither may be empty."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ru: Text
    en: Text

    def in_language(self, language: Language) -> str:
        """Return the sentence in the language asked for."""
        return self.ru if language == "ru" else self.en
