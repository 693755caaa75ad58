"""The words of the files that leave a comparison: each line is (Russian, English)."""

from typing import Final

from checklists.localtext import Language
from reports.catalogues import fill_in

WORDS: Final[dict[str, tuple[str, str]]] = {
    # The sheets of the workbook
    "sheet_people": ("Сравнение", "Comparison"),
    "sheet_steps": ("Как получился балл", "How scores come about"),
    "sheet_visits": ("Визиты", "Visits"),
    "sheet_notes": ("О методе", "Method"),
    # One row a person
    "employee": ("Сотрудник", "Employee"),
    "unit": ("Подразделение", "Unit"),
    "region": ("Регион", "Region"),
    "fair": ("Справедливый балл", "Fair score"),
    "low": ("Вероятно, от", "Likely from"),
    "high": ("Вероятно, до", "Likely to"),
    "raw": ("Среднее как есть", "Mean as it is"),
    "counted": ("Учтено визитов", "Visits counted"),
    "auditors": ("Разных аудиторов", "Different auditors"),
    "state": ("Состояние", "State"),
    "sentence": ("Вывод", "In words"),
    "may_pay": ("Хватает для оплаты", "Enough for pay"),
    "visits": ("Визитов в выборе", "Visits in this choice"),
    "knocked_out": ("Сработал критический вопрос, визитов", "Visits where a critical question decided"),
    "too_little": ("Оценено слишком мало, визитов", "Visits with too little assessed"),
    "not_scored": ("Без оценки, визитов", "Visits not scored"),
    "section_visits": ("{section}: визитов", "{section}: visits"),
    "warnings": ("На что обратить внимание", "What to be wary of"),
    "visit_ids": ("Номера визитов", "Visit ids"),
    "team": ("Вся группа", "The whole group"),
    "state_shown": ("балл показан", "score shown"),
    "state_not_enough_visits": ("мало визитов", "not enough visits"),
    "state_not_modelled": ("сравнить нельзя", "cannot be compared"),
    "yes": ("да", "yes"),
    "no": ("нет", "no"),
    # The visits
    "date": ("Дата", "Date"),
    "checklist": ("Анкета", "Checklist"),
    "version": ("Версия", "Version"),
    "base": ("Базовый балл", "Base score"),
    "base_in_common": ("Базовый балл на общих стандартах", "Base score on common standards"),
    "coverage": ("Оценено, %", "Assessed, %"),
    "in_mean": ("Учтён", "Counted"),
    "critical": ("Сработал критический вопрос", "A critical question decided"),
    "visit": ("Визит", "Visit"),
    # The notes
    "part_scope": ("Что сравнивается", "What is compared"),
    "part_programme": ("Сама программа", "The programme itself"),
    "part_warnings": ("На что обратить внимание", "What to be wary of"),
    "part_method": ("Как это посчитано", "How this is counted"),
    "figure": ("Балл: {name}. {meaning}", "Figure: {name}. {meaning}"),
    "revision": ("Ревизия данных: {revision}", "Data revision: {revision}"),
    "counted_of": (
        "Учтено {counted} из {all} по всей компании за эти дни",
        "Counted: {counted} of {all} in the whole company over these days",
    ),
    "versions_broken": (
        "Визиты по версиям {numbers} не вошли: у этих версий слишком мало общего с новой.",
        "Visits on versions {numbers} are left out: these have too little in common with the newest one.",
    ),
    "regions_apart": (
        "Этот балл сравнивает внутри магазина или региона: людей из разных регионов по нему не сравнивайте.",
        "This figure compares within a shop or a region: do not compare people of different regions by it.",
    ),
    "average_visit": (
        "Балл среднего визита по модели (это не простое среднее всех визитов)",
        "Score of an average visit by the model (which is not the plain mean of all visits)",
    ),
    "sd": ("Разброс, в баллах: {factor}", "Spread (sd), in points: {factor}"),
    "reliability_of": (
        "Доля самого человека в среднем из стольких визитов: {count}, %",
        "Share of the person in a mean of this many visits: {count}, %",
    ),
    "reliability_with_shops_of": (
        "Доля самого человека и магазинов, где он работал, в среднем из стольких визитов: {count}, %",
        "Share of the person and the shops worked in, in a mean of this many visits: {count}, %",
    ),
    "link_share": (
        "Визиты приезжих аудиторов, %",
        "Visits by auditors from other regions, %",
    ),
    "called_from": (
        "Разница названа при вероятности от, %",
        "A difference is called from a chance of, %",
    ),
    "pay_rule": (
        "«Хватает для оплаты» значит: учтено не меньше шести визитов. Платить ли, решает человек.",
        "“Enough for pay” means that at least six visits count. Whether to pay is for a person to decide.",
    ),
    "sections_plain": (
        "Баллы по разделам — простые средние визитов от трёх, без поправки на аудиторов и магазины.",
        "Section scores are plain means from three visits on, without allowance for auditors and shops.",
    ),
    "whole_company": (
        "Балл опирается на все визиты сотрудника в компании за эти дни, остальное — на визиты в выбранных "
        "подразделениях.",
        "A score rests on all visits of a person in the company over these days, the rest on visits in the "
        "chosen units.",
    ),
    "adds_up": (
        "Среднее и все поправки складываются точно в справедливый балл.",
        "The mean and all the steps add up exactly to the fair score.",
    ),
    "hidden": (
        "Имена скрыты: вместо них коды этого месяца. Списка визитов нет: день и место выдали бы человека.",
        "Names are hidden behind codes of this month. Visits are not listed: day and place would tell whose.",
    ),
    # Trends
    "trend_label": ("{name}, базовый балл визитов: {points}", "{name}, base score of visits: {points}"),
    "months_label": ("Среднее всех визитов месяца: {months}", "Mean of all visits of a month: {months}"),
    "trend_frame": (
        "На всех картинках дни слева направо, с {first} по {last}; балл снизу вверх, от {low} до {high}; "
        "пунктир — достойный уровень, {mark}.",
        "In every picture days run from left to right, {first} to {last}, scores from {low} up to {high}; "
        "the dashed line is satisfactory, {mark}.",
    ),
    "trend_points": (
        "Точка — визит. Линии нет нарочно: между визитами ничего не измерено. Пустой кружок — оценено меньше "
        "60 % анкеты.",
        "A dot is a visit. There is no line on purpose: nothing was measured between visits. A hollow dot: "
        "less than 60% was assessed.",
    ),
    "no_change": ("{visits}, об изменении говорить рано", "{visits}; no change can be told yet"),
    "standards_sentence": (
        "В скольких визитах каждый стандарт соблюдён полностью: {people}, {visits}.",
        "In how many visits each standard was kept in full: {people}, {visits}.",
    ),
    "months_note": (
        "Простое среднее всех визитов месяца, от пяти сотрудников. Состав месяцев разный: кого, где и кто "
        "проверял, меняется и само двигает среднее.",
        "The plain mean of all visits of a month, from five employees on. Months differ in whom was visited, "
        "where and by whom, and that alone moves the mean.",
    ),
    "too_little_short": ("оценено слишком мало", "too little was assessed"),
    "too_few_people": (
        "мало сотрудников ({available} из {needed})",
        "not enough people ({available} of {needed})",
    ),
    # In print
    "kind": ("Сравнение сотрудников", "Comparison of staff"),
    "people_and_visits": ("{people}, учтено {visits}.", "{people}, {visits} counted."),
    "told_shop": (
        "Явная разница с коллегами по магазину есть у {told} из {people}.",
        "A clear difference from shop colleagues can be told for {told} of {people}.",
    ),
    "told_region": (
        "Явная разница с другими в регионе есть у {told} из {people}.",
        "A clear difference from others in the region can be told for {told} of {people}.",
    ),
    "figure_short": ("Балл", "Figure"),
    "revision_short": ("Ревизия данных", "Data revision"),
    "figures": ("Числа", "The figures"),
    "interval": ("Вероятно", "Likely"),
    "counted_short": ("Визиты", "Visits"),
    "auditors_short": ("Аудиторы", "Auditors"),
    "knocked_out_short": ("Критические", "Critical"),
    "and_too_little": ("и {count} неполных", "and {count} incomplete"),
    "figures_note": (
        "«Вероятно» — границы, между которыми настоящий балл лежит в девяти случаях из десяти. "
        "«Критические» — визиты, где сработал критический вопрос. Прочерк — балла пока нет.",
        "“Likely” are the limits between which the true score lies nine times in ten. “Critical” counts "
        "visits where a critical question decided. A dash: no score yet.",
    ),
    "counts_in_brackets": (
        "В скобках — сколько визитов за баллом; прочерк — их меньше трёх.",
        "In brackets: the number of visits behind a score; a dash where there are fewer than three.",
    ),
    "all_people": ("Сотрудники по алфавиту", "Staff, alphabetically"),
    "all_people_hidden": ("Сотрудники", "Staff"),
    "sections": ("Разделы", "Sections"),
    "sections_part": ("часть {number} из {count}", "part {number} of {count}"),
    "no_people": ("Никто не подходит под этот выбор.", "Nobody fits this choice."),
}


def say_book(key: str, language: Language, **details: object) -> str:
    """Give the words for a key in a language; KeyError for a key that the catalogue does not have."""
    return fill_in(WORDS, key, language, **details)
