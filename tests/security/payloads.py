"""Texts that a careless page, table or report would run, compile or misread; each bears its own token."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# What a payload calls when a browser takes it for script; the browser test listens for it.
HOOK = "__hit()"
TOKEN = re.compile(r"qz\d+z")
BEGINNINGS = ("=", "javascript:" + HOOK + "//", "@", "+", "-")
# Separate endings of whatever a text may stand in, template languages, formats, and invisible characters.
PARTS = (
    '"><script>' + HOOK + "</script>",
    "{{7*7}}",
    "%(name)s%s",
    "'onfocus=" + HOOK + " autofocus x='",
    "<img src=x onerror=" + HOOK + ">",
    "{% raw %}${7*7}#{7*7}<%=7*7%>{0}",
    "</title></textarea></script></style>",
    "&lt;b&gt;&amp;",
    "-->]]><svg/onload=" + HOOK + ">",
    "<a href=javascript:" + HOOK + ">",
    '\\"\\u003cscript>',
    "a\u202eb\u2066c\u200bd\u2028e\u2029f\u00adg",
)


@dataclass
class Payloads:
    """Makes payloads and remembers where each was put: token -> (place, the whole text)."""

    planted: dict[str, tuple[str, str]] = field(default_factory=dict)

    def write(self, place: str, length: int | None) -> str:
        """A payload of at most ``length`` characters for ``place``; None means as long as it likes."""
        number = len(self.planted)
        token = f"qz{number}z"
        # Short texts get one part each, a different one every time; long ones get all of them.
        beginning = BEGINNINGS[number % len(BEGINNINGS)]
        text = token if length is not None and length < 60 else beginning + token
        turn = number % len(PARTS)
        for part in PARTS[turn:] + PARTS[:turn]:
            if length is None or len(text) + len(part) <= length:
                text += part
        self.planted[token] = (place, text)
        return text

    def find_place(self, token: str) -> str:
        """Where the payload of a token was put."""
        return self.planted[token][0]
