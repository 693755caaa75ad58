"""Sections and questions that came, went, moved or changed their order, and how a page arranges it all."""

import copy
from collections.abc import Callable
from typing import Any

from checklists.changes.pairing import find_moved
from checklists.version_changes import describe_changes, group_changes
from tests.checklists.changed_texts import read, read_base

Data = dict[str, Any]


def said(change: Callable[[Data], object]) -> tuple[list[str], list[str]]:
    """The Russian and the English sentences about a change of the base."""
    data = read_base()
    change(data)
    changes = describe_changes(read(read_base()), read(data))
    return [each.message("ru") for each in changes], [each.message("en") for each in changes]


def new_question(name: str, text: str, **fields: Any) -> Data:
    return {"id": name, "text": {"ru": text, "en": text}, "kind": "yes_no", **fields}


def test_it_tells_an_added_and_a_removed_question() -> None:
    def change(data: Data) -> None:
        hall = data["sections"][0]["questions"]
        hall[:1] = [new_question("bye-q", "Bye", weight=3)]

    assert said(change) == (
        [
            "Зал, вопрос «Bye»: вопрос добавлен (да или нет, вес 3)",
            "Зал, вопрос «Поздоровались»: вопрос удалён (был: да или нет, вес 1)",
        ],
        [
            "Hall, “Bye”: question added (yes or no, weight 3)",
            "Hall, “Was there a greeting”: question removed (was: yes or no, weight 1)",
        ],
    )


def test_it_tells_a_question_moved_to_another_section() -> None:
    def change(data: Data) -> None:
        data["sections"][1]["questions"].append(data["sections"][0]["questions"].pop(0))

    assert said(change) == (
        ["Касса, вопрос «Поздоровались»: вопрос перенесён сюда из раздела «Зал»"],
        ["Till, “Was there a greeting”: question moved here from section “Hall”"],
    )


def test_it_tells_an_added_and_a_removed_section() -> None:
    def change(data: Data) -> None:
        till = data["sections"].pop()
        yard = {"id": "sec-yard", "title": {"ru": "Двор", "en": "Yard"}, "weight": 10}
        data["sections"].append({**yard, "questions": [till["questions"][0], new_question("gate-q", "Gate")]})

    russian, english = said(change)
    assert russian[0].replace("\N{NO-BREAK SPACE}", " ") == (
        "Доли разделов в итоге: «Зал» было 40 %, стало 80 %; «Двор» стало 20 %; "
        "«Касса» было 60 %, раздела больше нет"
    )
    assert russian[1:5] == [
        "Раздел «Двор»: раздел добавлен (вес 10)",
        "Двор, вопрос «Сколько ждали»: вопрос перенесён сюда из раздела «Касса»",
        "Двор, вопрос «Gate»: вопрос добавлен (да или нет, вес 1)",
        "Раздел «Касса»: раздел удалён (вес был 60)",
    ]
    assert english[4:6] == [
        "Section “Till”: section removed (weight was 60)",
        "Till, “How many tills were open”: question removed (was: a number, weight 1)",
    ]
    assert len(russian) == len(english) == 8


def test_it_tells_where_a_question_now_stands() -> None:
    def to_the_end(data: Data) -> None:
        hall = data["sections"][0]["questions"]
        hall.append(hall.pop(0))

    def to_the_start(data: Data) -> None:
        hall = data["sections"][0]["questions"]
        hall.insert(0, hall.pop())

    assert said(to_the_end) == (
        ["Зал, вопрос «Поздоровались»: вопрос переставлен: теперь после вопроса «О чём рассказали»"],
        ["Hall, “Was there a greeting”: question moved: now after “What was told”"],
    )
    assert said(to_the_start)[0] == [
        "Зал, вопрос «О чём рассказали»: вопрос переставлен: теперь первый в разделе"
    ]


def test_it_tells_many_moves_as_one_change_of_order() -> None:
    old, new = read_base(), read_base()
    old["sections"][0]["questions"].append(new_question("bye-q", "Bye"))
    new["sections"][0]["questions"] = old["sections"][0]["questions"][::-1]
    changes = describe_changes(read(old), read(new))
    assert [each.message("ru") for each in changes] == ["Раздел «Зал»: изменён порядок вопросов"]
    assert [each.message("en") for each in changes] == ["Section “Hall”: the order of the questions changed"]


