"""Types of fields as JSON has them; bounds come from the rules of the domain."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from quillwort.domain.rules import Exact, Moment, Plain, Real, Rule, Text, Whole

INPUT: Final = ConfigDict(extra="forbid", strict=True, regex_engine="python-re")
"""How inputs are read: unknown names are refused, and no value passes for another type."""


_INTEGER: Final = re.compile(r"-?[0-9]{1,19}")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT: Final = re.compile(
    _DAY.pattern + r"[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)


@dataclass(frozen=True, slots=True)
class Written:
    """A value that JSON carries as a string, how to read it, and how JSON Schema describes it."""

    read: Callable[[str], object]
    keyword: Literal["format", "pattern"]
    argument: str

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        """Read a string, write a string."""
        return core_schema.no_info_after_validator_function(self.read, core_schema.str_schema())

    def __get_pydantic_json_schema__(
        self, _: CoreSchema, __: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe the string."""
        return {"type": "string", self.keyword: self.argument}


@dataclass(frozen=True, slots=True)
class Integral:
    """A number without a fraction; 2.0 is one to JSON Schema, whose numbers are of one kind."""

    minimum: int
    maximum: int

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        """Read an integer, or a number that equals one."""
        bounded = core_schema.int_schema(ge=self.minimum, le=self.maximum, strict=True)
        return core_schema.with_info_before_validator_function(_whole, bounded)


def _whole(value: object, info: ValidationInfo) -> object:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    # A query string holds texts alone, and Python values, as this one is now, are read strictly.
    if info.mode != "json" and isinstance(value, str) and _INTEGER.fullmatch(value):
        return int(value)
    return value


def _day(text: str) -> date:
    if _DAY.fullmatch(text) is None:
        raise ValueError("must be YYYY-MM-DD")
    return date.fromisoformat(text)


def _instant(text: str) -> datetime:
    if _INSTANT.fullmatch(text) is None:
        raise ValueError("must be YYYY-MM-DDThh:mm:ss with an offset from UTC, or Z")
    try:
        return datetime.fromisoformat(text.upper()).astimezone(UTC)
    except OverflowError as error:
        raise ValueError("must lie between the years 1 and 9999") from error


def _exact(rule: Exact, text: str) -> Decimal:
    if re.fullmatch(rule.pattern, text) is None:
        raise ValueError(f"must match {rule.pattern}")
    return Decimal(text).quantize(Decimal(1).scaleb(-rule.decimal_places))


Day: TypeAlias = Annotated[date, Written(_day, "format", "date")]
"""A date, YYYY-MM-DD."""

Instant: TypeAlias = Annotated[datetime, Written(_instant, "format", "date-time")]
"""A date and time with an offset (RFC 3339), kept in UTC."""


def ruled(rule: Rule) -> object:
    """Return the annotation that holds a JSON field to the rule."""
    match rule:
        case Text():
            return Field(
                min_length=rule.min_length, max_length=rule.max_length, pattern=rule.pattern
            )
        case Whole():
            return Integral(rule.minimum, rule.maximum)
        case Real():
            return Field(ge=rule.minimum, le=rule.maximum, allow_inf_nan=False)
        case Exact():
            return Written(partial(_exact, rule), "pattern", rule.pattern)
        case Plain() | Moment():
            return None


def default(*, value: str | float) -> object:
    """Return the annotation that documents what an absent field means."""
    return Field(json_schema_extra={"default": value})
