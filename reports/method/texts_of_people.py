"""The method page on comparing people: each line is (Russian, English), names in braces are filled in."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "part_people": ("Сравнение людей", "Comparing people"),
    # Why not the plain mean
    "plain-mean_title": ("Почему не простое среднее", "Why not the plain mean"),
    "plain-mean_why": (
        "Среднее — правда о визитах, но ещё не о человеке. К одному чаще приходит строгий аудитор, к "
        "другому мягкий, магазины и легенды бывают труднее и легче, а из нескольких визитов многое решает "
        "случай.",
        "A mean is the truth about visits, but not yet about a person. One is visited by strict auditors, "
        "another by generous ones; shops and scenarios are harder or easier; and over a few visits chance "
        "has much to say.",
    ),
    "plain-mean_example": (
        "Проверка на выдуманной программе, в которой правда известна: сотрудников {people}, аудиторов "
        "{auditors}, визитов {visits}. Простое среднее отстоит от правды в среднем на {raw_error} пункта, "
        "справедливый балл — на {fair_error}.",
        "A test on an invented programme whose truth is known: {people} employees, {auditors} auditors, "
        "{visits} visits. The plain mean misses the truth by {raw_error} points on average, the fair score "
        "by {fair_error}.",
    ),
    # The model
    "model_title": ("Из чего складывается балл", "What a score is made of"),
    "model_idea": (
        "Это видно только по многим визитам сразу: если к одним и тем же людям приходят разные аудиторы и "
        "один ставит меньше остальных, дело в нём. Если у человека ниже балл у всех, дело в человеке.",
        "It shows only over many visits together: where several auditors see the same people and one of "
        "them marks lower than the rest, it is the auditor. Where somebody scores lower with all of them, "
        "it is the person.",
    ),
    "model_table": (
        "Так на самом деле сложился один визит выдуманной программы:",
        "This is how one visit of the invented programme truly came about:",
    ),
    "model_formula": (
        "Смешанная модель с перекрёстными случайными эффектами: балл = среднее + легенда + волна + версия + "
        "сотрудник + аудитор + магазин + случай. Последние четыре — нормальные величины, их разбросы "
        "оцениваются по данным программы (REML, уравнения Хендерсона). Меньше 50 сотрудников: по разбросам "
        "проводится усреднение, а не берётся одно значение.",
        "A mixed model with crossed random effects: score = mean + scenario + wave + version + employee + "
        "auditor + shop + chance. The last four are normal, and their spreads are estimated from the "
        "programme's own visits (REML, Henderson's equations). With fewer than 50 employees the spreads are "
        "averaged over instead of taken at one value.",
    ),
    "made_average": ("Среднее программы", "Average of the programme"),
    "made_employee": ("Сотрудник", "Employee"),
    "made_shop": ("Магазин", "Shop"),
    "made_auditor": ("Аудитор", "Auditor"),
    "made_chance": ("Случай", "Chance"),
    "made_score": ("Балл визита", "Score of the visit"),
    "made_caption": ("Из чего сложился балл одного визита", "What the score of one visit was made of"),
    "made_head": ("Что", "Part"),
    "made_points": ("Пункты", "Points"),
    # Fair score
    "fair-score_title": ("Справедливый балл", "Fair score"),
    "fair-score_what": (
        "Справедливый балл отвечает на вопрос: каким был бы балл при равных условиях? Он убирает из "
        "среднего то, что внесли другие, и не доверяет малому числу визитов больше, чем оно заслуживает.",
        "The fair score answers: what would the score be under equal conditions? It takes out of the mean "
        "what others brought in, and trusts a few visits no more than they deserve.",
    ),
    "fair-score_example": (
        "Анне из выдуманной программы достались строгие аудиторы. Среднее {anna_raw}, справедливый балл "
        "{anna_fair}, а правда {anna_truth}.",
        "Anna of the invented programme met strict auditors. Her mean is {anna_raw}, her fair score "
        "{anna_fair}, and the truth {anna_truth}.",
    ),
    # Two figures
    "two-figures_title": ("Два балла для двух вопросов", "Two figures for two questions"),
    "two-figures_never": (
        "Их не смешивают. Внутри магазина смотрите первый: магазин у коллег общий. О том, что досталось "
        "покупателям в разных регионах, говорит только второй.",
        "They are never mixed. Within a shop look at the first: colleagues share the shop. What customers "
        "got in different regions is told by the second only.",
    ),
    # The interval
    "interval_title": ("«Вероятно, от … до …»", "“Likely between … and …”"),
    "interval_width": (
        "Чем больше визитов и чем чаще меняются аудиторы, тем границы ближе друг к другу. Широкие границы — "
        "не упрёк человеку, а знак, что визитов мало.",
        "The more visits there are and the more auditors change, the closer the limits stand. Wide limits "
        "are no reproach to anybody: they say that there are few visits.",
    ),
    "interval_example": (
        "В выдуманной программе настоящий балл оказался между границами у {covered} человек из {people}.",
        "In the invented programme the true score lay between the limits for {covered} of {people} people.",
    ),
    "interval_picture": (
        "Пятеро первых из выдуманной программы",
        "The first five of the invented programme",
    ),
    "person_name": ("Сотрудник {number}", "Employee {number}"),
    # No clear difference
    "no-clear-difference_title": ("«Явной разницы нет»", "“No clear difference”"),
    "no-clear-difference_why": (
        "Небольшая разница между людьми чаще всего случайна. Назвать её и ошибиться — значит обидеть одного "
        "и зря похвалить другого, поэтому программа чаще молчит.",
        "A small difference between people is mostly chance. To call it and be wrong wrongs one person and "
        "praises another for nothing, so the programme would rather be silent.",
    ),
    "no-clear-difference_called": (
        "Простые средние {called_one} и {called_other}. {called_words}",
        "Plain means of {called_one} and {called_other}. {called_words}",
    ),
    "no-clear-difference_untold": (
        "Простые средние {untold_one} и {untold_other}. {untold_words}",
        "Plain means of {untold_one} and {untold_other}. {untold_words}",
    ),
    "one_name": ("Анна", "Anna"),
    "other_name": ("Борис", "Boris"),
    # Waterfall
    "waterfall_title": ("Лестница от среднего к справедливому", "The steps from mean to fair score"),
    "waterfall_what": (
        "Лестница показывает, чем справедливый балл отличается от простого среднего. Каждая ступень "
        "названа, и они складываются точно до десятой.",
        "The steps show how the fair score differs from the plain mean. Each has its name, and they add up "
        "exactly to the printed tenth.",
    ),
    "waterfall_picture": (
        "Лестница Анны из выдуманной программы",
        "Anna's steps in the invented programme",
    ),
    # Shrinkage
    "shrinkage_title": ("Поправка на случайность", "Allowance for chance"),
    "shrinkage_who": (
        "Она одинаково осторожна с удачей и с неудачей: очень высокий балл по трём визитам становится "
        "скромнее, очень низкий — мягче.",
        "It is as careful with good luck as with bad: a very high score from three visits becomes more "
        "modest, a very low one milder.",
    ),
    "shrinkage_table": (
        "Какая часть различий в выдуманной программе — сами люди и магазины, где они работали",
        "How much of the differences in the invented programme is the people and the shops they worked in",
    ),
    "shrinkage_visits": ("Визитов у каждого", "Visits each"),
    "shrinkage_share": ("От человека и магазина", "About person and shop"),
    "shrinkage_formula": (
        "Надёжность среднего по n визитам: S / (S + N / n), где S — дисперсия того, что мы хотим узнать, а "
        "N — дисперсия аудиторов и случая.",
        "The reliability of a mean of n visits is S / (S + N / n): S is the variance of what we want to "
        "know, N that of auditors and chance.",
    ),
    # Gates
    "gates_title": ("С какого числа визитов", "From how many visits"),
    "gates_team": (
        "Среднее группы показано от {team_people} человек, об изменении во времени говорим от "
        "{trend_visits} визитов. Ниже порога видны только сами визиты и слова «мало визитов».",
        "A group's mean is shown from {team_people} people, and a change over time is told from "
        "{trend_visits} visits. Below the mark you see the visits themselves and the words “not enough "
        "visits”.",
    ),
    # Regions
    "regions_title": ("Регионы и приезжие аудиторы", "Regions and link visits"),
    "regions_why": (
        "Если в регион ходят только свои аудиторы, строгих аудиторов не отличить от слабого региона. "
        "Приезжий аудитор — мерка, которую перевозят с места на место.",
        "Where only local auditors visit a region, strict auditors and a weak region look the same. An "
        "auditor from elsewhere is a yardstick carried from place to place.",
    ),
    "regions_example": (
        "Регион, где из {region_visits} визитов приезжие сделали {region_links}, сравнивать можно будет, "
        "когда они сделают ещё {region_missing}.",
        "A region with {region_visits} visits, {region_links} of them by auditors from elsewhere, can be "
        "compared after {region_missing} more of these.",
    ),
    # Warnings
    "warnings_title": ("Предостережения", "Warnings"),
    "warnings_what": (
        "Они стоят рядом с баллами и значат: читайте осторожнее. Вот что вы можете увидеть.",
        "They stand beside the figures and mean: read with more care. This is what you may see.",
    ),
    # Funnel
    "funnel_title": ("Воронка", "Funnel plot"),
    # Trend
    "trend_title": ("Изменение со временем", "Change over time"),
    "trend_why": (
        "Об изменении говорим от {trend_visits} визитов и только когда оно больше случайных колебаний.",
        "A change is told from {trend_visits} visits on, and only where it is larger than chance.",
    ),
    "trend_example": (
        "В выдуманной программе никто не менялся. И всё же у {moved} человек из {people} последний визит "
        "отличается от первого на {moved_by} пунктов и больше.",
        "In the invented programme nobody changed. And yet for {moved} of {people} people the last visit "
        "differs from the first by {moved_by} points or more.",
    ),
}