def test_it_tells_the_order_of_sections() -> None:
    def swap(data: Data) -> None:
        data["sections"].reverse()

    assert said(swap) == (
        ["Раздел «Касса»: раздел переставлен: теперь первый"],
        ["Section “Till”: section moved: now the first"],
    )
    old = read_base()
    old["sections"] = [
        {
            "id": f"sec-{n}",
            "title": {"ru": f"{n}", "en": f"{n}"},
            "questions": [new_question(f"q-{n}", f"Q{n}")],
        }
        for n in range(6)
    ]
    new = copy.deepcopy(old)
    new["sections"].reverse()
    assert [each.message("en") for each in describe_changes(read(old), read(new))] == [
        "The order of the sections changed"
    ]
    new["sections"] = [*old["sections"][1:], old["sections"][0]]
    assert [each.message("ru") for each in describe_changes(read(old), read(new))] == [
        "Раздел «0»: раздел переставлен: теперь после раздела «5»"
    ]


def test_it_does_not_tell_a_shift_as_a_move() -> None:
    """Only what changed its place among its neighbours moved; what slid on did not."""
    assert find_moved(["a", "b", "c", "d"], ["x", "b", "c", "a", "d"]) == ["a"]
    assert find_moved(["a", "b"], ["b"]) == []
    assert find_moved([], ["b"]) == []


def test_it_knows_a_section_again_under_a_new_id() -> None:
    """The same title is the same section; its questions did not move."""

    def rename(data: Data) -> None:
        data["sections"][0]["id"] = "sec-room"

    assert said(rename)[1] == ["Section “Hall”: internal name of the section changed; readers do not see it"]


def test_it_keeps_quotation_marks_readable() -> None:
    """Marks inside a quoted text become inner marks, and braces of an author stay as they are."""

    def change(data: Data) -> None:
        data["title"] = {"ru": "Визит «Лавка» {x}", "en": "Visit “Shop” {x}"}

    russian, english = said(change)
    assert russian[0] == "Название анкеты на русском: было «Лавка», стало «Визит „Лавка“ {x}»"
    assert english[1] == "Title of the checklist in English: was “Corner shop”, is now “Visit ‘Shop’ {x}”"


def test_it_shows_a_long_text_where_it_differs() -> None:
    """Nobody finds one word in two pages."""
    old, new = read_base(), read_base()
    words = [f"слово{n}" for n in range(300)]
    old["introduction"] = {"ru": " ".join(words), "en": "Same"}
    words[150] = "другое"
    new["introduction"] = {"ru": " ".join(words), "en": "Same"}
    (change,) = describe_changes(read(old), read(new))
    assert change.message("ru") == (
        "Вступление на русском: было «… слово147 слово148 слово149 слово150 слово151 слово152 слово153 …», "
        "стало «… слово147 слово148 слово149 другое слово151 слово152 слово153 …»"
    )
    del new["introduction"]
    (change,) = describe_changes(read(old), read(new))
    assert len(change.message("ru")) < 450


def test_it_arranges_changes_for_a_page() -> None:
    """The whole first, then section by section and question by question, each heading once."""
    old, new = read_base(), read_base()
    new["channel"] = "chat"
    hall, till = new["sections"]
    hall["weight"] = 50
    hall["questions"][0] |= {"weight": 3, "perishable": True}
    till["questions"].pop()
    groups = group_changes(describe_changes(read(old), read(new)), "en")
    assert [(group.title, group.sentences) for group in groups] == [
        (
            "",
            (
                "Way of checking: now a chat (was: a visit)",
                "Shares of the sections in the result: “Hall” was 40%, is now 45.5%; "
                "“Till” was 60%, is now 54.5%",
            ),
        ),
        ("Hall", ("Weight of the section: was 40, is now 50",)),
        ("Till", ()),
    ]
    assert [(asked.text, len(asked.sentences)) for group in groups for asked in group.questions] == [
        ("Was there a greeting", 2),
        ("What stayed in mind", 1),
    ]
    assert group_changes([], "ru") == ()


def test_it_names_the_place_for_programs_too() -> None:
    """The ids and the field stay with the change, for pages that link to it."""
    new = read_base()
    new["sections"][0]["questions"][0]["weight"] = 3
    new["scoring"] = {"max_final": 110}
    places = [
        (each.kind, each.place.section, each.place.question, each.place.field)
        for each in describe_changes(read(read_base()), read(new))
    ]
    assert places == [
        ("value_changed", None, None, "scoring.max_final"),
        ("value_changed", "sec-hall", "hello-q", "weight"),
    ]
