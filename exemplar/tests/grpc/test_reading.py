"""Messages into inputs."""

from dataclasses import dataclass

import pytest
from google.protobuf.descriptor_pb2 import FieldDescriptorProto, FileOptions
from google.protobuf.field_mask_pb2 import FieldMask

from quillwort.domain.errors import FieldError, InvalidInput
from quillwort.domain.values import UNSET, Unset
from quillwort.entrypoints.grpc.messages.conversion import read_day, same
from quillwort.entrypoints.grpc.messages.reading import (
    ChangeReader,
    ListReader,
    MessageReader,
    read_id,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class New:
    """An input with a rule of its own."""

    name: str
    number: int = 7
    json_name: str | None = None

    def __post_init__(self) -> None:
        errors = []
        if self.name is None:
            errors.append(FieldError("name", "must not be null"))
        if self.number < 0:
            errors.append(FieldError("number", "must not be negative"))
        if errors:
            raise InvalidInput(errors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change of it."""

    name: str | Unset = UNSET
    number: int | Unset = UNSET
    json_name: str | Unset | None = UNSET


def read_new(message: FieldDescriptorProto) -> New:
    # A message of proto2, whose fields track presence, as `optional` ones of proto3 do.
    with MessageReader(message, New, "thing") as read:
        return New(
            name=read.required("name", message.name, same),
            number=read.defaulted("number", message.number, same),
            json_name=read.optional("json_name", message.json_name, same),
        )


def read_change(message: FieldDescriptorProto, *paths: str) -> Change:
    with ChangeReader(message, Change, "thing", FieldMask(paths=paths)) as read:
        return Change(
            name=read.changed("name", message.name, same),
            number=read.changed("number", message.number, same),
            json_name=read.clearable("json_name", message.json_name, same),
        )


def refused(error: InvalidInput) -> dict[str, str]:
    return {one.field: one.message for one in error.errors}


def test_what_is_left_out_takes_the_default() -> None:
    assert read_new(FieldDescriptorProto(name="x")) == New(name="x", number=7)


def test_zero_and_empty_are_values() -> None:
    assert read_new(FieldDescriptorProto(name="", number=0)) == New(name="", number=0)


def test_what_cannot_be_read_and_what_breaks_a_rule_is_told_together() -> None:
    with pytest.raises(InvalidInput) as caught:
        read_new(FieldDescriptorProto(number=-1))

    assert refused(caught.value) == {
        "thing.name": "is required",
        "thing.number": "must not be negative",
    }


def test_an_input_that_chokes_on_the_stand_in_is_bad_input() -> None:
    message = FieldDescriptorProto(name="x", number=1)

    with pytest.raises(InvalidInput) as caught, MessageReader(message, New) as read:
        # A reader of another type, so that it is the reading that fails.
        New(name="x", number=read.required("number", "no day", read_day))  # type: ignore[arg-type]

    assert refused(caught.value) == {"number": "must be a day written as YYYY-MM-DD"}


def test_another_failure_is_not_bad_input() -> None:
    with pytest.raises(ZeroDivisionError), MessageReader(FieldDescriptorProto(), New):
        raise ZeroDivisionError


@pytest.mark.parametrize(
    ("paths", "change"),
    [
        ((), Change(name="x", json_name="y")),
        (("name",), Change(name="x")),
        (("json_name", "json_name"), Change(json_name="y")),
        (("extendee",), None),
        (("name", "nonsense"), None),
    ],
)
def test_the_mask_says_what_changes(paths: tuple[str, ...], change: Change | None) -> None:
    message = FieldDescriptorProto(name="x", json_name="y", extendee="z")

    if change is not None:
        assert read_change(message, *paths) == change
        return
    with pytest.raises(InvalidInput) as caught:
        read_change(message, *paths)
    assert set(refused(caught.value)) == {"update_mask"}


def test_a_named_field_without_a_value_is_cleared_or_missed() -> None:
    assert read_change(FieldDescriptorProto(), "json_name") == Change(json_name=None)
    with pytest.raises(InvalidInput) as caught:
        read_change(FieldDescriptorProto(), "name", "*")
    assert refused(caught.value) == {"thing.name": "is required", "thing.number": "is required"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A query with defaults."""

    sort: str = "-name"
    limit: int = 20
    cursor: str | None = None


def read_query(order_by: str = "", page_size: int = 0, page_token: str = "") -> Query:
    with ListReader(FileOptions(), Query) as read:
        return Query(
            sort=read.order(order_by, ("name", "-name")),
            limit=read.page_size(page_size),
            cursor=read.page_token(page_token),
        )


def test_a_list_request_has_the_querys_defaults_and_bounds() -> None:
    assert read_query() == Query(sort="-name", limit=20, cursor=None)
    assert read_query("name", 1000, "token") == Query(sort="name", limit=100, cursor="token")


def test_a_wrong_list_request_is_told_in_its_own_words() -> None:
    with pytest.raises(InvalidInput) as caught:
        read_query("nonsense", -1, "x" * 5000)
    assert set(refused(caught.value)) == {"order_by", "page_size", "page_token"}

    with pytest.raises(InvalidInput) as caught, ListReader(FileOptions(), Query):
        raise InvalidInput([FieldError("cursor", "is old")])
    assert refused(caught.value) == {"page_token": "is old"}


def test_a_filter_that_no_text_can_match_is_named() -> None:
    request = FileOptions(java_package="x\0")

    with pytest.raises(InvalidInput) as caught, ListReader(request, Query) as read:
        read.optional("java_package", request.java_package, same)

    assert refused(caught.value) == {"java_package": "must not hold the character NUL"}


def test_an_id_is_a_uuid() -> None:
    with pytest.raises(InvalidInput) as caught:
        read_id("x")
    assert refused(caught.value) == {"id": "must be a UUID"}
