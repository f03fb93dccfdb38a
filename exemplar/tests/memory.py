"""A repository in memory: the ports' second adapter, for tests of what stands on them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from example import Example
from quillwort.adapters import cursor as cursors
from quillwort.domain.errors import AlreadyExists, ReferenceMissing
from quillwort.domain.values import Page


class MemoryRepository:
    """Keeps the entities of an example; `targets` has the repositories that it refers to."""

    def __init__(
        self, example: Example, targets: Mapping[str, "MemoryRepository"] | None = None
    ) -> None:
        self._example = example
        self._targets = targets or {}
        self._stored: dict[UUID, Any] = {}

    async def add(self, entity: Any) -> None:
        """Keep it."""
        await self._hold(entity)
        self._stored[entity.id] = entity

    async def get(self, key: UUID, owner: str | None = None) -> Any:
        """Return it, or None."""
        entity = self._stored.get(key)
        return entity if entity is not None and self._reached(entity, owner) else None

    async def list(self, query: Any, owner: str | None = None) -> Page[Any]:
        """Return what every given filter holds for."""
        name, descending = query.sort.removeprefix("-"), query.sort.startswith("-")
        found = [
            entity
            for entity in self._stored.values()
            if self._reached(entity, owner) and self._matches(entity, query)
        ]
        found.sort(key=lambda entity: _rank(entity, name), reverse=descending)
        start = 0
        if query.cursor is not None:
            parse = self._example.postgresql_sorts[name].parse
            place = cursors.read(query.cursor, query.sort, parse)
            start = 1 + [entity.id for entity in found].index(place.id)
        items = tuple(found[start : start + query.limit])
        if len(found) <= start + query.limit:
            return Page(items, None)
        last: cursors.Place[object] = cursors.Place(getattr(items[-1], name), items[-1].id)
        return Page(items, cursors.written(query.sort, last))

    async def replace(self, entity: Any, expected_version: int) -> bool:
        """Keep a later version."""
        stored = self._stored.get(entity.id)
        if stored is None or stored.version != expected_version:
            return False
        await self._hold(entity)
        self._stored[entity.id] = entity
        return True

    async def remove(
        self, key: UUID, owner: str | None = None, expected_version: int | None = None
    ) -> bool:
        """Forget it."""
        entity = await self.get(key, owner)
        if entity is None or expected_version not in {None, entity.version}:
            return False
        del self._stored[key]
        return True

    async def _hold(self, entity: Any) -> None:
        owner = entity.owner_id if self._example.owned else None
        for other in self._stored.values():
            for field in self._example.unique:
                taken = getattr(other, field) == getattr(entity, field) is not None
                if taken and other.id != entity.id and self._reached(other, owner):
                    raise AlreadyExists(self._example.kind, field)
        for field, target in self._targets.items():
            key = getattr(entity, field)
            if key is not None and await target.get(key, owner) is None:
                raise ReferenceMissing(field)

    def _reached(self, entity: Any, owner: str | None) -> bool:
        return owner is None or not self._example.owned or entity.owner_id == owner

    def _matches(self, entity: Any, query: Any) -> bool:
        for name, comparison in self._example.filters.items():
            asked, value = getattr(query, name), getattr(entity, comparison.field)
            if asked is None:
                continue
            if value is None or not _holds(comparison.bound, value, asked):
                return False
        return True


def _holds(bound: str, value: Any, asked: Any) -> bool:
    return bool({"equal": value == asked, "lower": value >= asked, "upper": value <= asked}[bound])


def _rank(entity: Any, name: str) -> tuple[bool, Any, UUID]:
    value = getattr(entity, name)
    return value is None, Decimal(0) if value is None else value, entity.id
