"""The words of the page of lenses, in Russian and English: headings, tables, lists of visits."""

from fractions import Fraction
from typing import Final

from checklists.localtext import Language
from reports import consistency_words
from reports.catalogues import fill_in
from reports.lenses import effort_words, impressions_words, pyramid_words
from reports.numbers import format_number

WORDS: Final[dict[str, tuple[str, str]]] = {
    "consistency": consistency_words.WORDS["title"],
    "pyramid": pyramid_words.WORDS["title"],
    "impressions": impressions_words.WORDS["title"],
    "effort": effort_words.WORDS["title"],
    "visits": ("Визитов", "Visits"),
    "answers": ("Ответов", "Answers"),
    "visit_kind": ("Какие визиты", "Which visits"),
    "part_satisfactory": ("● Не ниже достойного уровня", "● Satisfactory"),
    "part_below": ("○ Ниже достойного уровня", "○ Below satisfactory"),
    "part_left_out": ("– Не оценены или оценены слишком мало", "– Not scored, or too little was assessed"),
    "level": ("Уровень", "Level"),
    "share": ("Доля баллов", "Share of points"),
    "state": ("Состояние", "State"),
    "question": ("Вопрос", "Question"),
    "questions": ("{level}: вопросы этого уровня", "{level}: the questions of this level"),
    "impression": ("Впечатление", "Impression"),
    "mean": ("Среднее из 100", "Mean out of 100"),
    "process_gap": ("Процесс против ожидания, пунктов", "Process against expectation, points"),
    "result_gap": ("Результат против ожидания, пунктов", "Result against expectation, points"),
    "ending": ("Чем кончилось", "How it ended"),
    "matters": ("Вопросов", "Matters"),
    "list_below": ("Визиты ниже достойного уровня", "Visits below satisfactory"),
    "list_left_out": ("Визиты, которые не учтены", "Visits that do not count"),
    "list_disappointed": ("Визиты, которые разочаровали", "Visits that ended in disappointment"),
    "list_later": ("Визиты, где вопрос решён не сразу", "Visits whose matter was solved later"),
    "list_never": ("Визиты, где вопрос так и не решён", "Visits whose matter was never solved"),
    "first_contact": ("Решено сразу", "Solved at the first contact"),
    "later": ("Решено не сразу", "Solved later"),
    "never": ("Не решено", "Never solved"),
    "likely": ("вероятно, в этих границах", "likely within these limits"),
    "holds_line": ("черта — {needed}, с неё уровень держится", "the line is {needed}, where a level holds"),
}


def say_page(key: str, language: Language, **details: object) -> str:
    """Give a word of the page; KeyError for a key that the catalogue does not have."""
    return fill_in(WORDS, key, language, **details)


def name_part(part: str, language: Language) -> str:
    """Name a part of the visits that consistency tells apart, with its mark."""
    return say_page(f"part_{part}", language)


def write_mean(value: Fraction, language: Language) -> str:
    """Write a mean rating of 100 with one decimal."""
    return format_number(value, language, places=1, least=1)
