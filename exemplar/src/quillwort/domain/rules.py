"""The rules a field's value may have to keep, as values: one table per entity says them once.

The domain enforces a table when an input is made; entry points read the same table to document it.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final, TypeAlias

from quillwort.domain.errors import FieldError, InvalidInput
from quillwort.domain.values import UNSET

ANY_TEXT: Final = r"^[^\x00]*$"
"""PostgreSQL text holds every character but NUL."""

EMAIL: Final = (
    r"^[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*@"
    r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$"
)
"""The dot-atom form of RFC 5321, 4.1.2 over a host name of RFC 1123; no quoted parts."""

URL: Final = (
    r"^https?://[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*"
    r"(:[0-9]{1,5})?([/?#][A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*)?$"
)
"""An absolute http or https address in the characters of RFC 3986; no user information."""

INT64_MIN: Final = -(2**63)
INT64_MAX: Final = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """Nothing beyond the type; `optional` says whether None is allowed."""

    optional: bool = False

    def broken_by(self, value: object) -> str | None:
        """Return None: every value will do."""
        del value
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A string with bounds on its length in characters and a pattern for the whole of it."""

    optional: bool = False
    min_length: int = 0
    max_length: int
    pattern: str = ANY_TEXT

    def broken_by(self, value: object) -> str | None:
        """Return what is wrong with `value`, or None."""
        if not isinstance(value, str):
            return "must be a string"
        if len(value) < self.min_length:
            return f"must have at least {self.min_length} characters"
        if len(value) > self.max_length:
            return f"must have at most {self.max_length} characters"
        if re.fullmatch(self.pattern, value) is None:
            return f"must match {self.pattern}"
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """An integer of 64 bits within inclusive bounds."""

    optional: bool = False
    minimum: int = INT64_MIN
    maximum: int = INT64_MAX

    def broken_by(self, value: object) -> str | None:
        """Return what is wrong with `value`, or None."""
        if not isinstance(value, int):
            return "must be an integer"
        return _outside(value, self.minimum, self.maximum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Real:
    """A finite floating point number within inclusive bounds."""

    optional: bool = False
    minimum: float | None = None
    maximum: float | None = None

    def broken_by(self, value: object) -> str | None:
        """Return what is wrong with `value`, or None."""
        if not isinstance(value, int | float) or not math.isfinite(value):
            return "must be a finite number"
        return _outside(value, self.minimum, self.maximum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exact:
    """A decimal number of at most `max_digits` digits, `decimal_places` of them after the point."""

    optional: bool = False
    max_digits: int
    decimal_places: int
    minimum: Decimal | None = None
    maximum: Decimal | None = None

    @property
    def pattern(self) -> str:
        """The pattern of its written form, which is how JSON carries it."""
        sign = "" if self.minimum is not None and self.minimum >= 0 else "-?"
        places = rf"(\.[0-9]{{1,{self.decimal_places}}})?" if self.decimal_places else ""
        return rf"^{sign}[0-9]{{1,{self.max_digits - self.decimal_places}}}{places}$"

    def broken_by(self, value: object) -> str | None:
        """Return what is wrong with `value`, or None."""
        if not isinstance(value, Decimal) or not value.is_finite():
            return "must be a decimal number"
        outside = _outside(value, self.minimum, self.maximum)
        if outside is None and re.fullmatch(self.pattern, format(value, "f")) is None:
            before = self.max_digits - self.decimal_places
            return (
                f"must have at most {before} digits before the point, {self.decimal_places} after"
            )
        return outside


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A date and time that says its offset from UTC."""

    optional: bool = False

    def broken_by(self, value: object) -> str | None:
        """Return what is wrong with `value`, or None."""
        if not isinstance(value, datetime) or value.utcoffset() is None:
            return "must be a date and time with an offset from UTC"
        return None


Rule: TypeAlias = Plain | Text | Whole | Real | Exact | Moment


def check(source: object, rules: Mapping[str, Rule]) -> None:
    """Hold each named attribute of `source` against its rule; unset attributes pass.

    Raises:
        InvalidInput: naming every attribute that breaks its rule.
    """
    errors: list[FieldError] = []
    for field, rule in rules.items():
        value = getattr(source, field)
        if value is UNSET:
            continue
        if value is None:
            wrong = None if rule.optional else "must not be null"
        else:
            wrong = rule.broken_by(value)
        if wrong is not None:
            errors.append(FieldError(field, wrong))
    if errors:
        raise InvalidInput(errors)


def _outside(
    value: float | Decimal, minimum: float | Decimal | None, maximum: float | Decimal | None
) -> str | None:
    if minimum is not None and value < minimum:
        return f"must be at least {minimum}"
    if maximum is not None and value > maximum:
        return f"must be at most {maximum}"
    return None
