"""The photos of a visit in the order of the report, each with the words under it."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from checklists.localtext import Language
from reports.rows import ReportPhoto, VisitReport
from reports.words import say


@dataclass(frozen=True)
class PhotoLine:
    """A photo with the words under it; `key` is None when the picture is no longer kept."""

    key: str | None
    label: str
    caption: str | None


def build_visit_photos(
    report: VisitReport, language: Language, *, gone: Set[str] = frozenset()
) -> tuple[PhotoLine, ...]:
    """List the photos that belong to the visit as a whole."""
    return build_photo_lines(group_photos(report.photos).get(None, []), None, language, gone)


def group_photos(photos: Sequence[ReportPhoto]) -> dict[str | None, list[tuple[int, ReportPhoto]]]:
    """Group photos by question, numbered through the whole visit so that a talk can name them."""
    grouped: dict[str | None, list[tuple[int, ReportPhoto]]] = {}
    for number, photo in enumerate(photos, start=1):
        grouped.setdefault(photo.question, []).append((number, photo))
    return grouped


def build_photo_lines(
    photos: Sequence[tuple[int, ReportPhoto]], question: str | None, language: Language, gone: Set[str]
) -> tuple[PhotoLine, ...]:
    """Write the lines of numbered photos; `question` is the printed number of theirs, "4.1"."""
    lines = []
    for number, photo in photos:
        key = "photo_to" if question else "photo"
        label = say(key, language, number=number, question=question)
        if photo.key in gone:
            lines.append(PhotoLine(None, say("photo_gone", language, photo=label), photo.caption))
        else:
            lines.append(PhotoLine(photo.key, label, photo.caption))
    return tuple(lines)
