"""The one catalogue of problem sentences: what is wrong, and how to mend it, in Russian and English."""

from collections.abc import Mapping

from checklists.localtext import LocalText


def _say(ru: str, en: str) -> LocalText:
    return LocalText(ru=ru, en=en)


PLACE_WORDS: Mapping[str, LocalText] = {
    "line": _say("строка", "line"),
    "section": _say("раздел", "section"),
    "question": _say("вопрос", "question"),
    "field": _say("поле", "field"),
}

_FILE = {
    "file_too_large": _say(
        "Файл больше {limit} байт. Разделите его на несколько.",
        "The file is larger than {limit} bytes. Split it into several.",
    ),
    "file_missing": _say("Такого файла нет. Проверьте путь.", "There is no such file. Check the path."),
    "file_closed": _say(
        "Файл не открывается. Проверьте, что это файл, а не папка, и что вам разрешено его читать.",
        "The file cannot be opened. Check that it is a file, not a folder, and that you may read it.",
    ),
    "file_encoding": _say(
        "Файл записан не в UTF-8. Сохраните его в этой кодировке.",
        "The file is not in UTF-8. Save it in that encoding.",
    ),
    "yaml_syntax": _say(
        "Нарушены правила YAML. Проверьте отступы, двоеточия, скобки и кавычки рядом с этой строкой.",
        "This breaks the rules of YAML ({reason}). Mend indents, colons, brackets and quotes on this line.",
    ),
    "yaml_alias": _say(
        "Ссылки YAML (&имя, *имя) не поддерживаются. Повторите текст целиком.",
        "YAML aliases (&name, *name) are not supported. Write the content out in full.",
    ),
    "yaml_tag": _say(
        "Метки YAML ({tag}) не поддерживаются. Удалите метку.",
        "YAML tags ({tag}) are not supported. Remove the tag.",
    ),
    "yaml_depth": _say(
        "Вложенность глубже {limit} уровней. Проверьте отступы и скобки.",
        "Nesting is deeper than {limit} levels. Check indents and brackets.",
    ),
    "yaml_key": _say(
        "Название поля не может быть списком. Уберите лишние скобки или «?».",
        "A field name cannot be a list. Remove the stray brackets or “?”.",
    ),
    "one_document": _say(
        "В файле должна быть одна запись, найдено: {found}. Разнесите их по разным файлам.",
        "A file must hold one document, this one holds {found}. Put each into its own file.",
    ),
    "duplicate_key": _say(
        "Поле {key} записано дважды. Оставьте одно.",
        "The field {key} is written twice. Keep one of them.",
    ),
    "json_syntax": _say(
        "Нарушены правила JSON. Проверьте кавычки, запятые и скобки рядом с этой строкой.",
        "This breaks the rules of JSON ({reason}). Check quotes, commas and brackets near this line.",
    ),
    "yaml_repeats": _say(
        "Больше {limit} полей записаны дважды. Похоже, это не анкета: проверьте файл.",
        "More than {limit} fields are written twice. This hardly is a checklist: check the file.",
    ),
    "too_many_entries": _say(
        "В файле больше {limit} записей. Разделите его на несколько.",
        "The file holds more than {limit} entries. Split it into several.",
    ),
    "more_problems": _say(
        "И ещё ошибок: {count}. Исправьте перечисленные и проверьте файл снова.",
        "And {count} more problems. Mend those listed and check the file again.",
    ),
    "json_number": _say(
        "{name} — не число. Напишите обычное число или null.",
        "{name} is not a number. Write an ordinary number or null.",
    ),
    "json_depth": _say(
        "Вложенность слишком глубока. Ответы записывают одним уровнем: вопрос и ответ.",
        "The nesting is too deep. Answers are written on one level: question and answer.",
    ),
}

