"""What an entity is in PostgreSQL: its table, constraints, indexes and the lists of its statements."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from architect.build.entity.kind import Column
from architect.build.entity.offers import Filter, Sort
from architect.build.entity.words import CODE_WIDTH, filled, listed, quoted

_LONGEST: Final = 63
"""Bytes of a name in PostgreSQL, which cuts longer ones off in silence."""


@dataclass(frozen=True, slots=True)
class Index:
    """An index: its name and its columns as SQL."""

    name: str
    columns: str


@dataclass(frozen=True, slots=True)
class Constraint:
    """A constraint: its name, the field that it speaks of, and what it demands."""

    name: str
    field: str
    demands: str


@dataclass(frozen=True, slots=True)
class Table:
    """The table of one entity.

    Args:
        name: its name, the entity's plural.
        kind: what a row is called in messages.
        columns: all of them, in order.
        owned: whether rows have an owner, which then leads every index and unique value.
        referenced: whether a reference that stays within one owner points here.
        late: fields whose foreign key is added when every table stands.
    """

    name: str
    kind: str
    columns: tuple[Column, ...]
    owned: bool
    referenced: bool
    late: frozenset[str]
    filters: tuple[Filter, ...]
    sorts: tuple[Sort, ...]

    @property
    def constant(self) -> str:
        """The name of the statements that make it."""
        return self.name.upper()

    @property
    def uniques(self) -> tuple[Constraint, ...]:
        """One a unique field: unique among the rows of one owner."""
        return tuple(
            Constraint(
                identifier(self.name, column.name, "key"),
                column.name,
                f"UNIQUE ({self._owner}{column.column})",
            )
            for column in self.columns
            if column.field.unique
        )

    @property
    def references(self) -> tuple[Constraint, ...]:
        """One a reference: within one owner where both sides are owned."""
        return tuple(self._references())

    @property
    def constraints(self) -> tuple[str, ...]:
        """What stands after the columns in CREATE TABLE."""
        lines = [f"CONSTRAINT {identifier(self.name, 'pkey')} PRIMARY KEY (id)"]
        if self.referenced:
            name = identifier(self.name, "id", "owner_id", "key")
            lines.append(f"CONSTRAINT {name} UNIQUE (id, owner_id)")
        lines += [broken(f"CONSTRAINT {each.name} {each.demands}", 8) for each in self.uniques]
        lines += [
            f"CONSTRAINT {each.name}\n            {broken(each.demands, 12)}"
            for each in self.references
            if each.field not in self.late
        ]
        lines += [self._check(column) for column in self.columns if column.kind.allowed(column)]
        return tuple(lines)

    @property
    def body(self) -> str:
        """What stands between the brackets of CREATE TABLE."""
        return ",\n        ".join([*(column.sql for column in self.columns), *self.constraints])

    @property
    def alterations(self) -> tuple[str, ...]:
        """The foreign keys that wait until every table stands."""
        return tuple(
            f"ALTER TABLE {self.name} ADD CONSTRAINT {each.name}\n    {broken(each.demands, 4)}"
            for each in self.references
            if each.field in self.late
        )

    @property
    def indexes(self) -> tuple[Index, ...]:
        """One for every order and every filter offered, which begin with the owner where there is one."""
        found = [Index(identifier(self.name, "created_at", "idx"), f"    ON {self.name} (created_at, id")]
        wanted: list[tuple[Column, ...]] = [(sort.column,) for sort in self.sorts]
        wanted += [(one.column,) for one in self.filters if one.is_range]
        created = next(column for column in self.columns if column.name == "created_at")
        wanted += [(one.column, created) for one in self.filters if not one.is_range]
        for columns in dict.fromkeys(wanted):
            if columns[0].field.unique or (not self.owned and columns == (created,)):
                continue
            names = [column.name for column in columns]
            owner = ["owner_id"] if self.owned else []
            found.append(
                Index(
                    identifier(self.name, *owner, *names, "idx"),
                    listed(
                        [*owner, *(column.column for column in columns), "id"], 8, f"    ON {self.name} ("
                    ),
                )
            )
        return tuple(found)

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names, quoted where SQL reserves them."""
        return tuple(column.column for column in self.columns)

    @property
    def selected(self) -> str:
        """The select list."""
        return listed(self.names, 7, "SELECT ")

    @property
    def inserted(self) -> str:
        """The columns of INSERT."""
        return listed(self.names, 4, "    ")

    @property
    def values(self) -> str:
        """The values of INSERT."""
        return listed([f"%({column.name})s" for column in self.columns], 4, "    ")

    @property
    def updated(self) -> str:
        """The assignments of UPDATE: everything but what never changes."""
        changing = (c for c in self.columns if c.name not in {"id", "owner_id", "created_at"})
        return ",\n".join(f"    {broken(f'{c.column} = %({c.name})s', 4)}" for c in changing)

    @property
    def meanings(self) -> str:
        """What its constraints mean, as arguments of the adapter's table of them."""
        arguments = [f"kind={quoted(self.kind)}"]
        if self.uniques:
            arguments.append(f"unique={_mapping(self.uniques)}")
        if self.references:
            arguments.append(f"references={_mapping(self.references)}")
        return ", ".join(arguments)

    def _check(self, column: Column) -> str:
        name = identifier(self.name, column.name, "check")
        before = f"            CHECK ({column.column} IN ("
        # Two parentheses follow, and a comma where it is not the last.
        allowed = listed(column.kind.allowed(column), 16, before, CODE_WIDTH - 3)
        return f"CONSTRAINT {name}\n{allowed}))"

    @property
    def _owner(self) -> str:
        return "owner_id, " if self.owned else ""

    def _references(self) -> Iterator[Constraint]:
        for column in self.columns:
            target = column.target
            if target is None:
                continue
            keys, points = [column.column], ["id"]
            if target.owned:
                keys.append("owner_id")
                points.append("owner_id")
            yield Constraint(
                identifier(self.name, column.name, "fkey"),
                column.name,
                f"FOREIGN KEY ({', '.join(keys)}) REFERENCES {target.table} ({', '.join(points)})",
            )


def broken(text: str, indent: int) -> str:
    """Return SQL without quoted texts, broken at blanks where it is too long for a line."""
    return filled(text, indent + 4, CODE_WIDTH - 2)


def identifier(*parts: str) -> str:
    """Return a name of PostgreSQL; one that would be cut off ends in a digest of the whole."""
    name = "_".join(parts)
    if len(name) <= _LONGEST:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    suffix = f"_{digest}_{parts[-1]}"
    return name[: _LONGEST - len(suffix)] + suffix


def _mapping(constraints: Sequence[Constraint]) -> str:
    """Return Python source: from each constraint's name to its field."""
    return "{" + ", ".join(f'"{each.name}": "{each.field}"' for each in constraints) + "}"
