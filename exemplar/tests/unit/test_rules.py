"""Rules of single values."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quillwort.domain.errors import InvalidInput
from quillwort.domain.rules import EMAIL, URL, Exact, Moment, Plain, Real, Rule, Text, Whole, check
from quillwort.domain.values import UNSET


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        (Text(max_length=3), "abc"),
        (Text(max_length=3), ""),
        (Text(min_length=1, max_length=3, pattern=r"^[a-z]+$"), "a"),
        (Text(max_length=254, pattern=EMAIL), "first.last+tag@example.co.uk"),
        (Text(max_length=2048, pattern=URL), "https://example.com:8443/a/b?c=d#e"),
        (Text(max_length=2048, pattern=URL), "http://localhost"),
        (Whole(minimum=1, maximum=3), 3),
        (Real(minimum=-0.5), -0.5),
        (Exact(max_digits=4, decimal_places=2), Decimal("-12.34")),
        (Exact(max_digits=4, decimal_places=2), Decimal("1E+1")),
        (Exact(max_digits=2, decimal_places=0), Decimal(12)),
        (Moment(), datetime(2026, 1, 1, tzinfo=UTC)),
        (Plain(), object()),
    ],
)
def test_what_keeps_a_rule(rule: Rule, value: object) -> None:
    assert rule.broken_by(value) is None


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        (Text(max_length=3), "abcd"),
        (Text(max_length=3), "a\0"),
        (Text(max_length=3), 1),
        (Text(min_length=1, max_length=3), ""),
        (Text(max_length=3, pattern=r"^[a-z]+$"), "a\n"),
        (Text(max_length=254, pattern=EMAIL), "a@b"),
        (Text(max_length=254, pattern=EMAIL), "a b@example.com"),
        (Text(max_length=254, pattern=EMAIL), "a@-example.com"),
        (Text(max_length=2048, pattern=URL), "ftp://example.com"),
        (Text(max_length=2048, pattern=URL), "javascript:alert(1)"),
        (Text(max_length=2048, pattern=URL), "https://user:secret@example.com"),
        (Whole(minimum=1), 0),
        (Whole(), 2**63),
        (Whole(), 1.5),
        (Real(), float("nan")),
        (Real(), float("inf")),
        (Real(maximum=1.0), 1.5),
        (Exact(max_digits=4, decimal_places=2), Decimal("123.4")),
        (Exact(max_digits=4, decimal_places=2), Decimal("1.234")),
        (Exact(max_digits=4, decimal_places=2), Decimal("NaN")),
        (Exact(max_digits=4, decimal_places=2, minimum=Decimal(0)), Decimal("-0.01")),
        (Exact(max_digits=4, decimal_places=2, maximum=Decimal(9)), Decimal("9.01")),
        (Exact(max_digits=4, decimal_places=2), 1.5),
        (Moment(), datetime(2026, 1, 1)),  # noqa: DTZ001 - the lack of an offset is what is wrong
        (Moment(), "2026-01-01T00:00:00Z"),
    ],
)
def test_what_breaks_a_rule(rule: Rule, value: object) -> None:
    assert rule.broken_by(value)


@dataclass
class Thing:
    """Something with fields."""

    name: object
    size: object


RULES: dict[str, Rule] = {"name": Text(max_length=3), "size": Whole(optional=True, minimum=1)}


def test_every_broken_rule_is_named() -> None:
    with pytest.raises(InvalidInput) as caught:
        check(Thing("abcd", 0), RULES)
    assert [error.field for error in caught.value.errors] == ["name", "size"]
    assert "name must have at most 3 characters" in caught.value.message


def test_null_is_for_optional_fields_alone() -> None:
    check(Thing("abc", None), RULES)
    with pytest.raises(InvalidInput) as caught:
        check(Thing(None, None), RULES)
    assert [error.message for error in caught.value.errors] == ["must not be null"]


def test_what_is_unset_keeps_every_rule() -> None:
    check(Thing(UNSET, UNSET), RULES)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2))
def test_an_exact_number_that_is_let_through_is_written_as_its_pattern_says(value: Decimal) -> None:
    rule = Exact(max_digits=6, decimal_places=2, minimum=Decimal(-100), maximum=Decimal(100))
    assert (rule.broken_by(value) is None) == (-100 <= value <= 100)
