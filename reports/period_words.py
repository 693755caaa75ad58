"""The words of the reports over a period, in Russian and English."""

from typing import Final

from checklists.localtext import Language
from reports.catalogues import fill_in
from reports.dates import format_date
from reports.period_rows import Period

# Each line is (Russian, English). Names in braces are filled in by `say_period`.
WORDS: Final[dict[str, tuple[str, str]]] = {
    # Who, where, when
    "kind_employee": ("Отчёт о сотруднике за период", "Report on an employee over a period"),
    "kind_unit": ("Отчёт о подразделении за период", "Report on a unit over a period"),
    "company": ("Компания", "Company"),
    "employee": ("Сотрудник", "Employee"),
    "unit": ("Подразделение", "Unit"),
    "units": ("Подразделения", "Units"),
    "period": ("Период", "Period"),
    "period_all": ("все визиты", "all visits"),
    "period_both": ("с {since} по {until}", "{since} to {until}"),
    "period_since": ("с {since}", "since {since}"),
    "period_until": ("по {until}", "until {until}"),
    "checklist": ("Анкета", "Checklist"),
    "version_one": ("версия {numbers}", "version {numbers}"),
    "version_many": ("версии {numbers}", "versions {numbers}"),
    "visits": ("Визиты", "Visits"),
    # The employee: how well
    "mean": ("Средний базовый балл", "Mean base score"),
    "mean_of": ("из 100, {visits}", "out of 100, {visits}"),
    "sum_up": (
        "За период {visits}, средний базовый балл {mean}.",
        "{visits} in this period, with a mean base score of {mean}.",
    ),
    "sum_up_common": (
        "Средний балл — по стандартам, общим для версий {numbers}.",
        "The mean is on the standards that versions {numbers} share.",
    ),
    "sum_up_newest": (
        "Средний балл — только по визитам версии {numbers}.",
        "The mean is of the visits on version {numbers} only.",
    ),
    "sum_up_kept": (
        "Стандарты соблюдены полностью: {kept} из {assessed} по всем визитам.",
        "Standards were kept in full: {kept} of {assessed} over all visits.",
    ),
    "sum_up_facts": (
        "За период {visits}. Для выводов нужно три, поэтому здесь только факты.",
        "{visits} in this period. It takes three to conclude anything, so these are facts only.",
    ),
    "sum_up_counted": (
        "За период {visits}, в средний балл вошло {counted}: для среднего нужно три.",
        "{visits} in this period, {counted} of them counted: a mean takes three.",
    ),
    "no_visits": ("За этот период визитов нет.", "There are no visits in this period."),
    "trend": ("Визиты по времени", "Visits over time"),
    "trend_alt": (
        "Точки — базовый балл каждого визита: {points}.",
        "The points are the base score of each visit: {points}.",
    ),
    "trend_point": ("визит {number}, {day}: {percent}", "visit {number}, {day}: {percent}"),
    "trend_satisfactory": ("{mark} — достойный уровень", "{mark} is satisfactory"),
    "change_not_enough_visits": (
        "Об изменении говорим от шести визитов, пока их {available}.",
        "A change is told from six visits; so far there are {available}.",
    ),
    "change_not_told": (
        "Визиты отличаются друг от друга сильнее, чем балл менялся за период: говорить об изменении рано.",
        "Visits differ from each other more than the score moved: no change can be told yet.",
    ),
    "change_rose": (
        "За период балл вырос примерно на {points} (вероятно, от {low} до {high}).",
        "The score rose by about {points} over the period (likely between {low} and {high}).",
    ),
    "change_fell": (
        "За период балл снизился примерно на {points} (вероятно, от {low} до {high}).",
        "The score fell by about {points} over the period (likely between {low} and {high}).",
    ),
    "stretch_common": (
        "Версии {numbers} сравниваются по общим стандартам: это {percent} % веса новой версии.",
        "Versions {numbers} are compared on common standards: {percent}% of the newest version's weight.",
    ),
    "stretch_broken": (
        "Версии {older} и {newer} слишком разные: линия прервана, в среднем только новые визиты.",
        "Versions {older} and {newer} differ too much: the line is broken, the mean is of newer visits.",
    ),
    "left_out": (
        "Пустая точка: оценено меньше 60 % анкеты, в средний балл визит не входит.",
        "A hollow point: less than 60% was assessed, and the visit is left out of the mean.",
    ),
    "point_knocked_out": (
        "Треугольник: в визите сработал критический вопрос; балл показан без него.",
        "A triangle: a critical question decided in that visit; the score is shown without its effect.",
    ),
    # The employee: standards
    "consistency": ("Стабильность", "Consistency"),
    "strengths": ("Что получается", "What goes well"),
    "strength": ("{kept} из {assessed}", "{kept} of {assessed}"),
    "no_strengths": (
        "Стандартов, соблюдённых каждый раз хотя бы в трёх визитах, пока нет.",
        "No standard was kept every time in three visits or more yet.",
    ),
    "repeated": ("Что повторяется", "What repeats"),
    "no_repeated": (
        "Ни один стандарт не нарушался дважды.",
        "No standard was missed twice.",
    ),
    "missed_in": ("не соблюдено {missed} из {assessed}", "missed {missed} of {assessed}"),
    "others_repeated": ("Повторялось и другое:", "Others that repeat:"),
    "others_more": ("и ещё {count} — в таблице ниже", "and {count} more in the table below"),
    "best": ("Образец", "At its best"),
    "practice": ("Тренировка", "To practise"),
    "standards": ("Стандарты", "Standards"),
    "standards_note": (
        "Числа под словами — номера визитов из списка. Соблюдено — полный балл по стандарту.",
        "The figures are the numbers of the visits listed below. Kept means the full share of its points.",
    ),
    "standard": ("Стандарт", "Standard"),
    "kept": ("Соблюдено", "Kept"),
    "partly": ("Частично", "Partly"),
    "missed": ("Не соблюдено", "Missed"),
    "absent": ("Не оценивалось", "Not assessed"),
    "of": ("{part} из {whole}", "{part} of {whole}"),
    "only_older": ("только в прежней версии", "in an earlier version only"),
    "revision": ("{code}, редакция {revision}", "{code}, revision {revision}"),
    # Visits
    "number": ("№", "No."),
    "date": ("Дата", "Date"),
    "version": ("Версия", "Version"),
    "base": ("Базовый балл", "Base score"),
    "averaged": ("Для среднего", "For the mean"),
    "final": ("Итог", "Result"),
    "remarks": ("Пояснение", "Remark"),
    "not_scored": ("без оценки", "not scored"),
    "too_little": ("оценено слишком мало", "too little was assessed"),
    "knocked_out": ("критический вопрос: {question}", "critical question: {question}"),
    "visit_number": ("визит {number}", "visit {number}"),
    "visits_words": ("визиты", "visits"),
    # The talk
    "talk": ("Разговор по итогам", "The talk"),
    "talk_intro": (
        "Поговорите наедине. Начните с того, что получается; выберите одно или два дела на ближайший месяц.",
        "Talk in private. Begin with what goes well; choose one or two things for the coming month.",
    ),
    "talk_date": ("Дата разговора", "Date of the talk"),
    "agreed": ("О чём договорились", "What was agreed"),
    "agreed_what": ("Что делаем", "What we do"),
    "agreed_help": ("Кто помогает", "Who helps"),
    "agreed_until": ("К какому дню", "By when"),
    "employee_says": ("Что хочет добавить сотрудник", "What the employee wants to add"),
    "manager_signature": ("Руководитель: имя, подпись", "Manager: name, signature"),
    "employee_signature": ("Сотрудник: имя, подпись", "Employee: name, signature"),
    "read_only": (
        "Подпись сотрудника значит «прочитано», а не «согласен».",
        "The employee's signature means “read”, not necessarily “agreed”.",
    ),
    "not_discipline": (
        "Этот отчёт сам по себе не основание для взысканий: решает человек, прочитав сами визиты.",
        "This report is not a ground for discipline by itself: a person decides, having read the visits.",
    ),
    # The unit
    "unit_sum_up": ("За период {visits}: {people}.", "{visits} in this period, {people}."),
    "unit_first": (
        "Чаще всего не соблюдался стандарт «{title}»: {missed} из {visits}, {people}. Начните с него.",
        "The standard most often missed is “{title}”: {missed} of {visits}, {people}. Begin with it.",
    ),
    "people_of": ("у {part} из {people}", "with {part} of {people}"),
    "train": ("Что тренировать сначала", "What to train first"),
    "train_note": (
        "Тренируем стандарт, а не человека: здесь то, что чаще всего совсем не соблюдалось у двоих и больше. "
        "Соблюдённое частично сюда не входит, оно есть в таблице стандартов.",
        "A standard is trained, not a person: these were most often missed altogether, by two or more. "
        "What was kept in part does not count here; the table of standards has it.",
    ),
    "train_gate": (
        "О подразделении говорим от трёх сотрудников и пяти визитов; пока {people}, {visits}.",
        "A unit is spoken of from three employees and five visits; so far {people}, {visits}.",
    ),
    "train_none": (
        "Нет стандарта, который не соблюдался бы хотя бы у двоих.",
        "There is no standard that was missed with two people or more.",
    ),
    "missed_visits": (
        "не соблюдено в {missed} из {visits}",
        "missed in {missed} of {visits}",
    ),
    "sections": ("Разделы", "Sections"),
    "section": ("Раздел", "Section"),
    "own_mean": ("Подразделение", "This unit"),
    "programme_mean": ("Вся программа", "The programme"),
    "mean_n": ("{percent} ({visits}, {people})", "{percent} ({visits}, {people})"),
    "too_few": ("мало данных: {people}, {visits}", "too few: {people}, {visits}"),
    "bar": ("полоса на {percent} %", "bar at {percent}%"),
    "tick": ("чёрточка на {percent} %", "tick at {percent}%"),
    "section_absent": ("не оценивался", "not assessed"),
    "sections_note": (
        "Полоса — среднее подразделения, чёрточка — среднее программы. Средние показаны от трёх сотрудников "
        "и пяти визитов и только по визитам с теми же вопросами раздела, что в новой версии.",
        "The bar is the unit's mean, the tick the programme's. Means are given from three employees and five "
        "visits, and only over visits with the same questions in the section as in the newest version.",
    ),
    "heatmap": ("Стандарты и сотрудники", "Standards and staff"),
    "heatmap_note": (
        "В клетке — в скольких визитах стандарт соблюдён полностью и в скольких оценён. Бледная клетка — "
        "меньше трёх визитов, пустая — стандарт не оценивался. Сотрудники по алфавиту, мест и рейтингов нет.",
        "A cell says in how many visits a standard was kept in full, and in how many it was assessed. A pale "
        "cell has fewer than three visits, an empty one none. Staff are alphabetical; there are no ranks.",
    ),
    "heatmap_part": ("часть {number} из {count}", "part {number} of {count}"),
    "too_many": (
        "Здесь {people}: для одной таблицы это много. Выберите регион или магазин.",
        "There are {people} here, too many for one table. Choose a region or a shop.",
    ),
    "none_assessed": (
        "В этих визитах стандарты не оценивались.",
        "No standard was assessed in these visits.",
    ),
    "everybody": ("Все", "All"),
    "no_staff": ("Визитов о названных сотрудниках нет.", "There are no visits about named employees."),
    "knock_outs": ("Критические вопросы", "Critical questions"),
    "no_knock_outs": ("Критические вопросы не срабатывали.", "No critical question decided."),
    "knock_out_times": ("сработал {times}", "decided {times}"),
    "latest_shown": ("ниже последние {count}", "the latest {count} below"),
    # The method
    "method": ("Как это посчитано", "How this is counted"),
    "method_base": (
        "Средние — по базовому баллу: без бонусов и без ограничений из-за критических вопросов.",
        "Means are of the base score: without bonuses and without caps from critical questions.",
    ),
    "method_plain": (
        "Это простые средние этих визитов. Людей между собой они не сравнивают.",
        "These are plain means of these visits. They do not compare people with each other.",
    ),
    "method_common": (
        "Средний балл — простое среднее столбца «{column}»: визиты пересчитаны по стандартам, общим для "
        "версий {numbers}, с весами последней из них. Людей между собой он не сравнивает.",
        "The mean is the plain mean of the column “{column}”: visits are scored anew on the standards that "
        "versions {numbers} share, with the weights of the last one. It does not compare people.",
    ),
    "method_newest": (
        "Средний балл — простое среднее столбца «{column}»: в нём только визиты версии {numbers}, прежние "
        "слишком отличаются. Людей между собой он не сравнивает.",
        "The mean is the plain mean of the column “{column}”: only visits on version {numbers} are in it, "
        "since earlier versions differ too much. It does not compare people.",
    ),
    "method_change": (
        "Изменение называем от шести визитов и только если оно с вероятностью 95 % не случайно.",
        "A change is told from six visits, and only if it is 95% certain not to be chance.",
    ),
}


def say_period(key: str, language: Language, **details: object) -> str:
    """Give the words for a key in a language; KeyError for a key that the catalogue does not have."""
    return fill_in(WORDS, key, language, **details)


def describe_period(period: Period, language: Language) -> str:
    """Write the days a report is about, in words."""
    since, until = format_date(period.since, language), format_date(period.until, language)
    if period.since and period.until:
        return say_period("period_both", language, since=since, until=until)
    if period.since or period.until:
        return say_period(
            "period_since" if period.since else "period_until", language, since=since, until=until
        )
    return say_period("period_all", language)
