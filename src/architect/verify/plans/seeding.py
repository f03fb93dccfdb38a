"""Filling a project's tables to the brief's volume, in SQL alone."""

from collections.abc import Callable
from typing import Final

import psycopg
from psycopg import sql

from architect.model.entity import Entity, Field, FieldKind
from architect.model.naming import plural
from architect.verify.payloads import Payloads, settable, wire_name

OWNERS: Final = 20
"""How many owners share the rows, evenly."""
DISTINCT: Final = 1000
"""How many different values a text that need not be unique takes."""
MOST_ROWS: Final = 20_000
"""Rows of a table at most: plans turn to indexes well below, and filling more takes the gate's time."""


class Seeder:
    """Writes rows into the tables of entities; the n-th row of a table is the same every time.

    Args:
        entities: the service's entities.
        rows: how many of each; a multiple of :data:`OWNERS`.
    """

    def __init__(self, entities: tuple[Entity, ...], rows: int) -> None:
        self._entities = Payloads(entities).order()
        self._states = {entity.name: entity.states.value.names for entity in entities if entity.states}
        self.rows = rows

    async def fill(self, link: psycopg.AsyncConnection[tuple[object, ...]]) -> None:
        """Fill every table and bring the statistics up to date.

        Check constraints are dropped first, and references are not looked at meanwhile, for rows may refer
        to a table that is filled later: both judge values, and play no part in plans.

        Args:
            link: a superuser's connection.

        Raises:
            psycopg.Error: a table refuses a row.
            ValueError: a required column is not of the brief, so nothing is known of its values.
        """
        await link.execute("SET session_replication_role = replica")
        for entity in self._entities:
            table = plural(entity.name)
            await _drop_checks(link, table)
            columns = await _columns(link, table)
            values = {name: self._value(entity, name) for name in columns}
            known = {name: value for name, value in values.items() if value}
            missing = [name for name, required in columns.items() if required and name not in known]
            if missing:
                message = f"{table} has columns that the brief does not name: {', '.join(missing)}"
                raise ValueError(message)
            await link.execute(
                sql.SQL("INSERT INTO {} ({}) SELECT {} FROM generate_series(1, {}) AS n").format(
                    sql.Identifier(table),
                    sql.SQL(", ").join(map(sql.Identifier, known)),
                    sql.SQL(", ").join(sql.SQL(value) for value in known.values()),
                    sql.Literal(self.rows),
                )
            )
        await link.execute("RESET session_replication_role")
        for entity in self._entities:
            await link.execute(sql.SQL("VACUUM ANALYZE {}").format(sql.Identifier(plural(entity.name))))

    def _value(self, entity: Entity, column: str) -> str:
        """Return the SQL expression of a column in the n-th row; empty when nothing is known of it."""
        if column in _STANDARD:
            return _STANDARD[column].replace("ENTITY", plural(entity.name))
        if column == "status" and entity.name in self._states:
            return _one_of(self._states[entity.name])
        for field in settable(entity):
            if wire_name(field) == column:
                value = self._reference(field) if field.kind == "reference" else _MAKERS[field.kind](field)
                return value if field.required else f"CASE WHEN n % 10 > 0 THEN {value} END"
        return "'EUR'" if column == "currency" else ""

    def _reference(self, field: Field) -> str:
        """Refer to a row of the same owner: rows go to owners in turn, so a step of OWNERS keeps it."""
        row = f"(n % {OWNERS} + {OWNERS} * ({_random(self.rows // OWNERS - 1)} + 1))"
        return f"md5('{plural(field.references or '')}' || {row})::uuid"


def owner(number: int) -> str:
    """Return the name of an owner, numbered from 0."""
    return f"owner-{number}"


def _random(below: int) -> str:
    """Return an expression for a whole number from 0 to ``below`` - 1 that row n always has."""
    return f"((hashint4(n::int) & 2147483647) % {max(below, 1)})"


def _one_of(values: tuple[str, ...]) -> str:
    listed = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
    return f"(ARRAY[{listed}])[1 + {_random(len(values))}]"


def _text(field: Field) -> str:
    number = "n" if field.unique else _random(DISTINCT)
    text = f"('{wire_name(field)} ' || lpad(({number})::text, 8, '0'))"
    if field.name == "currency":
        return "'EUR'"
    if field.max_length is not None:
        text = f"right({text}, {field.max_length})"
    return f"lpad({text}, {field.min_length}, 'x')" if field.min_length and field.min_length > 8 else text  # noqa: PLR2004 - the text's own length


def _whole(field: Field) -> str:
    least = int(field.minimum or 0)
    most = int(field.maximum) if field.maximum is not None else least + 10**6
    return f"({least} + n)" if field.unique else f"({least} + {_random(most - least + 1)})"


def _fraction(field: Field) -> str:
    least = field.minimum or 0
    most = field.maximum if field.maximum is not None else least + 1000
    return f"({least} + {_random(1000)} * {(most - least) / 1000})"


_MAKERS: Final[dict[FieldKind, Callable[[Field], str]]] = {
    "string": _text,
    "text": _text,
    "integer": _whole,
    "float": _fraction,
    "decimal": lambda field: f"({int(field.minimum or 0)} + {_random(9)})",
    "money": lambda field: f"({int(field.minimum or 0)} + {_random(100_000)} / 100.0)",
    "boolean": lambda _: f"({_random(3)} = 0)",
    "date": lambda _: f"(date '2015-01-01' + {_random(3650)})",
    "datetime": lambda _: f"(timestamptz '2015-01-01 00:00Z' + {_random(3650 * 24)} * interval '1 hour')",
    "uuid": lambda field: f"md5('{field.name}' || n)::uuid",
    "email": lambda field: f"('{field.name}-' || n || '@example.com')",
    "url": lambda _: "('https://example.com/' || n)",
    "enum": lambda field: _one_of(field.choices),
    "json": lambda _: "jsonb_build_object('n', n)",
}
_STANDARD: Final = {
    "id": "md5('ENTITY' || n)::uuid",
    "owner_id": f"'owner-' || (n % {OWNERS})",
    "version": "1",
    "created_at": f"timestamptz '2024-01-01 00:00Z' + {_random(10**7)} * interval '1 second'",
    "updated_at": f"timestamptz '2024-01-01 00:00Z' + {_random(10**7)} * interval '1 second'",
}
"""Times in no order of the rows, as after some months of updates: were they in order, reading the newest rows
of everybody would look cheap to the planner, and hide that an owner's own index is missing."""


async def _columns(link: psycopg.AsyncConnection[tuple[object, ...]], table: str) -> dict[str, bool]:
    """Return a table's columns in order, and whether each must be given."""
    query = (
        "SELECT column_name, is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO' "
        "FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND table_name = %s AND is_generated = 'NEVER' "
        "ORDER BY ordinal_position"
    )
    rows = await (await link.execute(query, (table,))).fetchall()
    return {str(name): bool(required) for name, required in rows}


async def _drop_checks(link: psycopg.AsyncConnection[tuple[object, ...]], table: str) -> None:
    query = "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'"
    for (name,) in await (await link.execute(query, (table,))).fetchall():
        statement = sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}")
        await link.execute(statement.format(sql.Identifier(table), sql.Identifier(str(name))))
