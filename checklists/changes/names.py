"""The catalogue of names: how kinds, channels, levels and the parts of a checklist are called."""

from __future__ import annotations

from collections.abc import Mapping

from checklists.changes.phrases import Phrase

IN_RUSSIAN = Phrase("{thing} на русском", "{thing} in Russian")
IN_ENGLISH = Phrase("{thing} на английском", "{thing} in English")

NAMES: Mapping[str, Phrase] = {
    "title": Phrase("название анкеты", "title of the checklist"),
    "introduction": Phrase("вступление", "introduction"),
    "channel": Phrase("вид проверки", "way of checking"),
    "scoring_mode": Phrase("подсчёт итога", "how the score is counted"),
    "max_final": Phrase("наибольший возможный итог", "highest possible score"),
    "satisfactory": Phrase("достойный уровень", "satisfactory level"),
    "checklist": Phrase("служебное имя анкеты", "internal name of the checklist"),
    "section_title": Phrase("название раздела", "title of the section"),
    "section_weight": Phrase("вес раздела", "weight of the section"),
    "section_code": Phrase("служебное имя раздела", "internal name of the section"),
    "question_text": Phrase("формулировка вопроса", "wording of the question"),
    "question_weight": Phrase("вес вопроса", "weight of the question"),
    "question_code": Phrase("служебное имя вопроса", "internal name of the question"),
    "hint": Phrase("подсказка", "hint"),
    "cue": Phrase("метка", "cue"),
    "kind": Phrase("вид ответа", "kind of answer"),
    "scale": Phrase("шкала", "scale"),
    "bands": Phrase("границы", "limits"),
    "mode": Phrase("счёт баллов за отмеченные ответы", "counting of the ticked answers"),
    "comment": Phrase("комментарий", "comment"),
    "photo": Phrase("фото к ответу", "photo with the answer"),
    "condition": Phrase("условие, при котором задаётся вопрос", "condition for asking the question"),
    "critical": Phrase("критическое правило", "critical rule"),
    "level": Phrase("уровень ожиданий", "level of expectation"),
    "impression": Phrase("впечатление", "impression"),
    "effort": Phrase("усилия клиента", "customer effort"),
    "solved": Phrase("чем кончилось дело", "how the matter ended"),
}
OF_OPTION = Phrase("ответ {option}", "answer {option}")
OPTION_ANCHOR = Phrase("описание ответа {option}", "description of the answer {option}")
STEP_ANCHOR = Phrase("описание оценки {step}", "description of mark {step}")
OPTION_CODE = Phrase("служебное имя ответа {option}", "internal name of the answer {option}")
BAND_LABEL = Phrase("название оценки {band}", "name of the result {band}")
BAND_CODE = Phrase("служебное имя оценки {band}", "internal name of the result {band}")

