"""The catalogue of sentences about changes, one a kind, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from checklists.changes.phrases import Phrase

CHANGES: Mapping[str, Phrase] = {
    # What holds for any part.
    "wording_changed": Phrase(
        "{subject}: было {before}, стало {after}", "{subject}: was {before}, is now {after}"
    ),
    "value_changed": Phrase(
        "{subject}: было {before}, стало {after}", "{subject}: was {before}, is now {after}"
    ),
    "rule_changed": Phrase(
        "{subject}: теперь {after} (раньше: {before})", "{subject}: now {after} (was: {before})"
    ),
    "spacing_changed": Phrase(
        "{subject}: изменились только пробелы и переносы строк",
        "{subject}: only spaces and line breaks changed",
    ),
    "rewritten": Phrase(
        "{subject}: записано иначе, смысл прежний", "{subject}: written differently, same meaning"
    ),
    "renamed": Phrase(
        "{subject} изменено; читатель его не видит", "{subject} changed; readers do not see it"
    ),
    # The whole checklist.
    "introduction_set": Phrase("добавлено вступление: {after}", "introduction added: {after}"),
    "introduction_dropped": Phrase("вступление убрано: {before}", "introduction removed: {before}"),
    "scenario_added": Phrase("добавлена легенда: {after}", "scenario added: {after}"),
    "scenario_removed": Phrase("убрана легенда: {before}", "scenario removed: {before}"),
    "scenarios_reordered": Phrase("изменён порядок легенд", "the order of the scenarios changed"),
    "pass_mark_set": Phrase("задан порог проверки: {after}", "a threshold of the visit was set: {after}"),
    "pass_mark_dropped": Phrase(
        "порог проверки убран (был {before})", "the threshold of the visit was removed (was {before})"
    ),
    "pass_mark_changed": Phrase(
        "порог проверки: было {before}, стало {after}", "threshold of the visit: was {before}, is now {after}"
    ),
    "result_added": Phrase("добавлена оценка {subject}: {after}", "result {subject} added: {after}"),
    "result_removed": Phrase(
        "убрана оценка {subject} (была {before})", "result {subject} removed (was {before})"
    ),
    "result_moved": Phrase(
        "оценка {subject}: теперь {after} (было {before})", "result {subject}: now {after} (was {before})"
    ),
    "shares_changed": Phrase(
        "доли разделов в итоге: {after}", "shares of the sections in the result: {after}"
    ),
    # Sections.
    "section_added": Phrase("раздел добавлен (вес {after})", "section added (weight {after})"),
    "section_removed": Phrase("раздел удалён (вес был {before})", "section removed (weight was {before})"),
    "section_placed": Phrase(
        "раздел переставлен: теперь после раздела {after}", "section moved: now after {after}"
    ),
    "section_placed_first": Phrase("раздел переставлен: теперь первый", "section moved: now the first"),
    "sections_reordered": Phrase("изменён порядок разделов", "the order of the sections changed"),
    "section_pass_mark_set": Phrase(
        "задан порог раздела: {after}", "a threshold of the section was set: {after}"
    ),
    "section_pass_mark_dropped": Phrase(
        "порог раздела убран (был {before})", "the threshold of the section was removed (was {before})"
    ),
    "section_pass_mark_changed": Phrase(
        "порог раздела: было {before}, стало {after}",
        "threshold of the section: was {before}, is now {after}",
    ),
    # Questions.
    "question_added": Phrase("вопрос добавлен ({after})", "question added ({after})"),
    "question_removed": Phrase("вопрос удалён (был: {before})", "question removed (was: {before})"),
    "question_moved": Phrase(
        "вопрос перенесён сюда из раздела {before}", "question moved here from section {before}"
    ),
    "question_placed": Phrase(
        "вопрос переставлен: теперь после вопроса {after}", "question moved: now after {after}"
    ),
    "question_placed_first": Phrase(
        "вопрос переставлен: теперь первый в разделе", "question moved: now the first of the section"
    ),
    "questions_reordered": Phrase("изменён порядок вопросов", "the order of the questions changed"),
    "hint_set": Phrase("добавлена подсказка: {after}", "hint added: {after}"),
    "hint_dropped": Phrase("подсказка убрана: {before}", "hint removed: {before}"),
    "cue_set": Phrase("добавлена метка: {after}", "cue added: {after}"),
    "cue_dropped": Phrase("метка убрана: {before}", "cue removed: {before}"),
    "standard_set": Phrase(
        "вопрос теперь проверяет стандарт {after}", "the question now checks standard {after}"
    ),
    "standard_dropped": Phrase(
        "вопрос больше не проверяет стандарт {before}", "the question no longer checks standard {before}"
    ),
    "standard_changed": Phrase(
        "другой стандарт: теперь {after} (раньше: {before})", "another standard: now {after} (was: {before})"
    ),
    "standard_revised": Phrase(
        "стандарт {subject}: смысл изменён, редакция {before} → {after}",
        "standard {subject}: its meaning changed, revision {before} → {after}",
    ),
    "bonus_set": Phrase(
        "вопрос теперь даёт бонус: до {after} к итогу", "now a bonus of up to {after} on the score"
    ),
    "bonus_dropped": Phrase(
        "вопрос больше не даёт бонус (был до {before})", "no longer a bonus (was up to {before})"
    ),
    "bonus_changed": Phrase(
        "бонус: теперь до {after} (было до {before})", "bonus: now up to {after} (was {before})"
    ),
    "required_on": Phrase("ответ теперь обязателен", "an answer is now required"),
    "required_off": Phrase("вопрос теперь можно оставить без ответа", "may now be left without an answer"),
    "perishable_on": Phrase(
        "теперь спрашивается первым после визита, пока свежо в памяти",
        "now asked first after the visit, while fresh",
    ),
    "perishable_off": Phrase(
        "больше не спрашивается первым после визита", "no longer asked first after the visit"
    ),
    "not_applicable_on": Phrase("теперь можно отметить «неприменимо»", "may now be marked as not applicable"),
    "not_applicable_off": Phrase(
        "больше нельзя отметить «неприменимо»", "may no longer be marked as not applicable"
    ),
    "solved_set": Phrase(
        "ответы теперь говорят, чем кончилось дело: {after}", "answers now tell how the matter ended: {after}"
    ),
    "solved_dropped": Phrase(
        "ответы больше не говорят, чем кончилось дело (было: {before})",
        "answers no longer tell how the matter ended (was: {before})",
    ),
    "solved_changed": Phrase(
        "чем кончилось дело: теперь {after} (раньше: {before})",
        "how the matter ended: now {after} (was: {before})",
    ),
    "condition_set": Phrase("теперь задаётся, только если {after}", "now asked only if {after}"),
    "condition_dropped": Phrase(
        "теперь задаётся всегда (раньше – только если {before})", "now always asked (was: only if {before})"
    ),
    "condition_changed": Phrase(
        "теперь задаётся, только если {after} (раньше – если {before})",
        "now asked only if {after} (was: if {before})",
    ),
    "critical_set": Phrase("вопрос стал критическим: {after}", "the question became critical: {after}"),
    "critical_dropped": Phrase(
        "вопрос больше не критический (раньше: {before})",
        "the question is no longer critical (was: {before})",
    ),
    "critical_changed": Phrase(
        "новое критическое правило: {after} (раньше: {before})",
        "new critical rule: {after} (was: {before})",
    ),
    # Answers and what they earn.
    "scale_changed": Phrase("шкала: теперь {after} (раньше: {before})", "scale: now {after} (was: {before})"),
    "anchor_set": Phrase("{subject} добавлено: {after}", "{subject} added: {after}"),
    "anchor_dropped": Phrase("{subject} убрано: {before}", "{subject} removed: {before}"),
    "options_listed": Phrase("ответы: {after}", "answers: {after}"),
    "option_added": Phrase("добавлен ответ {subject} – {after}", "answer {subject} added, {after}"),
    "option_removed": Phrase("убран ответ {subject} – {before}", "answer {subject} removed, {before}"),
    "option_points": Phrase(
        "ответ {subject}: было {before}, стало {after}", "answer {subject}: was {before}, is now {after}"
    ),
    "options_reordered": Phrase("изменён порядок ответов", "the order of the answers changed"),
    "multi_full_set": Phrase(
        "баллы теперь только за полный набор, раньше – за каждый отмеченный ответ",
        "points now only for the full set, before for every ticked answer",
    ),
    "multi_each": Phrase(
        "баллы теперь за каждый отмеченный ответ, раньше – только за полный набор",
        "points now for every ticked answer, before only for the full set",
    ),
    "bands_set": Phrase("ответ теперь приносит баллы: {after}", "the answer now earns points: {after}"),
    "bands_listed": Phrase("баллы за ответ: {after}", "points for the answer: {after}"),
    "bands_dropped": Phrase(
        "ответ больше не приносит баллов (раньше: {before})",
        "the answer no longer earns points (was: {before})",
    ),
    "time_stricter": Phrase("время строже – {after}", "stricter on time – {after}"),
    "time_easier": Phrase("время мягче – {after}", "more generous on time – {after}"),
    "limits_stricter": Phrase("границы строже – {after}", "stricter limits – {after}"),
    "limits_easier": Phrase("границы мягче – {after}", "more generous limits – {after}"),
    "limits_changed": Phrase(
        "баллы за ответ считаются иначе – {after}", "points given differently – {after}"
    ),
}
BAND = Phrase("{share} до {limit}", "{share} up to {limit}")
BAND_MOVED = Phrase("{share} до {limit} (было до {former})", "{share} up to {limit} (was {former})")
BAND_ADDED = Phrase("{share} до {limit} (новая ступень)", "{share} up to {limit} (a new step)")
BAND_REMOVED = Phrase("ступени «{share} до {limit}» больше нет", "no longer {share} up to {limit}")
NOW_AND_BEFORE = Phrase("теперь {after}; раньше {before}", "now {after}; before {before}")
OPTION_WORTH = Phrase("{option} – {points}", "{option} ({points})")
