"""The operations under load, on rows that were created before."""

import random
from collections.abc import Awaitable, Callable

from architect.model.entity import Entity
from architect.verify.load.creations import Creations
from architect.verify.load.http import Failed
from architect.verify.load.job import Job, Mix, Operation
from architect.verify.load.wire import Wire

PICKS = 100
"""Tries to find a row that nobody changes: rows are many times as many as requests under way."""


class Operations:
    """Sends one operation at a time; rows that were created are read, listed and changed later.

    Args:
        job: what is under load.
        wire: the way for everything but ``grpc_get``: REST, or gRPC where there is no REST.
        grpc: the way for ``grpc_get``.
    """

    def __init__(self, job: Job, wire: Wire, grpc: Wire | None) -> None:
        self._wire = wire
        self._random = random.Random(job.seed)  # noqa: S311 - which row is read is no secret
        self._rows: list[tuple[Entity, str]] = []
        self._changing: set[str] = set()
        self._entities = job.entities
        self._creations = Creations(job.entities, wire, job.seed)
        self._changes = {entity.name: self._creations.change(entity) for entity in job.entities}
        self.prepare = self._creations.prepare
        self.send: dict[Operation, Callable[[], Awaitable[None]]] = {
            "get": lambda: wire.get(*self._some_row()),
            "grpc_get": lambda: (grpc or wire).get(*self._some_row()),
            "list": lambda: wire.list(self._random.choice(self._entities)),
            "create": self._create,
            "update": self._update,
        }

    async def begin(self) -> None:
        """Create one row of each entity, for the others to refer to.

        Raises:
            Failed: one was not created.
        """
        for entity, request in self._creations.first():
            self._creations.refer(entity, await self._wire.create(entity, request))

    def pick(self, mix: Mix, count: int) -> list[Operation]:
        """Return operations drawn from a mix."""
        return self._random.choices(list(mix), weights=list(mix.values()), k=count)

    async def _create(self) -> None:
        entity, request = self._creations.next()
        self._rows.append((entity, await self._wire.create(entity, request)))

    async def _update(self) -> None:
        entity, row = self._row_of_its_own()
        try:
            await self._wire.update(entity, row, self._changes[entity.name])
        finally:
            self._changing.discard(row)

    def _some_row(self) -> tuple[Entity, str]:
        return self._random.choice(self._rows)

    def _row_of_its_own(self) -> tuple[Entity, str]:
        """Return a row that no other request is changing: two at once conflict, as they should."""
        for _ in range(PICKS):
            entity, row = self._some_row()
            if row not in self._changing:
                self._changing.add(row)
                return entity, row
        message = "every row is being changed"
        raise Failed(message)
