"""A verdict in words: what was checked, what it says, and what differs."""

import errno
import re
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
from reports.signing import INSTALL
from reports.verification import VISIT, Status, Verdict

WORDS: Final = {
    "valid": LocalText(ru="Отчёт сходится: {checked}.", en="Valid: {checked}."),
    "untrusted": LocalText(
        ru="Отчёт не подписан теми, кому вы доверяете.", en="Not signed by those you trust."
    ),
    "otherwise": LocalText(
        ru="В остальном он сходится: {checked}.", en="Otherwise it agrees with itself: {checked}."
    ),
    "checked": LocalText(
        ru="балл на первой странице следует из ответов, вложенных в файл, "
        "а на каждой странице стоят отметка отчёта и её номер",
        en="the score on page one follows from the answers embedded in the file, "
        "and every page bears the report's stamp and its own number",
    ),
    "checked_period": LocalText(
        ru="итоги на первой странице следуют из данных, вложенных в файл, "
        "а на каждой странице стоят отметка отчёта и её номер",
        en="the totals on page one follow from the data embedded in the file, "
        "and every page bears the report's stamp and its own number",
    ),
    "altered": LocalText(
        ru="Отчёт изменён: файл не сходится сам с собой.",
        en="Altered: the file does not agree with itself.",
    ),
    "unknown": LocalText(
        ru="Неизвестный файл: в нём нет данных проверки, которые пишет Mystery.",
        en="Unknown: the file carries no visit data as Mystery writes it.",
    ),
    "unsigned": LocalText(ru="Подписи в файле нет.", en="The file carries no signature."),
    "letters": LocalText(
        ru="За каждую букву на каждой странице ручается только подпись компании.",
        en="Only a company's signature vouches for every letter of every page.",
    ),
    "unread": LocalText(ru="Файл не открывается: {name}. {reason}.", en="{name} cannot be read: {reason}."),
    "no_file": LocalText(ru="Такого файла нет", en="there is no such file"),
    "folder": LocalText(ru="Это папка", en="it is a folder"),
    "score": LocalText(
        ru="Итог: {final}, базовый балл: {base}", en="Final score: {final}, base score: {base}"
    ),
    "employee": LocalText(
        ru="Отчёт о сотруднике, визитов: {visits}, средний базовый балл: {mean}",
        en="Report on an employee, visits: {visits}, mean base score: {mean}",
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
        ru="Файл подписан, но проверить подпись здесь нечем: {install}",
        en="The file is signed, but nothing here can check that: {install}",
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
        ru="{place}: в файле — {found}, должно быть — {expected}",
        en="{place}: the file says {found}, it should be {expected}",
    ),
}
# Places in the PDF; whatever else differs is a value of the data, which is named by its path in there.
PLACES_IN_WORDS: Final = {
    "page": LocalText(ru="страница {number}", en="page {number}"),
    "pages": LocalText(ru="число страниц", en="number of pages"),
    "signature": LocalText(ru="подпись {number}", en="signature {number}"),
    "stamp": LocalText(ru="отметка отчёта", en="stamp"),
    "number": LocalText(ru="номер страницы", en="page number"),
    "score": LocalText(ru="балл", en="score"),
    "figures": LocalText(ru="итоги", en="figures"),
}
PLACE: Final = re.compile(r"(page|pages|signature)(?: (\d+))?(?:: (\w+))?")
PLACES: Final = 2


def describe_verdict(verdict: Verdict, language: Language) -> list[str]:
    """The lines that `mystery verify` prints."""
    return list(_list_lines(verdict, language))


def describe_unread_file(error: OSError, language: Language) -> str:
    """Say that a file cannot be read, and why: in the language where it is missing or a folder."""
    known = {errno.ENOENT: "no_file", errno.EISDIR: "folder"}.get(error.errno or 0)
    reason = WORDS[known].in_language(language) if known else error.strerror
    return _say("unread", language, name=error.filename, reason=reason)


def _list_lines(verdict: Verdict, language: Language) -> Iterator[str]:
    is_sound = verdict.status in (Status.VALID, Status.UNTRUSTED)
    if not is_sound:
        yield WORDS[verdict.status.value].in_language(language)
    if verdict.is_trusted is False:
        yield WORDS["untrusted"].in_language(language)
    if is_sound and verdict.record is not None:
        checked = WORDS["checked" if verdict.kind == VISIT else "checked_period"].in_language(language)
        yield _say("valid" if verdict.status is Status.VALID else "otherwise", language, checked=checked)
        yield _say_figures(verdict.record, verdict.kind, language)
        yield _say("stamp", language, stamp=verdict.record["digest"][:STAMP_LETTERS])
    for difference in verdict.differences:
        yield _say_difference(difference, language)
    for signature in verdict.signatures:
        yield from _describe_signature(signature, language)
    if verdict.is_trusted is False and not verdict.signatures:
        yield WORDS["unsigned"].in_language(language)
    if is_sound and not verdict.is_trusted:
        yield WORDS["letters"].in_language(language)


def _describe_signature(signature: Signature, language: Language) -> Iterator[str]:
    nobody = WORDS["signer_unknown"].in_language(language)
    yield _say(
        signature.seen.value,
        language,
        signer=signature.signer or nobody,
        moment=_write_moment(signature.signed_at, language),
        install=INSTALL,
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
        place=_name_place(difference.place, language),
        found=_say_part(difference.found, language),
        expected=_say_part(difference.expected, language),
    )


def _say_part(part: str | LocalText, language: Language) -> str:
    return part.in_language(language) if isinstance(part, LocalText) else part


def _name_place(place: str, language: Language) -> str:
    """A place in the PDF in words: "page 1: score" is "страница 1, балл"; a path in the data as it is."""
    found = PLACE.fullmatch(place)
    if found is None:
        return place
    kind, number, part = found.groups()
    words = [PLACES_IN_WORDS[each].in_language(language) for each in (kind, part) if each]
    return ", ".join(words).format(number=number)


def _show(fraction: str | None, language: Language, *, none: str = "not_scored") -> str:
    if fraction is None:
        return WORDS[none].in_language(language)
    return f"{format_number(Fraction(fraction), language, places=PLACES)} ({fraction})"


def _say(key: str, language: Language, **details: Any) -> str:
    return WORDS[key].in_language(language).format(**details)
