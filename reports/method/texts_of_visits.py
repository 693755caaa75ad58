"""The method page on the score of one visit: each line is (Russian, English), braces are filled in."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "part_visit": ("Балл одного визита", "The score of one visit"),
    # How a score comes about
    "score_title": ("Как считается балл", "How a score comes about"),
    "score_share": (
        "Каждый ответ — доля от лучшего возможного. «Да» даёт всё, «нет» ничего, 4 по шкале от 1 до 5 даёт "
        "{interest_share}, ответ через четыре минуты там, где отлично три, — {wait_share}. Доля, умноженная "
        "на вес вопроса, — это баллы.",
        "Each answer is a share of the best possible one. “Yes” earns all of it, “no” nothing, a 4 on a "
        "scale of 1 to 5 earns {interest_share}, a wait of four minutes where three are excellent "
        "{wait_share}. The share times the question's weight makes the points.",
    ),
    "score_section": (
        "Процент раздела — набранные баллы из возможных, балл визита — среднее по разделам с их весами. "
        "Неподходящий вопрос в этом визите не участвует: ни набранных баллов, ни возможных. Раздел, где не "
        "оценили ничего, отдаёт свой вес остальным.",
        "The percent of a section is points earned of points possible, and the score of the visit is the "
        "mean of its sections by weight. A question that did not apply has no part in the visit: neither "
        "earned points nor possible ones. A section in which nothing was assessed leaves its weight to the "
        "others.",
    ),
    "score_exact": (
        "Всё считается в точных дробях и округляется один раз, при показе. Сложите строки отчёта, и выйдет "
        "то же число.",
        "Everything is computed in exact fractions and rounded once, when it is shown. Add up the lines of "
        "a report and you get the same number.",
    ),
    "score_example": (
        "Пять заданий, за каждое можно получить 5, 3 или 1. Отмечено 5, 5, 5, 1 и «неприменимо»: "
        "{tasks_earned} из {tasks_possible}, то есть {tasks_percent}.",
        "Five tasks, each worth 5, 3 or 1. Noted: 5, 5, 5, 1 and “not applicable”. That is {tasks_earned} "
        "of {tasks_possible}, or {tasks_percent}.",
    ),
    "score_table": (
        "В визите из таблицы ниже возражать было не на что. Его базовый балл — {first_base}.",
        "In the visit of the table below there was nothing to object to. Its base score is {first_base}.",
    ),
    "score_formula": (
        "Раздел: p = 100 · Σwa / Σw по оценённым вопросам (w — вес, a — доля). Визит: Σ W·p / Σ W по "
        "оценённым разделам. Если анкета считает «по баллам», то 100 · Σ W·E / Σ W·D, где E набрано, D "
        "возможно.",
        "Section: p = 100 · Σwa / Σw over the assessed questions (w weight, a share). Visit: Σ W·p / Σ W "
        "over the assessed sections. A checklist that counts “by points” takes 100 · Σ W·E / Σ W·D, E "
        "earned, D possible.",
    ),
    # Base and final
    "two-scores_title": ("Базовый и итоговый балл", "Base score and final score"),
    "two-scores_which": (
        "Базовый балл — то, что набрано по разделам. По нему сравнивают, и из него складываются средние. "
        "Итоговый стоит первым в отчёте: в нём учтены критические вопросы и бонус «сверх ожиданий».",
        "The base score is what the sections earned. Comparisons and means are made of it. The final score "
        "heads the report: critical questions and the WOW bonus have had their say in it.",
    ),
    "two-scores_critical": (
        "Критический вопрос — то, без чего визит не может быть хорошим, например чек. Если стандарт не "
        "выполнен, балл раздела или визита ограничен либо равен нулю, и бонуса нет. Это событие считают "
        "отдельно: одно редкое нарушение не должно заслонить в среднем весь обычный труд.",
        "A critical question is what no visit can be good without, such as a receipt. Where it was not "
        "kept, the section or the visit is capped or zero, and there is no bonus. Such events are counted "
        "apart: one rare lapse must not hide all the everyday work in a mean.",
    ),
    "two-scores_example": (
        "Первый визит: базовый {first_base}, бонус {first_bonus}, итоговый {first_final}. Второй: базовый "
        "{second_base}, но чек не выдали, и больше {second_cap} быть не может; итоговый {second_final}.",
        "First visit: base {first_base}, bonus {first_bonus}, final {first_final}. Second visit: base "
        "{second_base}, but no receipt was given and {second_cap} is the most it can be: final "
        "{second_final}.",
    ),
    # Coverage
    "coverage_title": ("Сколько оценено", "How much was assessed"),
    "coverage_what": (
        "Охват — доля веса анкеты, которую удалось оценить. Ниже {enough_coverage} балл виден с пометкой "
        "«оценено слишком мало» и в сравнения не входит: он говорит лишь о малой части обслуживания.",
        "Coverage is the share of the checklist's weight that was assessed. Below {enough_coverage} a score "
        "is shown with “too little was assessed” and is left out of comparisons: it speaks of too small a "
        "part.",
    ),
    "coverage_example": (
        "В первом визите не подошёл раздел весом 25 из 100: охват {first_coverage}.",
        "In the first visit a section of weight 25 of 100 did not apply: the coverage is {first_coverage}.",
    ),
    # Versions
    "versions_title": ("Разные версии анкеты", "Versions of a checklist"),
    "versions_common": (
        "Анкеты меняются. Визиты по разным версиям сравнивают только по общим стандартам: тот же стандарт в "
        "том же смысле, с весами новой версии. Если общего меньше {enough_coverage}, сравнения нет и линия "
        "на графике прерывается.",
        "Checklists change. Visits on different versions are compared on common standards only: the same "
        "standard with the same meaning, with the newest version's weights. Where less than "
        "{enough_coverage} is common there is no comparison, and the line of a trend is broken.",
    ),
    "versions_why": (
        "Иначе более строгая анкета выглядела бы так, будто люди стали работать хуже.",
        "Otherwise a stricter checklist would look as if people had got worse.",
    ),
}