KINDS: Mapping[str, Phrase] = {
    "yes_no": Phrase("да или нет", "yes or no"),
    "scale": Phrase("шкала от {low} до {high}", "a scale from {low} to {high}"),
    "choice": Phrase("один ответ из списка", "one of the list"),
    "multi": Phrase("несколько ответов из списка", "several of the list"),
    "number": Phrase("число", "a number"),
    "duration": Phrase("длительность", "a length of time"),
    "time": Phrase("время суток", "a time of day"),
    "date": Phrase("дата", "a date"),
    "text": Phrase("своими словами", "in words"),
    "photo": Phrase("фотографии", "photos"),
    "audio": Phrase("запись звука", "a recording"),
}
SCALE_ENDS = Phrase("от {low} до {high}", "from {low} to {high}")
ALL_OR_NOTHING = Phrase("{kind}, баллы только за полный набор", "{kind}, points only for the full set")
CHANNELS: Mapping[str, Phrase] = {
    "visit": Phrase("визит", "a visit"),
    "phone": Phrase("телефонный звонок", "a phone call"),
    "chat": Phrase("чат", "a chat"),
    "email": Phrase("электронная почта", "e-mail"),
    "delivery": Phrase("доставка", "a delivery"),
    "back_office": Phrase("бэк-офис", "the back office"),
    "merchandising": Phrase("выкладка", "merchandising"),
    "competitor": Phrase("визит к конкуренту", "a visit to a competitor"),
}
SCORING_MODES: Mapping[str, Phrase] = {
    "sections": Phrase("каждый раздел считается по своему весу", "each section counts by its weight"),
    "points": Phrase("складываются все баллы визита", "all points of the visit are added up"),
}
LEVELS: Mapping[str | None, Phrase] = {
    None: Phrase("не указан", "not given"),
    "accuracy": Phrase("точность", "accuracy"),
    "availability": Phrase("доступность", "availability"),
    "partnership": Phrase("партнёрство", "partnership"),
    "advice": Phrase("совет", "advice"),
}
IMPRESSIONS: Mapping[str | None, Phrase] = {
    None: Phrase("не указано", "not given"),
    "expectation": Phrase("чего ждали заранее", "what was expected beforehand"),
    "process": Phrase("как всё шло", "how it went"),
    "result": Phrase("чем всё кончилось", "what came of it"),
}
EFFORTS: Mapping[str | None, Phrase] = {
    None: Phrase("не считаются", "not counted"),
    "contacts": Phrase("обращения, считая первое", "contacts, the first included"),
    "reminders": Phrase("напоминания", "reminders"),
    "transfers": Phrase("передачи другому сотруднику", "transfers to another employee"),
    "people": Phrase("сотрудники, считая первого", "employees, the first included"),
    "retellings": Phrase("повторные объяснения", "times the story was told again"),
    "waiting": Phrase("минуты ожидания", "minutes of waiting"),
}
SOLUTIONS: Mapping[str, Phrase] = {
    "first_contact": Phrase("решено сразу", "solved at the first contact"),
    "later": Phrase("решено не сразу", "solved later"),
    "never": Phrase("не решено", "never solved"),
}
ENDING = Phrase("{answer} — {solution}", "{answer}: {solution}")
PHOTOS: Mapping[str, Phrase] = {
    "none": Phrase("не предлагается", "not offered"),
    "optional": Phrase("по желанию", "optional"),
    "required": Phrase("обязательно", "required"),
}
COMMENTS: Mapping[str, Phrase] = {
    "never": Phrase("не требуется", "not required"),
    "always": Phrase("обязателен всегда", "always required"),
    "no_points": Phrase("обязателен, если ответ не принёс баллов", "required when the answer earns nothing"),
    "below_best": Phrase(
        "обязателен при любом ответе ниже лучшего", "required for any answer below the best"
    ),
    "at_most": Phrase(
        "обязателен, если набрано не больше {percent} баллов",
        "required at {percent} of the points or less",
    ),
}
ANSWERS: Mapping[str, Phrase] = {"yes": Phrase("Да", "Yes"), "no": Phrase("Нет", "No")}
EFFECTS: Mapping[str, Phrase] = {
    "zero_section": Phrase("раздел получает ноль", "the section counts as zero"),
    "cap_section": Phrase("раздел получает не больше {cap}", "the section counts for at most {cap}"),
    "cap_visit": Phrase("итог визита не выше {cap}", "the score of the visit is at most {cap}"),
    "fail_visit": Phrase("итог визита – ноль", "the score of the visit is zero"),
}
CRITICAL_AT_NOTHING = Phrase("если баллов нет, {effect}", "without any points, {effect}")
CRITICAL_AT_SHARE = Phrase(
    "если набрано не больше {percent} баллов, {effect}", "at {percent} of the points or less, {effect}"
)
CONDITIONS: Mapping[str, Phrase] = {
    "answered": Phrase("на вопрос {question} есть ответ", "{question} has an answer"),
    "one_of": Phrase("ответ на вопрос {question} – {answers}", "the answer to {question} is {answers}"),
    "at_least": Phrase(
        "ответ на вопрос {question} не меньше {low}", "the answer to {question} is at least {low}"
    ),
    "at_most": Phrase(
        "ответ на вопрос {question} не больше {high}", "the answer to {question} is at most {high}"
    ),
    "between": Phrase(
        "ответ на вопрос {question} от {low} до {high}", "the answer to {question} is from {low} to {high}"
    ),
}
OR = Phrase("{one} или {other}", "{one} or {other}")
SHARE_MOVED = Phrase("{section} было {before}, стало {after}", "{section} was {before}, is now {after}")
SHARE_NEW = Phrase("{section} стало {after}", "{section} is now {after}")
SHARE_GONE = Phrase("{section} было {before}, раздела больше нет", "{section} was {before}, is gone")
RESULT_FROM = Phrase("от {mark}", "from {mark}")
UNKNOWN_SCENARIO = Phrase("не из библиотеки", "one that is not in the library")
QUESTION_IN_SHORT = Phrase("{kind}, вес {weight}", "{kind}, weight {weight}")