_FIELDS = {
    "field_missing": _say("Поля не хватает. Добавьте {name}.", "A field is missing. Add {name}."),
    "field_unknown": _say(
        "Поле {name} здесь не предусмотрено. Уберите его или исправьте название{hint}.",
        "The field {name} is not known here. Remove it or correct its name{hint}.",
    ),
    "needs_mapping": _say(
        "Здесь нужна запись с полями: {fields}.", "A record with fields is needed here: {fields}."
    ),
    "needs_list": _say(
        "Здесь нужен список: каждая запись с новой строки, с «- ».",
        "A list is needed here: every entry on a new line, beginning with “- ”.",
    ),
    "needs_text": _say(
        "Здесь нужен текст. Возьмите значение в кавычки.", "A text is needed here. Put the value in quotes."
    ),
    "needs_local_text": _say(
        "Здесь нужен текст на двух языках: {{ru: …, en: …}}.",
        "A text in both languages is needed here: {{ru: …, en: …}}.",
    ),
    "text_cut": _say(
        "Рядом с ru и en стоит лишнее: «{name}». Текст с запятой или двоеточием возьмите в кавычки.",
        "Beside ru and en there is something else: “{name}”. Put a text with a comma or a colon in quotes.",
    ),
    "text_empty": _say("Текст пуст. Напишите его.", "The text is empty. Write it."),
    "text_too_long": _say(
        "Текст длиннее {limit} знаков. Сократите его.",
        "The text is longer than {limit} characters. Shorten it.",
    ),
    "cue_words": _say(
        "Метка — одно-два слова, вместе до {limit} знаков: её видно на экране во время визита.",
        "A cue is one word or two, {limit} characters together: it stands on the screen during the visit.",
    ),
    "text_characters": _say(
        "В тексте есть недопустимые управляющие знаки. Наберите его заново.",
        "The text holds control characters. Type it again.",
    ),
    "list_empty": _say("Список пуст. Добавьте хотя бы {least}.", "The list is empty. Add at least {least}."),
    "list_too_short": _say(
        "В списке {found}, нужно не меньше {least}. Добавьте недостающее.",
        "The list holds {found}, at least {least} are needed. Add what is missing.",
    ),
    "list_too_long": _say(
        "В списке больше {limit} записей. Сократите его.",
        "The list holds more than {limit} entries. Shorten it.",
    ),
    "bad_id": _say(
        "Такой код не подходит. Пишите строчными латинскими буквами, цифрами, «-» и «_», первая — буква, "
        "не больше 40 знаков: wait-time.",
        "This id cannot be used. Write lower-case Latin letters, digits, “-” and “_”, a letter first, "
        "40 characters at most: wait-time.",
    ),
    "bad_standard": _say(
        "Стандарт указывают кодом и редакцией, например GR-01@1.",
        "A standard is cited by code and revision, for example GR-01@1.",
    ),
    "bad_limit": _say(
        'Предел должен быть числом, а для времени суток — часами и минутами в кавычках: "10:15".',
        'The limit must be a number or, for a time of day, hours and minutes in quotes: "10:15".',
    ),
    "not_one_of": _say("Здесь может стоять: {allowed}.", "Here can stand: {allowed}."),
    "number_needed": _say(
        'Здесь нужно точное число: 2, 0.5 или "1/2".', 'An exact number is needed here: 2, 0.5 or "1/2".'
    ),
    "whole_number_needed": _say("Здесь нужно целое число.", "A whole number is needed here."),
    "negative_number": _say(
        "Отрицательные значения не допускаются. Поставьте 0 или больше; за нарушение снимают баллы "
        "весом вопроса или «critical».",
        "Negative numbers are refused. Write 0 or more; what must cost points gets a weight or “critical”.",
    ),
    "number_out_of_range": _say(
        "Число должно быть от {low} до {high}.", "The number must be between {low} and {high}."
    ),
    "true_or_false": _say("Здесь может стоять true или false.", "Here can stand true or false."),
    "invalid_value": _say(
        "Значение не подходит ({reason}). Сверьтесь с описанием формата: mystery schema.",
        "The value cannot be used ({reason}). See the description of the format: mystery schema.",
    ),
}

