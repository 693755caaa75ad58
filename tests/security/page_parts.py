"""The parts of an HTML page that security tests look at: links, forms, texts, attributes and tags."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = dict[str, str]
LINKING = {
    "a": "href",
    "link": "href",
    "img": "src",
    "script": "src",
    "source": "src",
    "iframe": "src",
    "use": "href",
}
# Where a browser would run what stands after "javascript:".
ADDRESS_ATTRIBUTES = frozenset(
    {"href", "src", "action", "formaction", "data", "xlink:href", "srcdoc", "poster"}
)


@dataclass
class Field:
    """One control of a form; ``options`` are the values a select, or a group of radios or boxes, offers."""

    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)
    attributes: Attributes = field(default_factory=dict)


@dataclass
class Form:
    """One form of a page, with its controls by name."""

    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class PageParts(HTMLParser):
    """Reads a page once and keeps its parts; nothing is judged here."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.texts: list[str] = []
        self.tags: list[tuple[str, Attributes]] = []
        self._form: Form | None = None
        self._field: Field | None = None
        self._text: list[str] = []
        self.feed(html)
        self.close()
        self._end_text()

    def values(self) -> list[str]:
        """Every text and every attribute value, as a browser understands them."""
        return self.texts + [value for _tag, attributes in self.tags for value in attributes.values()]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_text()
        attributes = {name: value or "" for name, value in attrs}
        self.tags.append((tag, attributes))
        if attributes.get(LINKING.get(tag, "")):
            self.links.append(attributes[LINKING[tag]])
        if tag == "form":
            self._form = Form(attributes.get("action", ""), attributes.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None:
            self._read_control(tag, attributes, self._form)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._field is not None:
            # A browser drops the line end that directly follows the opening tag.
            self._field.value = "".join(self._text).removeprefix("\n")
        self._end_text()
        if tag == "form":
            self._form = None
        if tag in ("select", "textarea"):
            self._field = None

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def _end_text(self) -> None:
        text = "".join(self._text)
        self._text = []
        if text.strip():
            self.texts.append(text)

    def _read_control(self, tag: str, attributes: Attributes, form: Form) -> None:
        name, value = attributes.get("name", ""), attributes.get("value", "")
        kind = attributes.get("type", "text") if tag == "input" else tag
        if tag == "option" and self._field is not None:
            self._offer(self._field, value, chosen="selected" in attributes)
        elif tag == "button" or kind == "submit":
            form.buttons.append((name, value))
        elif name and kind in ("radio", "checkbox"):
            group = form.fields.setdefault(name, Field(name, kind, attributes=attributes))
            self._offer(group, value, chosen="checked" in attributes)
        elif name and tag in ("input", "select", "textarea"):
            self._field = Field(name, kind, value, attributes=attributes)
            form.fields[name] = self._field

    @staticmethod
    def _offer(group: Field, value: str, *, chosen: bool) -> None:
        group.options.append(value)
        if chosen:
            group.chosen.append(value)
