"""The tables that the migrations make are those that the entities need."""

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, get_args, get_type_hints
from uuid import UUID

import psycopg
import pytest

from entities import EXAMPLES
from example import Example
from quillwort.adapters.postgresql import migrations
from quillwort.domain.rules import Exact, Rule

TYPES: Mapping[object, str] = {
    str: "text",
    int: "bigint",
    float: "double precision",
    Decimal: "numeric",
    bool: "boolean",
    date: "date",
    datetime: "timestamp with time zone",
    UUID: "uuid",
}

each_entity = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.kind)


@each_entity
def test_every_field_has_its_column(database_url: str, example: Example) -> None:
    columns = _rows(
        database_url,
        "SELECT column_name, data_type, is_nullable, numeric_precision, numeric_scale "
        "FROM information_schema.columns WHERE table_name = %s",
        example.plural,
    )
    found = {name: (kind, null == "YES") for name, kind, null, _, _ in columns}
    hints = get_type_hints(example.entity)
    names = [field.name for field in fields(example.entity)]
    assert found == {name: _column(hints[name], example.rules.get(name)) for name in names}
    for name, _, _, precision, scale in columns:
        rule = example.rules.get(name)
        if isinstance(rule, Exact):
            assert (precision, scale) == (rule.max_digits, rule.decimal_places)


@each_entity
def test_every_choice_can_be_stored_and_no_other(database_url: str, example: Example) -> None:
    checks = _rows(
        database_url,
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE contype = 'c' AND conrelid = %s::regclass",
        example.plural,
    )
    hints = get_type_hints(example.entity)
    choices = {
        name: kind
        for name in hints
        for kind in (hints[name], *get_args(hints[name]))
        if isinstance(kind, type) and issubclass(kind, StrEnum)
    }
    assert len(checks) == len(choices)
    for name, kind in choices.items():
        (check,) = (text for (text,) in checks if f"(({name} = " in text)
        assert {part.strip("'") for part in check.split("'")[1::2]} == {one.value for one in kind}


@each_entity
def test_constraints_are_those_that_errors_are_made_of(database_url: str, example: Example) -> None:
    named = {
        kind: {name for (name,) in found}
        for kind in ("u", "f")
        for found in [
            _rows(
                database_url,
                "SELECT conname FROM pg_constraint WHERE contype = %s AND conrelid = %s::regclass",
                kind,
                example.plural,
            )
        ]
    }
    assert set(example.constraints.references) == named["f"]
    assert set(example.constraints.unique) <= named["u"]
    assert set(example.constraints.unique.values()) == set(example.unique)
    assert set(example.references) <= set(example.constraints.references.values())


@each_entity
def test_every_filter_and_sort_has_an_index(database_url: str, example: Example) -> None:
    indexes = [
        tuple(columns)
        for (columns,) in _rows(
            database_url,
            "SELECT array_agg(a.attname::text ORDER BY k.n) FROM pg_index i "
            "CROSS JOIN unnest(i.indkey) WITH ORDINALITY AS k(attnum, n) "
            "JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum "
            "WHERE i.indrelid = %s::regclass GROUP BY i.indexrelid",
            example.plural,
        )
    ]
    owner = ("owner_id",) if example.owned else ()
    asked = {comparison.field for comparison in example.filters.values()} | set(example.sorts)
    for column in asked:
        assert any(index[: len(owner) + 1] == (*owner, column) for index in indexes), column
    assert any(index[0] == "created_at" for index in indexes)


def test_migrations_can_be_undone_and_done_again(empty_database_url: str) -> None:
    migrations.upgrade(empty_database_url)
    made = _tables(empty_database_url)
    migrations.upgrade(empty_database_url)
    assert {example.plural for example in EXAMPLES} <= made
    migrations.downgrade(empty_database_url)
    assert _tables(empty_database_url) == {"alembic_version"}
    migrations.upgrade(empty_database_url)
    assert _tables(empty_database_url) == made


def test_migrations_at_once_wait_for_each_other(empty_database_url: str) -> None:
    module = "quillwort.adapters.postgresql.migrations"
    run = f"import sys, {module} as migrations; migrations.upgrade(sys.argv[1])"
    started = [
        subprocess.Popen([sys.executable, "-c", run, empty_database_url])  # noqa: S603 - this one
        for _ in range(3)
    ]
    assert [process.wait(60) for process in started] == [0, 0, 0]


def _tables(url: str) -> set[str]:
    query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    return {name for (name,) in _rows(url, query)}


def _rows(url: str, query: Any, *parameters: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query, parameters).fetchall()


def _column(hint: Any, rule: Rule | None) -> tuple[str, bool]:
    kinds = [kind for kind in get_args(hint) or [hint] if kind is not type(None)]
    nullable = rule is not None and rule.optional
    if len(kinds) > 1:  # whatever JSON can say
        return "jsonb", nullable
    assert nullable == (type(None) in get_args(hint))
    return "text" if issubclass(kinds[0], StrEnum) else TYPES[kinds[0]], nullable
