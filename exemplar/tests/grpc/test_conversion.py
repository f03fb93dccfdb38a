"""Single values across the wire."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from google.protobuf.struct_pb2 import ListValue, Struct, Value
from google.protobuf.timestamp_pb2 import Timestamp
from hypothesis import given
from hypothesis import strategies as st

from quillwort.domain.values import JsonValue
from quillwort.entrypoints.grpc.messages.conversion import (
    EnumCodes,
    exact,
    present,
    read_day,
    read_decimal,
    read_json,
    read_moment,
    read_uuid,
    write_day,
    write_decimal,
    write_json,
    write_moment,
)

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
    max_leaves=20,
)


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=3, min_value=-(10**15), max_value=10**15
    )
)
def test_a_decimal_comes_back(value: Decimal) -> None:
    assert read_decimal(write_decimal(value)) == value


@given(st.dates())
def test_a_day_comes_back(value: date) -> None:
    assert read_day(write_day(value)) == value


@given(st.uuids())
def test_a_uuid_comes_back(value: UUID) -> None:
    assert read_uuid(str(value)) == value


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_moment_comes_back(value: datetime) -> None:
    assert read_moment(write_moment(value)) == value


@given(JSON.filter(lambda value: value is not None))
def test_json_comes_back(value: JsonValue) -> None:
    written = write_json(value)

    assert written is not None
    assert read_json(Value.FromString(written.SerializeToString())) == value


def test_a_moment_elsewhere_is_the_same_moment() -> None:
    east = datetime(2026, 1, 31, 14, tzinfo=timezone(timedelta(hours=2)))

    assert read_moment(write_moment(east)) == east


def test_a_whole_number_in_json_is_an_integer_again() -> None:
    value = Value(struct_value=Struct(fields={"n": Value(number_value=3)}))

    assert repr(read_json(value)) == "{'n': 3}"


def test_null_is_no_value() -> None:
    assert write_json(None) is None
    # The number that the wire carries, where the stubs want the enum.
    assert read_json(Value(null_value=0)) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "read"), [("3", "3.00"), ("-0.5", "-0.50"), ("1.25", "1.25"), ("1.255", "1.255")]
)
def test_a_decimal_has_the_places_of_its_column(text: str, read: str) -> None:
    assert str(exact(2)(text)) == read
    assert str(exact(0)(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "x", "1e3", "NaN", "Infinity", " 1", "1_000", "+1", "1.", ".5", "٣", "1" * 65, "--1"],
)
def test_what_is_no_decimal_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must be a decimal number"):
        read_decimal(text)


@pytest.mark.parametrize(
    "text", ["", "x", "20260131", "2026-W05-6", "2026-02-30", "2026-1-31", "2026-01-31T00:00"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must be a day"):
        read_day(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "01890a5dac96774bbcceb302099a8057",
        "{01890a5d-ac96-774b-bcce-b302099a8057}",
        "urn:uuid:01890a5d-ac96-774b-bcce-b302099a8057",
        "01890a5d-ac96-774b-bcce-b302099a805g",
        "01890a5d-ac96-774b-bcce-b302099a8057\n",
    ],
)
def test_what_is_no_uuid_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must be a UUID"):
        read_uuid(text)


@pytest.mark.parametrize(
    "timestamp", [Timestamp(seconds=10**12), Timestamp(seconds=-(10**12)), Timestamp(nanos=-1)]
)
def test_what_is_no_moment_is_refused(timestamp: Timestamp) -> None:
    with pytest.raises(ValueError, match="years 1 to 9999"):
        read_moment(timestamp)


@pytest.mark.parametrize(
    "value",
    [
        Value(number_value=float("nan")),
        Value(number_value=float("inf")),
        Value(list_value=ListValue(values=[Value(number_value=float("nan"))])),
    ],
)
def test_what_json_cannot_say_is_refused(value: Value) -> None:
    with pytest.raises(ValueError, match="must be a JSON value"):
        read_json(value)


def test_a_code_stands_for_a_value_and_zero_for_none() -> None:
    codes = EnumCodes((1, "red"), (2, "green"))

    assert codes.read(2) == "green"
    assert codes.write("red") == 1
    for unknown in (0, 3, -1):
        with pytest.raises(ValueError, match="must be one of red, green"):
            codes.read(unknown)


def test_none_is_left_unset() -> None:
    assert present(write_day, None) is None
    assert present(write_day, date(2026, 1, 31)) == "2026-01-31"
