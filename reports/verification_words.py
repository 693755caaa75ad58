"""A verdict in words: what was checked, what it says, and what differs."""

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from typing import Any, Final

from checklists.localtext import Language, LocalText
from reports.differences import Difference
from reports.numbers import format_number
from reports.period_record import EMPLOYEE, UNIT
from reports.record import STAMP_LETTERS
from reports.signatures import Signature
from reports.verification import VISIT, Status, Verdict

WORDS: Final = {
    "valid": LocalText(
        ru="Отчёт не изменён: оценка следует из ответов, вложенных в файл.",
        en="Valid: the score follows from the answers embedded in the file.",
    ),
    "valid_period": LocalText(
        ru="Отчёт не изменён: все его цифры следуют из данных, вложенных в файл.",
        en="Valid: every figure of the report follows from the data embedded in the file.",
    ),
    "altered": LocalText(
        ru="Отчёт изменён: файл не сходится сам с собой.",
        en="Altered: the file does not agree with itself.",
    ),
    "unknown": LocalText(
        ru="Неизвестный файл: в нём нет данных проверки, которые пишет Mystery.",
        en="Unknown: the file carries no visit data as Mystery writes it.",
    ),
    "score": LocalText(ru="Итог: {final}, основная оценка: {base}", en="Final score: {final}, base: {base}"),
    "employee": LocalText(
        ru="Отчёт о сотруднике, визитов: {visits}, средний балл: {mean}",
        en="Report on an employee, visits: {visits}, mean: {mean}",
    ),
    "unit": LocalText(
        ru="Отчёт о подразделении, визитов: {visits}, сотрудников: {people}",
        en="Report on a unit, visits: {visits}, employees: {people}",
    ),
    "no_mean": LocalText(ru="не считается", en="none"),
    "not_scored": LocalText(ru="не оценено", en="not scored"),
    "stamp": LocalText(ru="Отметка на каждой странице: {stamp}", en="Stamp on each page: {stamp}"),
    "unchanged": LocalText(
        ru="Подписан: {signer}, {moment}; с тех пор файл не менялся.",
        en="Signed by {signer}, {moment}; the file is unchanged since.",
    ),
    "broken": LocalText(
        ru="Подпись нарушена: {signer}. Файл изменён после подписания.",
        en="The signature is broken: {signer}. The file was changed after it was signed.",
    ),
    "unchecked": LocalText(
        ru="Файл подписан, но проверить подпись здесь нечем: pip install mystery-audit[signing]",
        en="The file is signed, but nothing here can check that: pip install mystery-audit[signing]",
    ),
    "fingerprint": LocalText(
        ru="Сертификат (SHA-256): {fingerprint}. {trust}",
        en="Certificate (SHA-256): {fingerprint}. {trust}",
    ),
    "not_asked": LocalText(
        ru="Чей он на самом деле, скажет сверка отпечатка или --trust.",
        en="Compare the fingerprint, or use --trust, to know whose it really is.",
    ),
    "trusted": LocalText(ru="Вы ему доверяете.", en="You trust it."),
    "not_trusted": LocalText(ru="Среди доверенных его нет.", en="It is none of those you trust."),
    "confirmed": LocalText(
        ru="Время подтвердила служба «{service}»: {moment}.",
        en="The time was confirmed by the service {service}: {moment}.",
    ),
    "signer_unknown": LocalText(ru="имя не читается", en="no name to be read"),
    "moment_unknown": LocalText(ru="время не указано", en="at an unknown time"),
    "difference": LocalText(
        ru="{place}: в файле {found}, должно быть {expected}",
        en="{place}: the file says {found}, it should be {expected}",
    ),
}
PLACES: Final = 2


def describe_verdict(verdict: Verdict, language: Language) -> list[str]:
    """The lines that `mystery verify` prints."""
    return list(_list_lines(verdict, language))


def _list_lines(verdict: Verdict, language: Language) -> Iterator[str]:
    is_valid = verdict.status is Status.VALID and verdict.record is not None
    key = "valid_period" if is_valid and verdict.kind != VISIT else verdict.status.value
    yield WORDS[key].in_language(language)
    if is_valid and verdict.record is not None:
        yield _say_figures(verdict.record, verdict.kind, language)
        yield _say("stamp", language, stamp=verdict.record["digest"][:STAMP_LETTERS])
    for difference in verdict.differences:
        yield _say_difference(difference, language)
    for signature in verdict.signatures:
        yield from _describe_signature(signature, language)


def _describe_signature(signature: Signature, language: Language) -> Iterator[str]:
    nobody = WORDS["signer_unknown"].in_language(language)
    yield _say(
        signature.seen.value,
        language,
        signer=signature.signer or nobody,
        moment=_write_moment(signature.signed_at, language),
    )
    if signature.confirmed_at:
        moment = _write_moment(signature.confirmed_at, language)
        yield _say("confirmed", language, service=signature.confirmed_by or nobody, moment=moment)
    if signature.fingerprint:
        answers = {None: "not_asked", True: "trusted", False: "not_trusted"}
        trust = WORDS[answers[signature.is_trusted]].in_language(language)
        yield _say("fingerprint", language, fingerprint=signature.fingerprint, trust=trust)


def _write_moment(moment: datetime | None, language: Language) -> str:
    return f"{moment:%Y-%m-%d %H:%M %Z}" if moment else WORDS["moment_unknown"].in_language(language)


def _say_figures(record: dict[str, Any], kind: str | None, language: Language) -> str:
    if kind == EMPLOYEE:
        figures = record["figures"]
        mean = _show(figures["mean"], language, none="no_mean")
        return _say("employee", language, visits=len(figures["visits"]), mean=mean)
    if kind == UNIT:
        rows = record["rows"]
        return _say("unit", language, visits=rows["visits"], people=rows["people"])
    score = record["score"]
    return _say("score", language, final=_show(score["final"], language), base=_show(score["base"], language))


def _say_difference(difference: Difference, language: Language) -> str:
    return _say(
        "difference",
        language,
        place=difference.place,
        found=difference.found,
        expected=difference.expected,
    )


def _show(fraction: str | None, language: Language, *, none: str = "not_scored") -> str:
    if fraction is None:
        return WORDS[none].in_language(language)
    return f"{format_number(Fraction(fraction), language, places=PLACES)} ({fraction})"


def _say(key: str, language: Language, **details: Any) -> str:
    return WORDS[key].in_language(language).format(**details)
