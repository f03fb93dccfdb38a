"""Requests that create rows under load, as many as are wanted."""

from collections import deque
from collections.abc import Iterator
from itertools import cycle

from architect.model.entity import Entity
from architect.verify.load.wire import Wire
from architect.verify.payloads import Payloads


class Creations:
    """Makes requests, entity by entity in turn, no unique value twice.

    Args:
        entities: what is created.
        wire: how requests are written.
        seed: the same seed gives the same requests.
    """

    def __init__(self, entities: tuple[Entity, ...], wire: Wire, seed: int) -> None:
        self._payloads = Payloads(entities, seed)
        self._wire = wire
        self._references: dict[str, str] = {}
        self._turns = cycle(entities)
        self._prepared: deque[tuple[Entity, bytes]] = deque()

    def first(self) -> Iterator[tuple[Entity, bytes]]:
        """Yield one for each entity, after those that it refers to; :meth:`refer` takes each row in."""
        for entity in self._payloads.order():
            yield entity, self._request(entity)

    def refer(self, entity: Entity, row: str) -> None:
        """Let the requests that follow refer to a row by its id."""
        self._references[entity.name] = row

    def prepare(self, count: int) -> None:
        """Make requests beforehand until that many are ready, so that none has to be made between others."""
        while len(self._prepared) < count:
            self._prepared.append(self._made())

    def next(self) -> tuple[Entity, bytes]:
        """Return an entity and a request that creates it: a prepared one, or one made now."""
        return self._prepared.popleft() if self._prepared else self._made()

    def change(self, entity: Entity) -> bytes:
        """Return what an update of a row sends."""
        return self._wire.change(entity, self._payloads.change(entity))

    def _made(self) -> tuple[Entity, bytes]:
        entity = next(self._turns)
        return entity, self._request(entity)

    def _request(self, entity: Entity) -> bytes:
        return self._wire.creation(entity, self._payloads.body(entity, self._references))
