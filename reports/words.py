"""Every word a report prints, in Russian and English; texts of a checklist come from the checklist itself."""

from typing import Final

from checklists.localtext import Language
from reports.catalogues import fill_in

# Each line is (Russian, English). Names in braces are filled in by `say`.
WORDS: Final[dict[str, tuple[str, str]]] = {
    # The cover
    "report": ("Отчёт о проверке", "Visit report"),
    "unit": ("Подразделение", "Unit"),
    "employee": ("Сотрудник", "Employee"),
    "whole_unit": ("оценивается всё подразделение", "the unit as a whole"),
    "unit_unknown": ("не указано", "not given"),
    "checklist": ("Анкета", "Checklist"),
    "version": ("версия {version}", "version {version}"),
    "scenario": ("Легенда", "Scenario"),
    "role": ("Роль, которую получил аудитор", "The role the auditor was given"),
    "expected": ("Чего ждали от сотрудника", "What was expected of the employee"),
    "date_unknown": ("день не указан", "no date given"),
    "date": ("Дата", "Date"),
    "part_morning": ("утром", "in the morning"),
    "part_afternoon": ("днём", "in the afternoon"),
    "part_evening": ("вечером", "in the evening"),
    "part_night": ("ночью", "at night"),
    "result": ("Итог", "Result"),
    "percent_of_it": ("{figure}\N{NO-BREAK SPACE}%", "{figure}%"),
    "out_of": ("из {most}", "out of {most}"),
    "passed": ("Зачтено", "Passed"),
    "not_passed": ("Не зачтено", "Not passed"),
    "provisional": (
        "Предварительно: не на все обязательные вопросы есть ответ",
        "Provisional: some required answers are still missing",
    ),
    "not_scored_visit": ("Без оценки", "Not scored"),
    "not_scored_why": (
        "Ни один вопрос, который даёт баллы, в этой проверке не оценён.",
        "No question that carries points was assessed in this visit.",
    ),
    "coverage": ("Оценено {percent} % анкеты", "{percent}% of the checklist was assessed"),
    "too_little": (
        "Оценено слишком мало. В сравнения этот визит не входит.",
        "Too little was assessed. This visit is left out of comparisons.",
    ),
    # Critical questions
    "knocked_out": ("Сработал критический вопрос", "A critical question decided"),
    "dash": ("—", "–"),
    "effect_zero_section": ("раздел «{section}» обнулён", "section “{section}” counts as zero"),
    "effect_cap_section": (
        "раздел «{section}»: не больше {cap} %",
        "section “{section}” counts for at most {cap}%",
    ),
    "effect_cap_visit": ("итог не выше {cap}", "the result is at most {cap}"),
    "effect_fail_visit": ("итог равен нулю", "the result is zero"),
    # Sections, strengths, what to practise
    "sections": ("Разделы", "Sections"),
    "not_assessed": ("не оценивался", "not assessed"),
    "capped_at": ("критический вопрос: не больше {cap} %", "critical question: at most {cap}%"),
    "below_mark": ("порог {mark} не пройден", "below its threshold of {mark}"),
    "tick_satisfactory": (
        "Чёрточка на полосе — достойный уровень, {mark} %",
        "The tick on a bar is the satisfactory level, {mark}%",
    ),
    "tick_threshold": (
        "Чёрточка на полосе — порог раздела, а где его нет, достойный уровень, {mark} %",
        "The tick on a bar is the section's threshold or, without one, the satisfactory level, {mark}%",
    ),
    "this_visit": ("Этот визит", "This visit"),
    "mean_unit": ("Подразделение", "Unit"),
    "mean_programme": ("Программа", "Programme"),
    "mean_visits": ("({visits})", "({visits})"),
    "means_note": (
        "Средние — за {days} дней до этого визита по той же версии анкеты, в скобках число визитов",
        "Means are of the {days} days before this visit, same version of the checklist, visits in brackets",
    ),
    "no_mean_unit": (
        "Среднего по подразделению нет: раньше было визитов {visits}, сотрудников {people}, "
        "а нужно хотя бы {least_visits} и {least_people}",
        "The unit has no mean: earlier visits were {visits}, to {people} people; "
        "it takes at least {least_visits} to {least_people}",
    ),
    "no_mean_programme": (
        "Среднего по программе нет: раньше было визитов {visits}, сотрудников {people}, "
        "а нужно хотя бы {least_visits} и {least_people}",
        "The programme has no mean: earlier visits were {visits}, to {people} people; "
        "it takes at least {least_visits} to {least_people}",
    ),
    "bar_alone": ("{section}: полоса на {percent} %", "{section}: a bar of {percent}%"),
    "strengths": ("Что получилось", "What went well"),
    "no_strengths": (
        "Полностью соблюдённых стандартов в этот раз нет.",
        "No standard was kept in full this time.",
    ),
    "misses": ("Над чем поработать", "What to practise"),
    "no_misses": ("Все оценённые стандарты соблюдены.", "Every assessed standard was kept."),
    "nothing_assessed": (
        "Стандарты в этой проверке не оценивались.",
        "No standard was assessed in this visit.",
    ),
    "best": ("Образец", "At its best"),
    "practice": ("Тренировка", "To practise"),
    "more_misses": ("ещё {count} на странице", "{count} more on page"),
    "other_misses": ("Остальные стандарты, над которыми стоит поработать", "Other standards to practise"),
    # Corrections
    "corrected_review": (
        "После проверки анкеты исправлены ответы: {questions}",
        "Answers corrected after the review: {questions}",
    ),
    "corrected_appeal": (
        "После апелляции исправлены ответы: {questions}",
        "Answers corrected after an appeal: {questions}",
    ),
    "after_review": ("после проверки анкеты", "after the review"),
    "after_appeal": ("после апелляции", "after an appeal"),
    "corrected": ("Исправлено {when}", "Corrected on {when}"),
    "became": ("стало", "became"),
    # The seal
    "stamp": ("Отметка отчёта", "Report stamp"),
    "check_report": ("Проверить отчёт", "Check this report"),
    "code": ("Код для проверки отчёта: {address}", "Code to check this report: {address}"),
    "logo": ("Логотип: {company}", "Logo: {company}"),
    # Marks
    "kept": ("соблюдено", "kept"),
    "partly": ("частично", "partly"),
    "missed": ("не соблюдено", "missed"),
    "critical": ("критический", "critical"),
    "critical_question": ("критический вопрос", "critical question"),
    "critical_fired": ("критический вопрос: сработал", "critical question: it decided"),
    "not_applicable": ("неприменимо", "not applicable"),
    "no_answer": ("нет ответа", "no answer"),
    "no_points": ("без баллов", "carries no points"),
    # Questions and answers
    "questionnaire": ("Вопросы и ответы", "Questions and answers"),
    "yes": ("Да", "Yes"),
    "no": ("Нет", "No"),
    "of": ("{part} из {whole}", "{part} of {whole}"),
    "scale": ("{value} по шкале от {low} до {high}", "{value} on a scale of {low} to {high}"),
    "none_chosen": ("ничего из списка", "none of the list"),
    "files": ("приложено: {count}", "attached: {count}"),
    "bonus_points": ("бонус {points}", "bonus {points}"),
    "bonus_withheld": ("бонус {points} не засчитан", "bonus {points} withheld"),
    "bonus_possible": ("бонус до {points}", "bonus up to {points}"),
    "photo": ("Фото {number}", "Photo {number}"),
    "photo_to": ("Фото {number} к вопросу {question}", "Photo {number} for question {question}"),
    "photo_gone": ("{photo}: снимка больше нет", "{photo}: the picture is no longer there"),
    "visit_photos": ("Фото визита", "Photos of the visit"),
    "hours_short": ("ч", "h"),
    "minutes_short": ("мин", "min"),
    "seconds_short": ("с", "s"),
    # The arithmetic
    "arithmetic": ("Как получился балл", "How the score adds up"),
    "section": ("Раздел", "Section"),
    "points": ("Баллы", "Points"),
    "percent": ("Процент", "Percent"),
    "weight": ("Вес", "Weight"),
    "share": ("Доля, %", "Share, %"),
    "adds": ("Вклад", "Adds"),
    "base": ("Базовый балл", "Base score"),
    "step_section_cap": (
        "Раздел «{section}» ограничен критическим вопросом: {cap} %",
        "Section “{section}” is capped by a critical question: {cap}%",
    ),
    "step_bonus": ("Бонус: {question}", "Bonus: {question}"),
    "step_bonus_withheld": (
        "Бонус не засчитан из-за критического вопроса: {question}",
        "Bonus withheld because of a critical question: {question}",
    ),
    "step_visit_cap": ("Критический вопрос: не больше {cap}", "Critical question: at most {cap}"),
    "step_fail": ("Критический вопрос обнуляет итог", "Critical question: the result is zero"),
    "step_most": ("Итог не бывает больше {most}", "The result is at most {most}"),
    "exact": ("Точное значение: {fraction}.", "Exact value: {fraction}."),
    "shown_as": (
        "На первой странице показано {shown}: до следующего порога не хватило меньше десятой.",
        "The first page shows {shown}: the next threshold was missed by less than a tenth.",
    ),
    "shares_note": (
        "Доля раздела — его вес среди оценённых разделов; вклад — процент раздела, умноженный на долю.",
        "A section's share is its weight among the assessed sections; it adds its percent times its share.",
    ),
    "points_note": (
        "Доля раздела — его возможные баллы, умноженные на вес; вклад — процент, умноженный на долю.",
        "A section's share is its possible points times its weight; it adds its percent times its share.",
    ),
    "rounding_note": (
        "Считаем точно, округляем один раз, в конце. Сотые в строках подобраны так, чтобы сумма сходилась.",
        "Sums are exact and rounded once, at the end. Hundredths in the lines are set so that they add up.",
    ),
    # The foot
    "page": ("стр.", "page"),
    "of_pages": ("из", "of"),
}


def say(key: str, language: Language, **details: object) -> str:
    """Give the word for a key in a language; KeyError for a key that the catalogue does not have."""
    return fill_in(WORDS, key, language, **details)