_DEFINITION = {
    "too_many_questions": _say(
        "В анкете {found} вопросов, допустимо {limit}. Разделите её на несколько анкет.",
        "The checklist has {found} questions, {limit} are allowed. Split it into several checklists.",
    ),
    "duplicate_id": _say(
        "Код {id} уже занят. Дайте другой: коды не повторяются.",
        "The id {id} is already taken. Choose another: ids are unique.",
    ),
    "bands_order": _say(
        "Уровни оценки идут сверху вниз и не повторяются. Расставьте их по убыванию «at».",
        "The bands go from the top down without repeats. Order them by falling “at”.",
    ),
    "bands_end": _say(
        "Последний уровень должен начинаться с нуля. Добавьте уровень «at: 0».",
        "The last band must begin at zero. Add a band with “at: 0”.",
    ),
    "band_unreachable": _say(
        "До уровня {at} не подняться: потолок итога {max_final}. Снизьте at или поднимите max_final.",
        "The band at {at} is out of reach: the final stops at {max_final}. Lower at or raise max_final.",
    ),
    "mark_unreachable": _say(
        "Порог выше потолка итога {max_final}. Снизьте порог или поднимите max_final.",
        "The threshold is above the cap of the final, {max_final}. Lower it or raise max_final.",
    ),
    "kind_unknown": _say(
        "Вида вопроса {kind} нет. Возможные виды: {allowed}.",
        "There is no question kind {kind}. The kinds are: {allowed}.",
    ),
    "kind_needs_field": _say(
        "Вопросу вида {kind} нужно поле {name}. Добавьте его.",
        "A question of kind {kind} needs the field {name}. Add it.",
    ),
    "kind_refuses_field": _say(
        "Вопросу вида {kind} поле {name} не нужно. Уберите его или смените вид.",
        "A question of kind {kind} has no use for the field {name}. Remove it or change the kind.",
    ),
    "scale_order": _say(
        "Нижний край шкалы должен быть меньше верхнего. Исправьте low и high.",
        "The low end of the scale must be below the high end. Correct low and high.",
    ),
    "scale_too_wide": _say(
        "На шкале больше {limit} делений. Сократите её или возьмите вид number.",
        "The scale has more than {limit} steps. Shorten it or use the kind number.",
    ),
    "anchor_off_scale": _say(
        "Деления {at} на шкале нет. Уберите пояснение или исправьте число.",
        "The scale has no step {at}. Remove the anchor or correct its number.",
    ),
    "no_best_points": _say(
        "Ни один вариант не даёт баллов. Дайте лучшему варианту больше нуля.",
        "No option earns any points. Give the best option more than zero.",
    ),
    "limits_order": _say(
        "Пределы «upto» должны расти. Расставьте их по возрастанию.",
        "The limits “upto” must rise. Put them in rising order.",
    ),
    "limit_needs_time": _say(
        'Для времени суток предел пишут часами и минутами в кавычках: "10:15".',
        'For a time of day write the limit as hours and minutes in quotes: "10:15".',
    ),
    "weight_unscored": _say(
        "Ответ на этот вопрос не оценивается, вес не нужен. Уберите weight.",
        "The answer to this question is not scored and needs no weight. Remove weight.",
    ),
    "weight_needs_bands": _say(
        "Без пределов этот вопрос не оценивается. Добавьте bands или уберите weight.",
        "Without limits this question is not scored. Add bands or remove weight.",
    ),
    "bonus_with_weight": _say(
        "Бонус прибавляется сверх оценки, поэтому веса у вопроса нет. Оставьте либо bonus, либо weight.",
        "A bonus is added on top, so the question has no weight. Keep either bonus or weight.",
    ),
    "bonus_unscored": _say(
        "Ответ на этот вопрос не оценивается и бонуса дать не может. Уберите bonus или смените вид.",
        "The answer to this question is not scored and cannot earn a bonus. Remove bonus or change the kind.",
    ),
    "critical_unscored": _say(
        "Ответ не оценивается, поэтому вопрос не бывает критическим. Уберите critical или смените вид.",
        "The answer is not scored, so the question cannot be critical. Remove critical or change the kind.",
    ),
    "critical_bonus": _say(
        "Бонусный вопрос не бывает критическим. Оставьте либо bonus, либо critical.",
        "A bonus question cannot be critical. Keep either bonus or critical.",
    ),
    "critical_needs_cap": _say(
        "Для {effect} нужен потолок. Добавьте cap, например cap: 60.",
        "The effect {effect} needs a ceiling. Add cap, for example cap: 60.",
    ),
    "critical_refuses_cap": _say(
        "Для {effect} потолок не нужен. Уберите cap.", "The effect {effect} has no ceiling. Remove cap."
    ),
    "critical_always": _say(
        "При fail_at: 1 вопрос сработает и на лучшем ответе. Поставьте меньше 1.",
        "With fail_at: 1 the question fires on the best answer too. Write less than 1.",
    ),
    "critical_needs_comment": _say(
        "Критический вопрос требует пояснения. Уберите «comment: never».",
        "A critical question needs its comment. Remove “comment: never”.",
    ),
    "comment_at_unused": _say(
        "comment_at работает только с «comment: on_fail» у оцениваемого вопроса. Уберите comment_at.",
        "comment_at only works with “comment: on_fail” on a scored question. Remove comment_at.",
    ),
    "comment_unscored": _say(
        "Ответ не оценивается, «on_fail» не наступит. Возьмите always или never.",
        "The answer is not scored, so “on_fail” never happens. Use always or never.",
    ),
    "condition_unknown": _say(
        "Вопроса {parent} в анкете нет. Исправьте код в show_if{hint}.",
        "The checklist has no question {parent}. Correct the id in show_if{hint}.",
    ),
    "condition_cycle": _say(
        "Условия ходят по кругу: {cycle}. Разорвите круг: уберите одно из show_if.",
        "The conditions go round in a circle: {cycle}. Break it: remove one show_if.",
    ),
    "condition_empty": _say(
        "Условие не задано. Напишите answered: true, in: [...], at_least или at_most.",
        "The condition is empty. Write answered: true, in: [...], at_least or at_most.",
    ),
    "condition_mixed": _say(
        "Условие одно: answered, in или пределы at_least/at_most. Уберите лишнее.",
        "There is one condition: answered, in, or the limits at_least/at_most. Remove the others.",
    ),
    "condition_unfit": _say(
        "К вопросу {parent} вида {kind} условие {test} не применить. Подойдёт: {allowed}.",
        "The condition {test} does not fit question {parent} of kind {kind}. These do: {allowed}.",
    ),
    "condition_option": _say(
        "Ответа {option} у вопроса {parent} нет. Возможные: {allowed}.",
        "Question {parent} has no answer {option}. It has: {allowed}.",
    ),
    "effort_kind": _say(
        "Усилие {effort} считают числом. Смените вид вопроса ({kinds}) или уберите effort.",
        "The effort {effort} is counted in figures. Change the kind to {kinds}, or remove effort.",
    ),
    "solved_kind": _say(
        "Чем кончилось дело, говорит один ответ. Смените вид вопроса ({kinds}) или уберите solved.",
        "How the matter ended is told by one answer. Change the kind to {kinds}, or remove solved.",
    ),
    "solved_option": _say(
        "Ответа {option} у вопроса нет. В solved можно назвать: {allowed}.",
        "The question has no answer {option}. In solved you may name: {allowed}.",
    ),
    "condition_never": _say(
        "Условие невыполнимо: at_least больше at_most. Поменяйте их местами.",
        "The condition can never hold: at_least is above at_most. Swap them.",
    ),
}

