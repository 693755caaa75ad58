"""A formula of quality pay and the figures it was used on, as JSON in which every number is exact.

What is signed is kept in this form, and the lines are computed from it again whenever they are shown: a
signed sheet that was changed by hand no longer adds up to its total.
"""

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from checklists.exact import format_exact, parse_exact
from checklists.localtext import LocalText
from reports.lenses.quality_pay import FairFigure, PayBand, PayComponent, PayFormula


def formula_to_json(formula: PayFormula) -> str:
    """Write a formula; the same formula always gives the same text."""
    return _dump(
        {
            "base": format_exact(formula.base),
            "components": [
                {
                    "id": each.id,
                    "title": {"ru": each.title.ru, "en": each.title.en},
                    "share": format_exact(each.share),
                    "bands": [[format_exact(band.at), format_exact(band.pays)] for band in each.bands],
                }
                for each in formula.components
            ],
        }
    )


def formula_from_json(text: str) -> PayFormula:
    """Read what `formula_to_json` wrote; raises ValueError or KeyError for anything else."""
    raw = json.loads(text)
    return PayFormula(
        parse_exact(raw["base"]),
        tuple(
            PayComponent(
                each["id"],
                LocalText(ru=each["title"]["ru"], en=each["title"]["en"]),
                parse_exact(each["share"]),
                tuple(PayBand(parse_exact(at), parse_exact(pays)) for at, pays in each["bands"]),
            )
            for each in raw["components"]
        ),
    )


def figures_to_json(figures: Mapping[str, FairFigure]) -> str:
    """Write figures by component, with their visits; the same figures always give the same text."""
    return _dump({component: _write_figure(figure) for component, figure in figures.items()})


def figures_from_json(text: str) -> dict[str, FairFigure]:
    """Read what `figures_to_json` wrote; raises ValueError or KeyError for anything else."""
    return {
        component: FairFigure(
            _read_number(raw["value"]),
            _read_number(raw["low"]),
            _read_number(raw["high"]),
            tuple(str(visit) for visit in raw["visits"]),
        )
        for component, raw in json.loads(text).items()
    }


def _write_figure(figure: FairFigure) -> dict[str, Any]:
    limits = {"value": figure.value, "low": figure.low, "high": figure.high}
    written: dict[str, Any] = {
        name: None if number is None else format_exact(number) for name, number in limits.items()
    }
    return {**written, "visits": list(figure.visits)}


def _read_number(raw: int | str | None) -> Fraction | None:
    return None if raw is None else parse_exact(raw)


def _dump(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
