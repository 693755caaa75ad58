"""Who and what the demonstration chain consists of; names are invented, everything is drawn from one seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final

from mystery.access.permissions import Role

SEED: Final = 20261121
COMPANY: Final = "Домашний очаг"
MAIL_DOMAIN: Final = "demo.example"

REGIONS: Final = {
    "Север": ("Европейский проспект", "Гавань", "Озерки", "Старый рынок"),
    "Центр": ("Тверская застава", "Сокольники", "Речной вокзал", "Марьина роща"),
    "Юг": ("Приморский бульвар", "Казачий ряд", "Морской вокзал", "Солнечный"),
}
TIME_ZONE: Final = "Europe/Moscow"
OFFICE: Final = {
    Role.ADMINISTRATOR: ("Виктор Аксёнов", "admin"),
    Role.LEAD: ("Марина Лукина", "lead"),
    Role.HR: ("Екатерина Громова", "hr"),
}
"""The people of the head office: name and mailbox."""
MANAGERS: Final = ("Антон Северцев", "Ольга Ширяева", "Руслан Касимов")
"""The manager of each region."""
SMALLEST_STAFF: Final = 6
POSITIONS: Final = ("Продавец-консультант", "Продавец-консультант", "Старший продавец", "Кассир")

WOMEN: Final = tuple(
    "Анна Мария Ольга Елена Наталья Ирина Светлана Юлия Дарья Ксения Полина Вера Алёна Татьяна Галина".split()
)
MEN: Final = tuple(
    "Алексей Дмитрий Сергей Андрей Иван Михаил Павел Николай Егор Артём Пётр Кирилл Роман Фёдор Олег".split()
)
SURNAMES: Final = tuple(
    (
        "Акимов Белов Воронов Гусев Демидов Ершов Жуков Зимин Иванов Кузнецов Лебедев Морозов Новиков Орлов "
        "Поляков Романов Соколов Тихонов Ушаков Фомин Харитонов Цветков Чернов Шубин Щукин Юдин Яковлев "
        "Абрамов Борисов Виноградов Голубев Данилов Ефимов Захаров Исаев Калинин Логинов Макаров Назаров "
        "Осипов"
    ).split()
)
AUDITORS: Final = (
    ("Инна Рыжова", 4.0),
    ("Глеб Сомов", -3.0),
    ("Лидия Котова", 1.5),
    ("Марк Титов", -6.0),
    ("Зоя Панина", 0.0),
    ("Лев Гордеев", 6.5),
    ("Нина Барсова", -1.0),
    ("Тимур Юсупов", 3.0),
    ("Эмма Ланге", -4.5),
    ("Стас Воробьёв", 2.0),
    ("Рита Мельник", 0.5),
    ("Ян Дорохов", -2.0),
)
"""Each auditor with his severity: by how many points of 100 he marks lower (+) or higher (-) than others."""


@dataclass(frozen=True)
class Person:
    """A member of staff: where he works and how well he really serves, as the chance of a standard kept."""

    code: str
    name: str
    shop: str
    position: str
    skill: float


def list_shops() -> list[tuple[str, str]]:
    """(region, shop) pairs in order."""
    return [(region, shop) for region, shops in REGIONS.items() for shop in shops]


def shop_code(shop: str) -> str:
    """The code of a shop in the directory: M01, M02, …"""
    return f"M{[name for _region, name in list_shops()].index(shop) + 1:02}"


def draw_staff(random: Random) -> list[Person]:
    """About eighty people over all shops; shops differ as well as people."""
    staff: list[Person] = []
    taken: set[str] = set()
    for number, (_region, shop) in enumerate(list_shops()):
        shop_level = random.gauss(0, 0.035)
        for _ in range(SMALLEST_STAFF + (number % 3 == 0) + (number % 2 == 0)):
            name = draw_name(random, taken)
            skill = min(0.97, max(0.45, 0.79 + shop_level + random.gauss(0, 0.08)))
            staff.append(Person(f"E{len(staff) + 1:03}", name, shop, random.choice(POSITIONS), skill))
    return staff


def draw_name(random: Random, taken: set[str]) -> str:
    """A full name that nobody in the chain bears yet."""
    while True:
        surname = random.choice(SURNAMES)
        woman = random.random() < 0.6
        name = f"{surname}{'а' if woman else ''} {random.choice(WOMEN if woman else MEN)}"
        if name not in taken:
            taken.add(name)
            return name