_ANSWERS = {
    "question_unknown": _say(
        "Вопроса {id} в анкете нет. Уберите ответ или возьмите версию анкеты, по которой шла проверка.",
        "This checklist has no question {id}. Remove the answer or use the version the visit was made with.",
    ),
    "answer_yes_no": _say("Ответьте «да» или «нет» (yes, no).", "Answer yes or no."),
    "answer_option": _say(
        "Варианта {option} у вопроса нет. Выберите: {allowed}.",
        "The question has no option {option}. Choose: {allowed}.",
    ),
    "answer_one_option": _say("Выберите один вариант: {allowed}.", "Choose one option: {allowed}."),
    "answer_options": _say("Выберите варианты списком: {allowed}.", "Choose options as a list: {allowed}."),
    "answer_twice": _say(
        "Вариант {option} выбран дважды. Оставьте один.", "Option {option} is chosen twice. Keep one."
    ),
    "answer_scale": _say(
        "Поставьте целую оценку от {low} до {high}.", "Give a whole mark from {low} to {high}."
    ),
    "answer_number": _say(
        "Введите число не больше {limit}, не более {places} знаков после запятой.",
        "Enter a number up to {limit} with at most {places} decimals.",
    ),
    "answer_duration": _say(
        "Введите длительность целым числом секунд, не больше суток.",
        "Enter the duration as a whole number of seconds, one day at most.",
    ),
    "answer_date": _say("Введите дату: 2026-11-21.", "Enter a date: 2026-11-21."),
    "answer_time": _say("Введите время: 14:30.", "Enter a time: 14:30."),
    "answer_text": _say(
        "Введите текст не длиннее {limit} знаков.", "Enter a text of at most {limit} characters."
    ),
    "answer_files": _say(
        "Приложите файлы: не больше {limit}, каждый с именем.",
        "Attach files: {limit} at most, each with a name.",
    ),
    "answer_not_applicable": _say(
        "Этот вопрос нельзя отметить «неприменимо». Дайте ответ.",
        "This question cannot be marked not applicable. Give an answer.",
    ),
    "photo_count": _say(
        "Число фотографий должно быть целым, от 0 до {limit}.",
        "The number of photos must be a whole number from 0 to {limit}.",
    ),
}

_SUBMISSION = {
    "answer_missing": _say("Ответьте на вопрос.", "Answer the question."),
    "answer_missing_or_na": _say(
        "Ответьте на вопрос или отметьте «неприменимо».", "Answer the question or mark it not applicable."
    ),
    "comment_missing": _say(
        "Добавьте комментарий: что именно вы видели или слышали.",
        "Add a comment: what exactly you saw or heard.",
    ),
    "comment_missing_na": _say(
        "Вопрос критический: поясните, почему он неприменим.",
        "The question is critical: say why it does not apply.",
    ),
    "photo_missing": _say("Добавьте фото.", "Add a photo."),
    "photo_missing_or_na": _say(
        "Добавьте фото или отметьте «неприменимо».", "Add a photo or mark the question not applicable."
    ),
}

CATALOGUE: Mapping[str, LocalText] = _FILE | _FIELDS | _DEFINITION | _ANSWERS | _SUBMISSION
