"""Values that keep a field's constraints, different on every call, and values that break one each."""

import random
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Final

from rstr import Rstr

from architect.model.entity import Field, FieldKind
from architect.model.plain import Plain

LONGEST: Final = 40
"""Characters of a string nobody limits."""
TEXT_LIMIT: Final = 10_000
"""Characters at most of a text nobody limits (the build's own default)."""
MONEY_DIGITS: Final = 15
"""Digits before the point of an amount of money: numeric(19, 2) holds 17."""
CURRENCIES: Final = ("EUR", "USD", "GBP", "CHF")
_TRIES = 2000
_FIRST_DAY = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class Broken:
    """A value that breaks one constraint of a field; ``rule`` names it (``max_length``)."""

    rule: str
    value: Plain


class Values:
    """Makes values of any field.

    Args:
        seed: the same seed gives the same values in the same order.
    """

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - test data, no secret
        self._strings = Rstr(self._random)
        self._count = 0
        self._run = f"{self._random.randrange(36**4):x}"
        self._makers: dict[FieldKind, Callable[[Field], Plain]] = {
            "string": self._string,
            "text": self._string,
            "integer": self._integer,
            "float": self._float,
            "decimal": self._decimal,
            "money": self._decimal,
            "boolean": lambda _: bool(self._random.getrandbits(1)),
            "date": lambda _: self._day().isoformat(),
            "datetime": self._moment,
            "uuid": lambda _: str(uuid.UUID(int=self._random.getrandbits(128), version=4)),
            "email": lambda _: f"someone.{self._token()}@example.com",
            "url": lambda _: f"https://example.com/{self._token()}",
            "enum": lambda field: self._random.choice(field.choices),
            "json": lambda _: {"note": self._token(), "tags": ["a", "b"]},
        }

    def valid(self, field: Field) -> Plain:
        """Return a value that keeps every constraint of a field that is no reference.

        Raises:
            ValueError: no value was found that keeps the pattern and the lengths.
        """
        return self._makers[field.kind](field)

    def broken(self, field: Field) -> Iterator[Broken]:
        """Yield values that each break one constraint of the field, a wrong type first."""
        yield Broken("type", _WRONG_TYPE[field.kind])
        if field.required and field.default is None:
            yield Broken("required", None)
        if field.max_length is not None:
            yield Broken("max_length", self._padded(field, field.max_length + 1))
        if field.min_length:
            yield Broken("min_length", self._padded(field, field.min_length - 1))
        if field.pattern is not None:
            yield Broken("pattern", "\u0001 does not match")
        if field.maximum is not None:
            yield Broken("maximum", self._number(field, Decimal(str(field.maximum)) + 1))
        if field.minimum is not None:
            yield Broken("minimum", self._number(field, Decimal(str(field.minimum)) - 1))
        if field.decimal_places is not None:
            yield Broken("decimal_places", f"1.{'1' * (field.decimal_places + 1)}")
        if field.required and field.kind != "json":
            yield Broken("null", None)
        yield from _BEYOND_TYPE.get(field.kind, ())

    def _string(self, field: Field) -> Plain:
        if field.name == "currency":
            return self._random.choice(CURRENCIES)
        least, most = field.min_length or 0, field.max_length or LONGEST
        if field.pattern is not None:
            return self._matching(field.pattern, least, most)
        token = self._token()
        text = f"{field.name.replace('_', ' ')} {token}"
        if len(text) > most:
            text = token[-most:]
        return text.ljust(least, "x")

    def _matching(self, pattern: str, least: int, most: int) -> str:
        for _ in range(_TRIES):
            made: str = self._strings.xeger(pattern)
            if least <= len(made) <= most and made.isprintable():
                return made
        message = f"no text of {least} to {most} characters was found that matches {pattern}"
        raise ValueError(message)

    def _integer(self, field: Field) -> Plain:
        least = int(field.minimum if field.minimum is not None else 0)
        most = int(field.maximum if field.maximum is not None else least + 1000)
        if field.unique:
            self._count += 1
            return least + self._count % (most - least + 1 if field.maximum is not None else 10**9)
        return self._random.randint(least, most)

    def _float(self, field: Field) -> Plain:
        least = field.minimum if field.minimum is not None else 0.0
        most = field.maximum if field.maximum is not None else least + 1000.0
        return min(max(round(self._random.uniform(least, most), 3), least), most)

    def _decimal(self, field: Field) -> Plain:
        places = 2 if field.kind == "money" else field.decimal_places or 0
        digits = MONEY_DIGITS if field.kind == "money" else (field.max_digits or 12) - places
        unit = 10**places
        least = int(Decimal(str(field.minimum or 0)) * unit)
        most = 10 ** (digits + places) - 1
        if field.maximum is not None:
            most = min(most, int(Decimal(str(field.maximum)) * unit))
        value = Decimal(self._random.randint(least, min(most, least + 10**6))) / unit
        return f"{value:.{places}f}"

    def _day(self) -> date:
        return _FIRST_DAY + timedelta(days=self._random.randrange(2000))

    def _moment(self, _field: Field) -> Plain:
        moment = datetime.combine(self._day(), datetime.min.time(), UTC)
        moment += timedelta(seconds=self._random.randrange(86_400))
        return moment.isoformat().replace("+00:00", "Z")

    def _token(self) -> str:
        self._count += 1
        return f"{self._run}{self._count:06x}"

    def _padded(self, field: Field, length: int) -> str:
        text = str(self.valid(field))
        return text.ljust(length, text[-1:] or "x")[:length]

    @staticmethod
    def _number(field: Field, value: Decimal) -> Plain:
        if field.kind == "integer":
            return int(value)
        return float(value) if field.kind == "float" else format(value, "f")


_WRONG_TYPE: Final[dict[FieldKind, Plain]] = {
    "string": {"not": "a string"},
    "text": {"not": "a text"},
    "integer": "many",
    "float": "much",
    "decimal": "1,5 or so",
    "money": "a lot",
    "boolean": "perhaps",
    "date": "2024-02-30",
    "datetime": "yesterday",
    "uuid": "not-a-uuid",
    "email": "no at sign",
    "url": "not an address",
    "enum": "none_of_the_choices",
    "reference": "not-a-uuid",
    "json": None,
}
_BEYOND_TYPE: Final[dict[FieldKind, tuple[Broken, ...]]] = {
    "integer": (Broken("whole", 1.5), Broken("64_bits", 2**63)),
    "decimal": (Broken("finite", "NaN"), Broken("exponent", "1e2")),
    "money": (
        Broken("finite", "Infinity"),
        Broken("decimal_places", "1.234"),
        Broken("max_digits", "9" * 18),
    ),
    "date": (Broken("day", "2024-01-01T00:00:00Z"),),
    "datetime": (Broken("offset", "2024-01-01T00:00:00"),),
    "email": (Broken("domain", "somebody@"),),
    "url": (Broken("scheme", "javascript:alert(1)"),),
}
"""What a value of the right JSON type may still get wrong."""
