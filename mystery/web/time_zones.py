"""The time zones a person may choose from: by city, in the reader's language, with today's offset."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from babel.dates import get_timezone_location

from mystery.clock import now
from mystery.web.locale import Language

CONTINENTS = frozenset(
    {"Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
)


def list_time_zones(language: Language, *, chosen: str | None = None) -> list[tuple[str, str]]:
    """Pairs of (zone, label) from west to east; ``chosen`` is among them even when it is an old name."""
    moment = now()
    zones: dict[tuple[timedelta, str], str] = {}
    for zone, city in _name_cities(language):
        # Two names of one place (Kiev and Kyiv) are one choice: the later in the alphabet, or the one in use.
        key = (_offset(zone, moment), city)
        if zones.get(key) != chosen or chosen is None:
            zones[key] = zone
    if chosen and chosen not in zones.values() and is_time_zone(chosen):
        zones[(_offset(chosen, moment), chosen)] = chosen
    return [(zone, f"{_format_offset(offset)} {city}") for (offset, city), zone in sorted(zones.items())]


def is_time_zone(name: str) -> bool:
    """Whether ``name`` is a time zone that this machine knows."""
    return name in available_timezones()


@lru_cache(maxsize=2)
def _name_cities(language: Language) -> tuple[tuple[str, str], ...]:
    zones = sorted(zone for zone in available_timezones() if zone.split("/")[0] in CONTINENTS)
    return tuple((zone, get_timezone_location(zone, locale=language, return_city=True)) for zone in zones)


def _offset(zone: str, moment: datetime) -> timedelta:
    return moment.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()


def _format_offset(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    sign = "−" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
