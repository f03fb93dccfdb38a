"""How single values cross the wire, both ways.

A reading function takes what a message holds and raises `ValueError`, whose text is a phrase that
follows the field's name.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final, Generic, TypeVar, cast
from uuid import UUID

from google.protobuf import json_format
from google.protobuf.struct_pb2 import Value
from google.protobuf.timestamp_pb2 import Timestamp

from quillwort.domain.values import JsonValue

T = TypeVar("T")
R = TypeVar("R")
Code = TypeVar("Code", bound=int)

# Bounded, for a short text like 1e999999999 is a number too long to write out.
_DECIMAL: Final = re.compile(r"-?[0-9]{1,64}(\.[0-9]{1,64})?")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
# Beyond this a double no longer holds every whole number.
_WHOLE_DOUBLE: Final = 2.0**53


def same(value: T) -> T:
    """Return the value: the wire carries it as it is."""
    return value


def present(write: Callable[[T], R], value: T | None) -> R | None:
    """Return `write(value)`, and None for None, which leaves a field of a message unset."""
    return None if value is None else write(value)


def read_decimal(text: str) -> Decimal:
    """Return the number that `text` writes out in digits, without an exponent."""
    if _DECIMAL.fullmatch(text) is None:
        raise ValueError("must be a decimal number")
    return Decimal(text)


def exact(places: int) -> Callable[[str], Decimal]:
    """Return what reads a number as a column of so many decimal places gives it back."""

    def read(text: str) -> Decimal:
        given = read_decimal(text)
        whole, point, fraction = text.partition(".")
        if not places or len(fraction) >= places:
            return given
        return Decimal(f"{whole}{point or '.'}{fraction.ljust(places, '0')}")

    return read


def write_decimal(value: Decimal) -> str:
    """Return the number written out in digits."""
    return format(value, "f")


def read_day(text: str) -> date:
    """Return the day that `text` writes as YYYY-MM-DD."""
    if _DAY.fullmatch(text) is None:
        raise ValueError("must be a day written as YYYY-MM-DD")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError("must be a day of the calendar") from error


def write_day(day: date) -> str:
    """Return the day as YYYY-MM-DD."""
    return day.isoformat()


def read_uuid(text: str) -> UUID:
    """Return the UUID that `text` writes in its 36 characters (RFC 9562, 4)."""
    if _UUID.fullmatch(text) is None:
        raise ValueError("must be a UUID")
    return UUID(text)


def read_moment(timestamp: Timestamp) -> datetime:
    """Return the moment in UTC; what lies below a microsecond is dropped."""
    try:
        return timestamp.ToDatetime(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError("must lie in the years 1 to 9999") from error


def write_moment(moment: datetime) -> Timestamp:
    """Return the moment as a timestamp."""
    # Timestamp.FromDatetime does the same in five times the time, and every row has two.
    since = moment - _EPOCH
    seconds = since.days * 86_400 + since.seconds
    return Timestamp(seconds=seconds, nanos=since.microseconds * 1000)


def read_json(value: Value) -> JsonValue:
    """Return what the value says; a whole number is an integer again, unknown to the wire."""
    try:
        return _whole(json_format.MessageToDict(value))
    except ValueError as error:
        raise ValueError("must be a JSON value") from error


def write_json(value: JsonValue) -> Value | None:
    """Return the value for the wire; JSON's null is a field left unset."""
    if value is None:
        return None
    # The type stubs know objects only; at run time any JSON value is read.
    return json_format.ParseDict(cast("dict[str, JsonValue]", value), Value())


class EnumCodes(Generic[Code, T]):
    """The codes of a proto enum and the values they stand for; UNSPECIFIED stands for none."""

    def __init__(self, *pairs: tuple[Code, T]) -> None:
        self._values = dict(pairs)
        self._codes = {value: code for code, value in pairs}

    def read(self, code: Code) -> T:
        """Return the value that the code stands for."""
        value = self._values.get(code)
        if value is None:
            raise ValueError(f"must be one of {', '.join(str(one) for one in self._codes)}")
        return value

    def write(self, value: T) -> Code:
        """Return the code that stands for the value."""
        return self._codes[value]


def _whole(value: JsonValue) -> JsonValue:
    match value:
        case float() if value.is_integer() and abs(value) <= _WHOLE_DOUBLE:
            return int(value)
        case dict():
            return {key: _whole(item) for key, item in value.items()}
        case list():
            return [_whole(item) for item in value]
    return value
