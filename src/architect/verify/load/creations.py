"""Bodies of rows to be created under load, as many as are wanted."""

import json
from collections import deque
from collections.abc import Iterator
from itertools import cycle

from architect.verify.load.job import Target
from architect.verify.payloads import Payloads


class Creations:
    """Makes bodies, entity by entity in turn, no unique value twice.

    Args:
        targets: the entities.
        seed: the same seed gives the same bodies.
    """

    def __init__(self, targets: list[Target], seed: int) -> None:
        self._payloads = Payloads(tuple(target.entity for target in targets), seed)
        self._by_name = {target.entity.name: target for target in targets}
        self._references: dict[str, str] = {}
        self._turns = cycle(targets)
        self._prepared: deque[tuple[Target, str]] = deque()
        self._changes = {each.entity.name: json.dumps(self._payloads.change(each.entity)) for each in targets}

    def first(self) -> Iterator[tuple[Target, str]]:
        """Yield one body of each entity, after those that it refers to; :meth:`refer` takes each row in."""
        for entity in self._payloads.order():
            target = self._by_name[entity.name]
            yield target, self._body(target)

    def refer(self, target: Target, row: str) -> None:
        """Let the bodies that follow refer to a row by its id."""
        self._references[target.entity.name] = row

    def prepare(self, count: int) -> None:
        """Make bodies beforehand until that many are ready, so that none has to be made between requests."""
        while len(self._prepared) < count:
            self._prepared.append(self._made())

    def next(self) -> tuple[Target, str]:
        """Return an entity and a body to create it from: a prepared one, or one made now."""
        return self._prepared.popleft() if self._prepared else self._made()

    def change(self, target: Target) -> str:
        """Return the body of a partial update."""
        return self._changes[target.entity.name]

    def _made(self) -> tuple[Target, str]:
        target = next(self._turns)
        return target, self._body(target)

    def _body(self, target: Target) -> str:
        return json.dumps(self._payloads.body(target.entity, self._references))
