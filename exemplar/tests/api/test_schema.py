"""Fields as JSON has them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter, ValidationError, with_config
from typing_extensions import TypedDict

from quillwort.domain.rules import Exact, Real, Text, Whole
from quillwort.entrypoints.rest.schema import INPUT, Day, Instant, ruled

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
AMOUNT = Exact(max_digits=5, decimal_places=2, minimum=Decimal(0))


@with_config(INPUT)
class Body(TypedDict, total=False):
    """A field of each kind."""

    name: Annotated[str, ruled(Text(min_length=1, max_length=3, pattern="^[a-z]+$"))]
    count: Annotated[int, ruled(Whole(minimum=1, maximum=9))]
    size: Annotated[float, ruled(Real(minimum=0.0))]
    amount: Annotated[Decimal, ruled(AMOUNT)]
    day: Day
    moment: Instant
    flag: bool


ADAPTER: TypeAdapter[Any] = TypeAdapter(Body)


@pytest.mark.parametrize(
    ("json", "value"),
    [
        ('{"name": "abc"}', {"name": "abc"}),
        ('{"count": 2}', {"count": 2}),
        ('{"count": 2.0}', {"count": 2}),
        ('{"size": 1}', {"size": 1.0}),
        ('{"amount": "1.5"}', {"amount": Decimal("1.50")}),
        ('{"day": "2026-01-31"}', {"day": date(2026, 1, 31)}),
        ('{"moment": "2026-01-31T14:00:00+02:00"}', {"moment": NOON}),
        ('{"moment": "2026-01-31t12:00:00.5z"}', {"moment": NOON.replace(microsecond=500000)}),
        ('{"flag": true}', {"flag": True}),
    ],
)
def test_what_is_read(json: str, value: dict[str, object]) -> None:
    read = ADAPTER.validate_json(json)
    assert read == value
    assert [str(part) for part in read.values()] == [str(part) for part in value.values()]


@pytest.mark.parametrize(
    "json",
    [
        '{"name": 1}',
        '{"name": "abcd"}',
        '{"name": "A"}',
        '{"count": "2"}',
        '{"count": 2.5}',
        '{"count": 10}',
        '{"count": true}',
        '{"count": 1e400}',
        '{"size": "1"}',
        '{"size": NaN}',
        '{"size": 1e400}',
        '{"size": -1}',
        '{"amount": 1.5}',
        '{"amount": "1.234"}',
        '{"amount": "-1"}',
        '{"amount": "1e2"}',
        '{"amount": "1\\n"}',
        '{"day": 0}',
        '{"day": "0"}',
        '{"day": "20260131"}',
        '{"day": "2026-02-30"}',
        '{"day": "2026-W05-6"}',
        '{"moment": 0}',
        '{"moment": "0"}',
        '{"moment": "2026-W05-6T12:00:00Z"}',
        '{"moment": "2026-01-31T12:00:00Z\\n"}',
        '{"moment": "2026-01-31T12:00:00"}',
        '{"moment": "0001-01-01T00:00:00+14:00"}',
        '{"flag": 1}',
        '{"flag": "true"}',
        '{"other": 1}',
    ],
)
def test_what_is_refused(json: str) -> None:
    with pytest.raises(ValidationError):
        ADAPTER.validate_json(json)


def test_what_is_documented() -> None:
    properties = ADAPTER.json_schema()["properties"]
    expected = {
        "name": {"type": "string", "minLength": 1, "maxLength": 3, "pattern": "^[a-z]+$"},
        "count": {"type": "integer", "minimum": 1, "maximum": 9},
        "size": {"type": "number", "minimum": 0},
        "amount": {"type": "string", "pattern": AMOUNT.pattern},
        "day": {"type": "string", "format": "date"},
        "moment": {"type": "string", "format": "date-time"},
        "flag": {"type": "boolean"},
    }
    for name, schema in expected.items():
        assert {key: value for key, value in properties[name].items() if key != "title"} == schema


def test_a_query_string_writes_integers_as_text() -> None:
    assert ADAPTER.validate_strings({"count": "7"}) == {"count": 7}
    for text in ("0", "10", "7.0", "many", "", "9" * 400):
        with pytest.raises(ValidationError):
            ADAPTER.validate_strings({"count": text})
