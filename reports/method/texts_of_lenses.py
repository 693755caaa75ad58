"""The method page on other ways of reading visits and on limits: (Russian, English), braces filled in."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "part_lenses": ("Что ещё видно из визитов", "What else visits show"),
    "part_limits": ("Границы и правила", "Limits and rules"),
    "consistency_example": (
        "Шесть визитов из шести. {six_of_six} {six_of_six_likely}",
        "Six visits of six. {six_of_six} {six_of_six_likely}",
    ),
    "consistency_wow": (
        "Сначала все визиты достойные, и только потом «сверх ожиданий»: один восторг обещает то, "
        "чем следующий обычный визит разочарует. {wow_not_counted}",
        "First every visit is satisfactory, and only then WOW counts: one delight promises what the next "
        "ordinary visit will not keep. {wow_not_counted}",
    ),
    "pyramid_why": (
        "Четыре ожидания клиента стоят друг на друге. Пока не держится нижнее, верхние ничего не добавляют.",
        "A customer's four expectations stand on each other. While a lower one fails, those above add "
        "nothing.",
    ),
    "pyramid_example": (
        "{pyramid_words} {pyramid_index}; простое среднее долей дало бы {pyramid_mean}.",
        "{pyramid_words} {pyramid_index}; the plain mean of the shares would give {pyramid_mean}.",
    ),
    "pyramid_caption": ("Пример: доли четырёх уровней", "Example: the shares of the four levels"),
    "pyramid_level": ("Уровень", "Level"),
    "pyramid_share": ("Доля баллов", "Share of the points"),
    "impressions_example": ("Три визита. {impressions_words}", "Three visits. {impressions_words}"),
    "effort_example": ("Десять вопросов. {effort_words}", "Ten matters. {effort_words}"),
    "quality-pay_example": (
        "Водителям одной компании платят 55 % за рейсы и 15, 10, 10 и 10 % за доставку вовремя, вежливость, "
        "чистый прицеп и передачу груза. Если оценки — {pay_figures}, выходит {pay_total} полной выплаты.",
        "One company pays its drivers 55% for trips and 15, 10, 10 and 10% for punctuality, politeness, a "
        "clean trailer and the hand-over. With figures of {pay_figures} that makes {pay_total} of the whole "
        "pay.",
    ),
    "training-effect_example": (
        "По шесть человек в группе. {trained_group}. {control_group}. {training_words}",
        "Six people a group. {trained_group}. {control_group}. {training_words}",
    ),
    "trained": ("Обученные", "Trained"),
    "control": ("Без обучения", "Not trained"),
    "loyalty-button_example": ("{button_words} {button_strip}", "{button_words} {button_strip}"),
    "loyalty-button_formula": (
        "p = o / (o + r · (1 − o)): o — доля недовольных среди нажавших, r — во сколько раз охотнее они "
        "нажимают.",
        "p = o / (o + r · (1 − o)): o is the share of the dissatisfied among those who pressed, r how many "
        "times as readily they press.",
    ),
    # How auditors themselves are checked
    "auditors_title": ("Как проверяют самих аудиторов", "How auditors are checked themselves"),
    "auditors_severity": (
        "Модель оценивает, насколько каждый аудитор строже или мягче среднего, и убирает это из баллов. "
        "Сами эти оценки видит только руководитель программы. Ни руководители, ни HR, ни сотрудники не "
        "узнают, кто приходил.",
        "The model estimates how much stricter or more generous than the average each auditor is and takes "
        "that out of the scores. Those estimates are for the programme lead alone. Neither managers nor HR "
        "nor staff learn who came.",
    ),
    "auditors_agreement": (
        "Иногда два аудитора проверяют одного и того же человека в один день. Где они отвечают по-разному, "
        "непонятен вопрос, и его переписывают. Согласие измеряют альфой Криппендорфа: 1 — всегда одинаково, "
        "0 — не чаще, чем вышло бы наугад.",
        "Sometimes two auditors visit the same person on the same day. Where they answer differently it is "
        "the question that is unclear, and it is rewritten. Agreement is measured by Krippendorff's alpha: "
        "1 is always the same, 0 no more often than by guessing.",
    ),
    "auditors_example": (
        "Вопрос «да или нет», двойных визитов {double_visits}, ответы разошлись в {double_differ}: альфа "
        "{alpha}. Поводов сказать «нет» было мало, поэтому согласие хуже, чем кажется.",
        "A yes-or-no question, {double_visits} double visits, different answers in {double_differ}: alpha "
        "is {alpha}. There was little occasion to say “no”, so agreement is worse than it looks.",
    ),
    "auditors_not_applicable": (
        "Ответ «неприменимо» вместо худшего никогда не снижает балл. Поэтому его долю смотрят у каждого "
        "вопроса и каждого аудитора.",
        "“Not applicable” in place of the worst answer never lowers a score. So its share is watched for "
        "every question and every auditor.",
    ),
    "auditors_formula": (
        "Альфа = 1 − наблюдаемое расхождение / ожидаемое. ICC(1,1) — доля различий баллов, которая "
        "приходится на сами визиты, а не на аудиторов. Надёжным считают согласие от {reliable_alpha}, "
        "слабым — ниже {weak_alpha}.",
        "Alpha = 1 − observed / expected disagreement. ICC(1,1) is the share of the variance of scores that "
        "lies between contacts, not auditors. Agreement is held reliable from {reliable_alpha} and weak "
        "below {weak_alpha}.",
    ),
    # Pseudonyms
    "pseudonyms_title": ("Имена скрыты", "Names hidden"),
    "pseudonyms_what": (
        "Для совещаний имена можно скрыть: вместо них стоят коды вроде «Сотрудник 7F3K». Весь месяц код один "
        "и тот же, порядок строк имени не выдаёт. Но кто знает магазин и число визитов, может догадаться: "
        "это вежливость, а не тайна.",
        "For meetings names can be hidden: codes such as “Employee 7F3K” stand in for them. A code stays the "
        "same for a month, and the order of lines betrays no name. Whoever knows the shop and the number of "
        "visits may still guess: it is courtesy, not secrecy.",
    ),
    # What it must not be used for
    "not-for_title": ("Для чего это нельзя использовать", "What this must not be used for"),
    "not-for_private": (
        "О результатах говорят наедине. Слабое место чаще всего в обучении, в процессе или в самом "
        "стандарте.",
        "Results are talked over in private. The weak spot is mostly in the training, the process or the "
        "standard itself.",
    ),
    "not-for_told": (
        "Балл за пределами заявленной цели использовать нельзя: сотрудникам сказали, для чего идут "
        "проверки, и эта цель напечатана в каждом отчёте.",
        "A score may not be used beyond its purpose: staff were told what the visits are for, and each "
        "report prints it.",
    ),
}
