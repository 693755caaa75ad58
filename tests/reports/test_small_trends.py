"""Everybody over time: points without a line, no change under six visits, months from five people."""

import re
from datetime import date, timedelta
from fractions import Fraction

from checklists.localtext import Language
from reports.fair_rows import FairVisit
from reports.small_trend_chart import TrendFrame, choose_frame
from reports.small_trend_words import describe_frame, describe_months, describe_trend, picture_months
from reports.small_trends import PersonTrend, build_month_means, build_person_trend

FIRST = date(2026, 3, 3)
LEVEL = Fraction(70)


def make_trend(name: str, *bases: float | None, apart: int = 10, coverage: float = 1.0) -> PersonTrend:
    """One person's visits, so many days apart, given in no order."""
    visits = [
        FairVisit(f"{name} {number}", name, name, "auditor", "shop", base, coverage=coverage)
        for number, base in enumerate(bases)
    ]
    days = [FIRST + timedelta(days=apart * number) for number in range(len(bases))]
    return build_person_trend(name, visits[::-1], days[::-1], employee=name)


def list_scores(*trends: PersonTrend, is_counted: bool = False) -> list[tuple[str, date, float]]:
    """The scores of these people by employee and day, all of them or those that count."""
    return [
        (trend.employee, point.visited_on, float(point.percent))
        for trend in trends
        for point in trend.visits
        if point.percent is not None and (point.is_counted or not is_counted)
    ]


def frame_of(*trends: PersonTrend) -> TrendFrame:
    """The frame of these people."""
    frame = choose_frame([(day, score) for _, day, score in list_scores(*trends)], LEVEL)
    assert frame is not None
    return frame


def draw(trend: PersonTrend, language: Language = "ru") -> str:
    """The picture of one person alone."""
    return str(describe_trend(trend, frame_of(trend), language).picture)


def say_change(*bases: float, apart: int = 10) -> str:
    """What is said of a person with these visits."""
    trend = make_trend("Анна", *bases, apart=apart)
    return describe_trend(trend, frame_of(trend), "ru").change


def test_it_tells_no_change_under_six_visits() -> None:
    """CP-04: five visits that rise by forty points are five visits."""
    assert say_change(50, 60, 70, 80, 90) == "5\N{NO-BREAK SPACE}визитов"


def test_it_tells_a_change_from_six_visits_beyond_the_noise() -> None:
    """CP-04: six that rise steadily rose; six that jump about tell nothing yet."""
    assert say_change(50, 58, 66, 75, 82, 91).startswith("За период балл вырос примерно на 41")
    assert say_change(50, 90, 50, 90, 50, 91) == "6\N{NO-BREAK SPACE}визитов, об изменении говорить рано"


def test_it_draws_points_by_day_and_nothing_between_them() -> None:
    """No line and no arrow: nothing was measured between visits; a visit hardly assessed is hollow."""
    picture = draw(make_trend("Анна", 60, 80, 70))
    places = [float(place) for place in re.findall(r'<circle class="dot-fair" cx="([\d.]+)%', picture)]
    assert len(places) == 3
    assert places == sorted(places)
    assert "<path" not in picture
    assert "polyline" not in picture
    hollow = draw(make_trend("Анна", 60, coverage=0.5))
    assert (hollow.count("dot-raw"), hollow.count("dot-fair")) == (1, 0)


def test_it_keeps_two_visits_of_a_day_apart() -> None:
    """Both are seen, in the picture as in the words."""
    trend = make_trend("Анна", 60, 62, 64, apart=0)
    places = [float(place) for place in re.findall(r'cx="([\d.]+)%', draw(trend))]
    assert len(set(places)) == 3
    assert max(places) <= 100


def test_it_keeps_many_visits_within_the_picture() -> None:
    """Sixty visits of one day stand closer, and the first is not pushed over the left edge."""
    trend = make_trend("Анна", *[70.0] * 60, apart=0)
    places = [float(place) for place in re.findall(r'cx="(-?[\d.]+)%', draw(trend))]
    assert len(set(places)) == 60
    assert 0 < min(places) < max(places) < 100


def test_it_says_every_point_in_words() -> None:
    """Whoever does not see the picture hears the same; a name cannot leave its label."""
    picture = draw(make_trend('Анна"><script>', 60.05, None, 71.75))
    assert "3 марта 2026: 60,1; 13 марта 2026: без оценки; 23 марта 2026: 71,8" in picture
    assert "<script" not in picture


def test_it_averages_a_month_from_five_people_on() -> None:
    """CP-04: four people are no team; visits with too little assessed are in no mean (SC-08)."""
    four = [make_trend(f"сотрудник {number}", 60.0 + number) for number in range(4)]
    half = make_trend("полсотрудника", 99, coverage=0.4)
    (month,) = build_month_means(list_scores(*four, half, is_counted=True))
    assert (month.mean, month.visits, month.people) == (None, 4, 4)
    (month,) = build_month_means(list_scores(*four, make_trend("пятый", 90)))
    assert month.mean == Fraction(60 + 61 + 62 + 63 + 90, 5)
    (line,) = describe_months([month], "en")
    assert (line.month, line.mean, line.people) == ("March 2026", "67.2", "5\N{NO-BREAK SPACE}employees")


def test_it_leaves_a_gap_where_a_month_has_too_few() -> None:
    """The axis keeps every month, so time runs evenly."""
    some = [make_trend(f"сотрудник {number}", 70, None, 80, apart=45) for number in range(5)]
    months = build_month_means(list_scores(*some, make_trend("один", 75, 75, apart=31)))
    picture = str(picture_months(months, frame_of(*some), "ru"))
    assert re.findall(r">(март|апр|май|июнь)<", picture) == ["март", "апр", "май", "июнь"]
    assert picture.count('class="dot-fair"') == 2
    assert "апрель 2026: мало сотрудников (1 из 5)" in picture


def test_it_has_one_frame_for_all_people() -> None:
    """Pictures can be compared by eye: the same days, the same scores, and it is said which."""
    frame = frame_of(make_trend("Анна", 55, 95), make_trend("Борис", 71))
    assert (frame.scale.low, frame.scale.high) == (50, 100)
    words = describe_frame(frame, "ru")
    assert "с 3 марта 2026 по 13 марта 2026" in words
    assert "от 50 до 100" in words
    assert "70,0" in words
    assert choose_frame([], LEVEL) is None
