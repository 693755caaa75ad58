"""The sentences of a fair comparison: both languages, quiet, and true to the figures."""

import dataclasses
import re
import string

import pytest

from checklists.localtext import Language
from reports.fair_comparison import fit_fairly
from reports.fair_rows import FairWarning, PairComparison, Reason, Standing
from reports.fair_texts import FACTORS, WORDS
from reports.fair_words import (
    describe_pair,
    describe_person,
    describe_reason,
    describe_standing,
    describe_step,
    describe_warning,
    explain_method,
    name_figure,
    say_fair,
    write_limits,
)
from tests.reports.fair_visits import make_visits

NAMES = {"a": "Анна", "b": "Борис"}


@pytest.mark.parametrize(("key", "russian", "english"), [(key, *texts) for key, texts in WORDS.items()])
def test_it_says_everything_in_both_languages_and_quietly(key: str, russian: str, english: str) -> None:
    """Russian is Russian, English is English, both fill the same gaps, and nobody is wrong or bad."""
    gaps = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (russian, english)]
    assert gaps[0] == gaps[1]
    assert not re.search("[А-Яа-яЁё]", english)
    assert not re.search("[A-Za-z]", re.sub(r"{\w+}", "", russian)), key
    assert not re.search(r"!|\b(плох|ошибк|bad|poor|error|wrong)", f"{russian} {english}".lower())


def test_it_writes_one_sentence_about_a_person() -> None:
    """CP-06: figure, interval, visits, auditors, and where the person stands."""
    comparison = fit_fairly(make_visits(12, 4)).describe("colleagues")
    sentence = describe_person(comparison.people[0], comparison, "en")
    pattern = (
        r"\d\d\.\d \(likely between \d\d and \d\d\) from 4\xa0visits by [1-4]\xa0auditors?; "
        r"(no clear difference from|\d+\.\d (above|below)) shop colleagues\."
    )
    assert re.fullmatch(pattern, sentence), sentence
    assert "вероятно, от" in describe_person(comparison.people[0], comparison, "ru")


def test_it_says_why_a_person_has_no_figure() -> None:
    """CP-04, CP-05: what is there and what is needed."""
    few = fit_fairly(make_visits(7, 3)).describe("colleagues")
    assert describe_person(few.people[0], few, "en").startswith("7 employees have visits; comparing starts")
    short = fit_fairly(make_visits(12, 4)[3:]).describe("colleagues")
    assert describe_person(short.people[0], short, "ru") == "мало визитов (1 из 3)"


def test_it_names_first_who_is_above() -> None:
    """CP-03: the one above is named first, with the interval turned along, and no chance is certain."""
    pair = PairComparison("a", "b", "customer", "called", chance=0.0004, difference=-6.25, low=-9, high=-3.5)
    assert describe_pair(pair, NAMES, "ru") == (
        "Борис выше, чем Анна, на 6,3 (вероятно, от +3,5 до +9,0). Вероятность этого: 99 %."
    )
    untold = PairComparison("a", "b", "customer", "untold", chance=0.6, difference=1, low=-3, high=5)
    assert describe_pair(untold, NAMES, "en") == (
        "No difference can be told yet: Анна minus Борис is likely between −3.0 and +5.0."
    )
    refused = PairComparison(
        "a", "b", "customer", "not_comparable", why_not=Reason("too_few_links", 37, 10, whole=378)
    )
    assert "37 of 378\N{NO-BREAK SPACE}visits (9.8%), and 10% are needed." in describe_pair(
        refused, NAMES, "en"
    )
    nearly = Reason("too_few_links", 9_999, 10, whole=100_000)
    assert "(9,9 %), нужно 10 %" in describe_reason(nearly, "ru"), "SC-09: never across the threshold"


@pytest.mark.parametrize(
    ("limits", "is_called", "printed"),
    [
        ((-3, 5), False, ("−3.0", "+5.0")),
        ((0.04, 4.1), True, ("+0.04", "+4.1")),
        ((0.0014, 4.043), True, ("just above 0", "+4.0")),
        ((-4.043, -0.0014), True, ("−4.0", "just below 0")),
        ((-0.004, 3.8), False, ("just below 0", "+3.8")),
        ((-1e-12, 3.8), True, ("just above 0", "+3.8")),
        ((0, 0), False, ("0.0", "0.0")),
    ],
)
def test_it_prints_limits_near_zero_without_spurious_digits(
    limits: tuple[float, float], is_called: bool, printed: tuple[str, str]
) -> None:
    """CP-03: one more decimal than others at most; none of a difference that is called is zero or beyond."""
    assert write_limits(*limits, "en", is_called=is_called) == printed


def test_it_prints_limits_that_explain_whether_a_difference_is_called() -> None:
    """CP-03: a limit near zero keeps its sign, so that "0.0 to 4.1" is never called and not called alike."""
    pair = PairComparison("a", "b", "customer", "called", chance=0.951, difference=2.1, low=0.04, high=4.1)
    assert "likely between +0.04 and +4.1)" in describe_pair(pair, NAMES, "en")
    untold = dataclasses.replace(pair, state="untold", chance=0.949, low=-0.01)
    assert "likely between −0.01 and +4.1." in describe_pair(untold, NAMES, "en")
    hardly = dataclasses.replace(pair, low=0.0014, high=4.043)
    assert "вероятно, от чуть больше 0 до +4,0" in describe_pair(hardly, NAMES, "ru")


def test_it_says_whose_shops_what_the_customer_got_is_of() -> None:
    meaning = say_fair("figure_customer_meaning", "en")
    assert "would score in the person's own shops with an average auditor" in meaning


@pytest.mark.parametrize("language", ["ru", "en"])
def test_it_has_words_for_every_code(language: Language) -> None:
    """Each reason, warning, step, standing and factor that the comparison can give is in the catalogue."""
    for code in ("no_visits", "all_the_same", "too_few_scores", "one_score_each", "regions_not_linked"):
        assert describe_reason(Reason(code), language)
    assert describe_reason(Reason("confounded", factors=tuple(FACTORS)), language)
    for code in ("too_easy", "one_auditor", "many_not_applicable", "off_scale", "auditor_once", "shop_once"):
        assert describe_warning(FairWarning(code, share=0.25), language)
    for kind in ("auditors", "circumstances", "shrinkage"):
        assert all(describe_step(kind, figure, language) for figure in ("colleagues", "customer"))
    for figure in ("colleagues", "customer"):
        assert name_figure(figure, language)
    standing = Standing("below", "region", 4, -5.25, -8, -2, 0.01)
    assert "5" in describe_standing(standing, language)
    assert all(explain_method(language))
    assert say_fair("not_discipline", language) not in explain_method(language), "it is said apart, on top"
