"""The words on charts, in Russian and English: keys, axes, and what the lines of a funnel mean."""

from typing import Final

from checklists.localtext import Language
from reports.catalogues import fill_in

# Each line is (Russian, English). Names in braces are filled in by `say_chart`.
WORDS: Final[dict[str, tuple[str, str]]] = {
    "fair": ("справедливый балл", "fair score"),
    "interval": ("вероятно, в этих границах", "likely within these limits"),
    "raw": ("среднее как есть", "mean as it is"),
    "mean": ("средний визит по модели: {mean}", "average visit by the model: {mean}"),
    "tip": (
        "{fair}, вероятно, от {low} до {high}; среднее как есть {raw}",
        "{fair}, likely between {low} and {high}; mean as it is {raw}",
    ),
    "sign_words": ("знак на картинке", "sign in the picture"),
    "axis_words": ("шкала баллов", "scale of scores"),
    # The waterfall
    "start": ("Среднее как есть", "Mean as it is"),
    "start_meaning": (
        "Простое среднее базовых баллов: {visits}.",
        "The plain mean of the base scores: {visits}.",
    ),
    "end": ("Справедливый балл", "Fair score"),
    "end_meaning": (
        "Строки выше складываются ровно в него.",
        "The lines above add up to it exactly.",
    ),
    "key_before": ("балл до шага", "score before the step"),
    "key_after": ("балл после него", "score after it"),
    # The funnel
    "visits_axis": ("Визитов у сотрудника", "Visits of an employee"),
    "funnel_inner": ("границы 95 %", "95% limits"),
    "funnel_outer": ("границы 99,8 %", "99.8% limits"),
    "funnel_point": ("{name}: {mean}, {visits}", "{name}: {mean}, {visits}"),
    "funnel_colleagues": (
        "Точка — сотрудник: простое среднее и число визитов. Если бы люди не отличались друг от друга, а "
        "балл меняли бы только аудиторы, магазины и случай, между внутренними линиями оказались бы 95 "
        "человек из 100, между внешними — 998 из 1000. Чем меньше визитов, тем шире границы: среднее по трём "
        "визитам легко уходит далеко само собой.",
        "Each dot is an employee: the plain mean and the number of visits. If people did not differ and only "
        "auditors, shops and chance moved the score, 95 people in 100 would lie between the inner lines and "
        "998 in 1,000 between the outer ones. The fewer the visits, the wider the limits: a mean of three "
        "easily goes far by itself.",
    ),
    "funnel_customer": (
        "Точка — сотрудник: простое среднее и число визитов. Если бы все покупатели получали одно и то же, а "
        "балл меняли бы только аудиторы и случай, между внутренними линиями оказались бы 95 человек из 100, "
        "между внешними — 998 из 1000. Чем меньше визитов, тем шире границы: среднее по трём визитам легко "
        "уходит далеко само собой.",
        "Each dot is an employee: the plain mean and the number of visits. If every customer got the same "
        "and only auditors and chance moved the score, 95 people in 100 would lie between the inner lines "
        "and 998 in 1,000 between the outer ones. The fewer the visits, the wider the limits: a mean of "
        "three easily goes far by itself.",
    ),
}


def say_chart(key: str, language: Language, **details: object) -> str:
    """Give the word for a key in a language; KeyError for a key that the catalogue does not have."""
    return fill_in(WORDS, key, language, **details)
