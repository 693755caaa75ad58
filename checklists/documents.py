"""Reading YAML written by people: exact numbers, line numbers, and nothing that could surprise.

The events of the parser are turned into plain data without recursion. Aliases, tags, duplicate keys, very
deep nesting and very
large files are refused, so that no file can make the reader slow or the result different from what the eye
sees.
Only `true` and `false` are truth values: `yes`, `no`, `on` and `10:15` stay the texts they look like.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import yaml

from checklists.problems import Place, Problem, report_problem

NodePath = tuple[str | int, ...]

MAX_FILE_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_ENTRIES = 60_000
MAX_REPEATS = 100
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,18}\.[0-9]{1,18}")
_FIXED: Mapping[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Document:
    """The plain data of one file, and the line on which each part of it begins."""

    data: Any
    lines: Mapping[NodePath, int]

    def line_of(self, path: NodePath) -> int | None:
        """Return the line of the part, or of the nearest part around it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return None


def read_document(text: str, *, name: str) -> tuple[Document | None, list[Problem]]:
    """Read one YAML (or JSON) text; either a document, or the problems that prevent it."""
    place = Place(file=name)
    if len(text) > MAX_FILE_BYTES or len(text.encode("utf-8", "surrogatepass")) > MAX_FILE_BYTES:
        return None, [report_problem("file_too_large", place, limit=MAX_FILE_BYTES)]
    builder = _Builder(place)
    try:
        for event in _read_events(text):
            builder.take(event)
    except _Refused as refusal:
        return None, [*builder.problems, refusal.problem]
    except yaml.YAMLError as error:
        return None, [*builder.problems, _describe_syntax(error, place)]
    except (ValueError, UnicodeError):
        return None, [*builder.problems, report_problem("yaml_syntax", place, reason="invalid characters")]
    if builder.documents != 1:
        return None, [report_problem("one_document", place, found=builder.documents)]
    return Document(builder.root, builder.lines), builder.problems


def _read_events(text: str) -> Iterator[yaml.Event]:
    events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)
    return events


def _describe_syntax(error: yaml.YAMLError, place: Place) -> Problem:
    mark = getattr(error, "problem_mark", None)
    reason = str(getattr(error, "problem", None) or "unreadable")
    line = mark.line + 1 if mark is not None else None
    return report_problem("yaml_syntax", place, reason=reason).at(line=line)


class _Refused(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


@dataclass
class _Open:
    """A mapping or a list that is still being read."""

    data: Any
    path: NodePath
    key: str | None = None
    has_key: bool = False
    key_line: int = 0


@dataclass
class _Builder:
    place: Place
    root: Any = None
    documents: int = 0
    problems: list[Problem] = field(default_factory=list)
    lines: dict[NodePath, int] = field(default_factory=dict)
    stack: list[_Open] = field(default_factory=list)

    def take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark is not None else 0
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
        elif isinstance(event, yaml.AliasEvent):
            raise _Refused(report_problem("yaml_alias", self.place).at(line=line))
        elif isinstance(event, yaml.ScalarEvent):
            self._refuse_tag(event.tag, line)
            self._put(_read_scalar(event), line)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._refuse_tag(event.tag, line)
            self._open({} if isinstance(event, yaml.MappingStartEvent) else [], line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()

    def _refuse_tag(self, tag: str | None, line: int) -> None:
        if tag is not None and tag != "!":
            raise _Refused(report_problem("yaml_tag", self.place, tag=tag[:60]).at(line=line))

    def _open(self, data: Any, line: int) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise _Refused(report_problem("yaml_depth", self.place, limit=MAX_DEPTH).at(line=line))
        if self.stack and isinstance(self.stack[-1].data, dict) and not self.stack[-1].has_key:
            raise _Refused(report_problem("yaml_key", self.place).at(line=line))
        path = self._put(data, line)
        self.stack.append(_Open(data, path))

    def _put(self, value: Any, line: int) -> NodePath:
        if not self.stack:
            self.root = value
            self.lines[()] = line
            return ()
        top = self.stack[-1]
        if isinstance(top.data, list):
            path: NodePath = (*top.path, len(top.data))
            top.data.append(value)
        elif not top.has_key:
            self._take_key(top, value, line)
            return top.path
        else:
            top.has_key = False
            line = top.key_line
            path = (*top.path, str(top.key))
            top.data.setdefault(str(top.key), value)
        self.lines.setdefault(path, line)
        if len(self.lines) > MAX_ENTRIES:
            raise _Refused(report_problem("too_many_entries", self.place, limit=MAX_ENTRIES))
        return path

    def _take_key(self, top: _Open, value: Any, line: int) -> None:
        key = value if isinstance(value, str) else _write_key(value)
        if key in top.data:
            name = ".".join(str(part) for part in (*top.path, key[:60]))
            if len(self.problems) >= MAX_REPEATS:
                raise _Refused(report_problem("yaml_repeats", self.place, limit=MAX_REPEATS))
            self.problems.append(report_problem("duplicate_key", self.place, key=name).at(line=line))
        top.key, top.has_key, top.key_line = key, True, line


def _write_key(value: object) -> str:
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    return str(value)


def _read_scalar(event: yaml.ScalarEvent) -> str | int | bool | Decimal | None:
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text.lower() in _FIXED and text in (text.lower(), text.capitalize(), text.upper()):
        return _FIXED[text.lower()]
    if _INTEGER.fullmatch(text):
        return int(text)
    return Decimal(text) if _DECIMAL.fullmatch(text) else text
