"""Devices: a browser and a system in two words, so that a person recognises a session in his list."""

from __future__ import annotations

# The first name found wins; most browsers also call themselves Safari and Chrome.
BROWSERS = (
    ("YaBrowser", "Yandex Browser"),
    ("SamsungBrowser", "Samsung Internet"),
    ("OPR/", "Opera"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def describe_device(user_agent: str) -> str:
    """ "Chrome, Android" from what a browser says of itself; empty when neither part is known.

    Only these known words are kept: what a visitor sends is never shown back to him or anybody.
    """
    parts = (_first_found(BROWSERS, user_agent), _first_found(SYSTEMS, user_agent))
    return ", ".join(part for part in parts if part)


def _first_found(names: tuple[tuple[str, str], ...], text: str) -> str | None:
    return next((name for sign, name in names if sign in text), None)
