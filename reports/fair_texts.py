"""The texts of a fair comparison: each line is (Russian, English), names in braces are filled in."""

from typing import Final

FACTORS: Final[dict[str, tuple[str, str]]] = {
    "employee": ("сотрудники", "employees"),
    "auditor": ("аудиторы", "auditors"),
    "shop": ("магазины", "shops"),
    "scenario": ("легенды", "scenarios"),
    "wave": ("волны", "waves"),
    "version": ("версии анкеты", "checklist versions"),
    "residual": ("случай", "chance"),
}

WORDS: Final[dict[str, tuple[str, str]]] = {
    # The figures
    "figure_colleagues": ("Среди коллег", "Against shop colleagues"),
    "figure_customer": ("Что получил покупатель", "What the customer got"),
    "figure_colleagues_meaning": (
        "Каким был бы балл сотрудника в среднем магазине у среднего аудитора программы.",
        "What the person would score in an average shop with an average auditor of the programme.",
    ),
    "figure_customer_meaning": (
        "Каким был бы балл сотрудника в его магазинах у среднего аудитора программы.",
        "What the person would score in the person's own shops with an average auditor of the programme.",
    ),
    "fair": ("Справедливый балл", "Fair score"),
    "raw": ("Среднее как есть", "Mean as it is"),
    "sds": ("Разбросы, в баллах", "Spreads (sd), in points"),
    "interval": ("Вероятные границы", "Likely between"),
    # A person
    "likely": (
        "{fair} (вероятно, от {low} до {high}): {visits}, {auditors}",
        "{fair} (likely between {low} and {high}) from {visits} by {auditors}",
    ),
    "above_shop": ("на {points} выше коллег по магазину", "{points} above shop colleagues"),
    "below_shop": ("на {points} ниже коллег по магазину", "{points} below shop colleagues"),
    "untold_shop": (
        "явной разницы с коллегами по магазину нет",
        "no clear difference from shop colleagues",
    ),
    "above_region": ("на {points} выше других в регионе", "{points} above others in the region"),
    "below_region": ("на {points} ниже других в регионе", "{points} below others in the region"),
    "untold_region": (
        "явной разницы с другими в регионе нет",
        "no clear difference from others in the region",
    ),
    # The waterfall
    "step_auditors": ("Кто проверял", "Who audited"),
    "step_circumstances": ("Где и по какой легенде", "Where, and by which scenario"),
    "step_circumstances_customer": ("По какой легенде и когда", "By which scenario, and when"),
    "step_shrinkage": ("Поправка на случайность", "Allowance for chance"),
    "step_auditors_meaning": (
        "Строгие аудиторы занижают балл, мягкие завышают. Эта доля вычтена.",
        "Strict auditors lower a score and generous ones raise it. That part is taken out.",
    ),
    "step_circumstances_meaning": (
        "Магазин, легенда, волна и версия анкеты бывают легче и труднее. Эта доля вычтена.",
        "Some shops, scenarios, waves and versions are easier than others. That part is taken out.",
    ),
    "step_circumstances_customer_meaning": (
        "Легенда, волна и версия анкеты бывают легче и труднее. Эта доля вычтена. Магазин остаётся в балле: "
        "его покупатель тоже получил.",
        "Some scenarios, waves and versions are easier than others. That part is taken out. The shop stays "
        "in, as part of what the customer got.",
    ),
    "step_shrinkage_meaning": (
        "Чем меньше визитов, тем больше в среднем случайного, поэтому балл придвинут к общему среднему.",
        "The fewer the visits, the more chance there is in a mean, so the score moves towards the average.",
    ),
    # Why something cannot be told
    "no_visits": ("Учтённых визитов пока нет.", "No visit counts yet."),
    "not_enough_visits": (
        "мало визитов ({available} из {needed})",
        "not enough visits ({available} of {needed})",
    ),
    "not_enough_people": (
        "Сотрудников с визитами: {available}. Сравнивать можно от {needed}, а пока читайте сами визиты.",
        "{available} employees have visits; comparing starts at {needed}. Until then, read the visits.",
    ),
    "too_few_scores": (
        "Визитов слишком мало для такого числа легенд, волн и версий. Возьмите период длиннее.",
        "There are too few visits for so many scenarios, waves and versions. Choose a longer period.",
    ),
    "all_the_same": (
        "Все баллы одинаковы, различать нечего.",
        "All scores are the same, so there is nothing to tell apart.",
    ),
    "one_score_each": (
        "У каждого только один визит: человека не отличить от случая. Нужны повторные визиты.",
        "Everybody has a single visit, so people cannot be told from chance. Visit them again.",
    ),
    "confounded": (
        "Эти причины не отличить друг от друга: {factors}. Поменяйте аудиторов между сотрудниками.",
        "These cannot be told from each other: {factors}. Let auditors change between employees.",
    ),
    "one_person_a_shop": (
        "В каждом магазине один сотрудник: его не отличить от магазина. Смотрите, что получил покупатель.",
        "Each shop has one employee, who cannot be told from the shop. See what the customer got instead.",
    ),
    "one_auditor_a_shop": (
        "В каждый магазин ходит свой аудитор: магазин не отличить от его строгости. Сравнивайте внутри "
        "магазина или поменяйте аудиторов.",
        "Each shop has its own auditor, whose severity cannot be told from the shop. Compare within a shop, "
        "or let auditors change.",
    ),
    "same_person": ("Выберите двух разных сотрудников.", "Choose two different employees."),
    "other_regions": (
        "Люди из разных регионов: сравнивайте то, что получил покупатель.",
        "These people work in different regions: compare what the customer got.",
    ),
    "too_few_links": (
        "Регионы пока не сравнить: приезжие аудиторы сделали {available} из {whole} ({share} %), нужно "
        "{needed} %.",
        "Regions cannot be compared yet: auditors from elsewhere made {available} of {whole} ({share}%), "
        "and {needed}% are needed.",
    ),
    "regions_not_linked": (
        "Между этими регионами сравнивать нельзя: ни один аудитор их не связывает.",
        "These regions cannot be compared: no auditor links them.",
    ),
    # Two people
    "pair_called": (
        "{one} выше, чем {other}, на {points} (вероятно, от {low} до {high}). Вероятность этого: {chance} %.",
        "{one} is {points} above {other} (likely between {low} and {high}). The chance of that is {chance}%.",
    ),
    "pair_untold": (
        "Разницу пока назвать нельзя: {one} минус {other} — вероятно, от {low} до {high}.",
        "No difference can be told yet: {one} minus {other} is likely between {low} and {high}.",
    ),
    "pair_chances": (
        "Вероятность, что {one} выше, чем {other}: {above}\N{NO-BREAK SPACE}%, что наоборот: "
        "{below}\N{NO-BREAK SPACE}%. Разницу называем, когда одна из них не меньше "
        "{needed}\N{NO-BREAK SPACE}%.",
        "The chance that {one} is above {other} is {above}%, and the other way round {below}%. A difference "
        "is called once one of them reaches {needed}%.",
    ),
    "just_above": ("чуть больше 0", "just above 0"),
    "just_below": ("чуть меньше 0", "just below 0"),
    # What to be wary of
    "warning_too_easy": (
        "{percent} % визитов набрали 100: анкета слишком лёгкая, чтобы различать людей.",
        "{percent}% of visits scored 100: the checklist is too easy to tell people apart.",
    ),
    "warning_one_auditor": (
        "Все визиты сделал один аудитор: его строгость не отделить до конца.",
        "One auditor made all visits, so that severity cannot be fully separated.",
    ),
    "warning_many_not_applicable": (
        "{percent} % веса отмечено как «неприменимо»: балл опирается на малую часть анкеты.",
        "{percent}% of the weight was marked “not applicable”: the score rests on a small part.",
    ),
    "warning_off_scale": (
        "У {percent} % визитов балл вне границ от 0 до 100: проверьте, что это проценты.",
        "{percent}% of visits have a base outside 0 to 100: check that these are percents.",
    ),
    "warning_auditor_once": (
        "У каждого визита свой аудитор: строгость не отличить от случая, она осталась в нём.",
        "Each visit has its own auditor: severity cannot be told from chance and stays in it.",
    ),
    "warning_shop_once": (
        "У каждого визита свой магазин: влияние магазина не отличить от случая, оно осталось в нём.",
        "Each visit has its own shop: what shops add cannot be told from chance and stays in it.",
    ),
    "warning_one_person_a_shop": (
        "В каждом магазине один сотрудник: он и магазин оценены вместе.",
        "Each shop has one employee: person and shop are judged together.",
    ),
    "warning_one_auditor_a_shop": (
        "В каждый магазин ходит свой аудитор: магазин и аудитор оценены вместе.",
        "Each shop has its own auditor: shop and auditor are judged together.",
    ),
    # Reliability
    "reliability": (
        "Чтобы балл на 80 % зависел от самого человека, нужно {visits}.",
        "For a score to be 80% about the person it takes {visits}.",
    ),
    "reliability_never": (
        "Даже {most} дают балл, который зависит от самого человека только на {share} %.",
        "Even {most} give a score that is only {share}% about the person.",
    ),
    "reliability_with_shops": (
        "Чтобы балл на 80 % зависел от самого человека и магазинов, где он работал, нужно {visits}.",
        "For a score to be 80% about the person and the shops worked in, it takes {visits}.",
    ),
    "reliability_never_with_shops": (
        "Даже {most} дают балл, который зависит от человека и магазинов, где он работал, лишь на {share} %.",
        "Even {most} give a score that is only {share}% about the person and the shops worked in.",
    ),
    # The method
    "method_model": (
        "Каждый балл складывается из общего среднего, сотрудника, аудитора, магазина и случая. Чем чаще "
        "аудиторы и магазины меняются, тем точнее эти доли отделяются друг от друга.",
        "Each score is made of the average, the employee, the auditor, the shop and chance. The more "
        "auditors and shops change, the better these parts can be told from each other.",
    ),
    "method_interval": (
        "Границы рассчитаны так, что в девяти случаях из десяти настоящий балл лежит между ними.",
        "The limits are set so that nine times in ten the true score lies between them.",
    ),
    "method_call": (
        "Разницу называем, только когда она верна с вероятностью от 95 %, в малых программах от 97,5 %. "
        "Иначе её пока назвать нельзя, и это не значит, что люди одинаковы.",
        "A difference is called only when it holds with a chance of 95%, in small programmes 97.5%. "
        "Otherwise it cannot be told yet, which does not mean that people are alike.",
    ),
    "method_gates": (
        "Балл показан от трёх визитов, программа сравнивает от восьми человек, оплата опирается на шесть "
        "визитов и больше.",
        "A score is shown from three visits, a programme compares from eight people, and pay rests on six "
        "visits or more.",
    ),
    "method_regions": (
        "Регионы сравниваются, только когда приезжие аудиторы сделали не меньше 10 % визитов.",
        "Regions are compared only when auditors from elsewhere made at least 10% of visits.",
    ),
    "method_small": (
        "В программах меньше пятидесяти человек разбросы сами известны неточно, и это сомнение входит в "
        "границы.",
        "In programmes of fewer than fifty people the spreads themselves are hardly known, and that doubt "
        "is part of the limits.",
    ),
    "method_order": (
        "Сотрудники перечислены по алфавиту; мест и рейтингов нет.",
        "Employees are listed alphabetically; there are no ranks.",
    ),
    "not_discipline": (
        "Сравнение само по себе не основание для взысканий: решает человек, прочитав сами визиты.",
        "The comparison is not a ground for discipline by itself: a person decides, having read the visits.",
    ),
}

METHOD: Final = (
    "method_model",
    "method_interval",
    "method_call",
    "method_gates",
    "method_regions",
    "method_small",
    "method_order",
)
