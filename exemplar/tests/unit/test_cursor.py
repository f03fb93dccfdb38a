"""Cursors."""

from datetime import UTC
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quillwort.adapters import cursor
from quillwort.adapters.cursor import Place
from quillwort.adapters.postgresql.paging import moment
from quillwort.domain.errors import InvalidInput


@given(value=st.one_of(st.none(), st.text(max_size=200)), key=st.uuids())
def test_text_comes_back(value: str | None, key: UUID) -> None:
    place: Place[object] = Place(value, key)
    assert cursor.read(cursor.written("-name", place), "-name", str) == place


@given(value=st.datetimes(timezones=st.just(UTC)), key=st.uuids())
def test_moments_come_back(value: object, key: UUID) -> None:
    place = Place(value, key)
    assert cursor.read(cursor.written("created_at", place), "created_at", moment) == place


@given(value=st.decimals(allow_nan=False, allow_infinity=False), key=st.uuids())
def test_decimals_come_back(value: Decimal, key: UUID) -> None:
    place: Place[object] = Place(value, key)
    assert cursor.read(cursor.written("price", place), "price", Decimal) == place


@given(st.text(max_size=300))
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        cursor.read(text, "name", str)


def test_a_cursor_is_good_for_its_sort_alone() -> None:
    given_out = cursor.written("name", Place("x", UUID(int=1)))
    with pytest.raises(InvalidInput):
        cursor.read(given_out, "-name", str)
    with pytest.raises(InvalidInput):
        cursor.read(given_out + "x" * 3000, "name", str)


def test_a_moment_without_an_offset_is_refused() -> None:
    given_out = cursor.written("created_at", Place("2026-01-01 00:00:00", UUID(int=1)))
    with pytest.raises(InvalidInput):
        cursor.read(given_out, "created_at", moment)
