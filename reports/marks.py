"""The marks of a report: a shape and a word each, so that nothing is said by colour alone."""

from enum import StrEnum
from fractions import Fraction

from checklists.localtext import Language
from reports.words import say


class Mark(StrEnum):
    """What became of a standard or a question; the value names the drawing and the word."""

    KEPT = "kept"
    PARTLY = "partly"
    MISSED = "missed"
    NOT_APPLICABLE = "not_applicable"

    def in_words(self, language: Language) -> str:
        """Give the word that always stands beside the drawing."""
        return say(self.value, language)


def mark_share(earned: Fraction, possible: Fraction) -> Mark:
    """Mark earned points against possible ones: all kept, none missed, partly in between."""
    if earned >= possible:
        return Mark.KEPT
    return Mark.MISSED if earned <= 0 else Mark.PARTLY
