"""Exact numbers: weights, points, shares and limits stay fractions from the file to the report.

A float would already be rounded before the arithmetic starts, so a float is refused; the readers of files
hand over
decimals as `Decimal`, taken from the text itself.
"""

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

MAX_NUMBER = 1_000_000
_DECIMAL = re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{1,10})?")
_RATIO = re.compile(r"[+-]?[0-9]{1,9}/0*[1-9][0-9]{0,8}")


def parse_exact(raw: object) -> Fraction:
    """Turn an int, a Decimal, a Fraction or a text such as "0.5" or "1/2" into a fraction.

    Raises ValueError for anything else: a float, a truth value, an exponent, infinity, or an absurdly long
    number.
    """
    if isinstance(raw, Fraction):
        return raw
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal | str):
        raise ValueError("not an exact number")
    if isinstance(raw, int):
        if abs(raw) > 10**12:
            raise ValueError("number too large")
        return Fraction(raw)
    text = str(raw).strip()
    if not (_DECIMAL.fullmatch(text) or _RATIO.fullmatch(text)):
        raise ValueError("not an exact number")
    return Fraction(text)


def format_exact(value: Fraction) -> int | str:
    """Return the canonical JSON form: a whole number as such, anything else as "numerator/denominator"."""
    return value.numerator if value.denominator == 1 else f"{value.numerator}/{value.denominator}"


def round_half_up(value: Fraction, places: int) -> Decimal:
    """Round half away from zero to so many decimal places; the one place where figures are rounded."""
    scaled = abs(value) * 10**places
    whole = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
    with localcontext() as context:
        context.prec = max(28, len(str(whole)) + places)
        context.rounding = ROUND_HALF_UP
        return Decimal(whole if value >= 0 else -whole).scaleb(-places)


def _within(low: int, high: int) -> Any:
    def validate(raw: object) -> Fraction:
        try:
            value = parse_exact(raw)
        except ValueError:
            raise PydanticCustomError("number_needed", "an exact number is needed") from None
        if value < 0 <= low:
            raise PydanticCustomError("negative_number", "negative numbers are refused")
        if not low <= value <= high:
            raise PydanticCustomError(
                "number_out_of_range", "out of range {low}..{high}", {"low": low, "high": high}
            )
        return value

    return PlainValidator(validate)


def _schema(low: int, high: int) -> WithJsonSchema:
    text = {"type": "string", "pattern": r"^[+-]?[0-9]+(\.[0-9]+|/[0-9]+)?$"}
    return WithJsonSchema({"anyOf": [{"type": "number", "minimum": low, "maximum": high}, text]})


_written = PlainSerializer(format_exact)

Weight = Annotated[Fraction, _within(0, MAX_NUMBER), _written, _schema(0, MAX_NUMBER)]
Share = Annotated[Fraction, _within(0, 1), _written, _schema(0, 1)]
Percent = Annotated[Fraction, _within(0, 100), _written, _schema(0, 100)]
MaxFinal = Annotated[Fraction, _within(100, 1000), _written, _schema(100, 1000)]
FinalMark = Annotated[Fraction, _within(0, 1000), _written, _schema(0, 1000)]
Bound = Annotated[Fraction, _within(-MAX_NUMBER, MAX_NUMBER), _written, _schema(-MAX_NUMBER, MAX_NUMBER)]
