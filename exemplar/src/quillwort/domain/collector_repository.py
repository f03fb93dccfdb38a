"""Where collectors are kept: the port that storage adapters implement."""

from typing import Protocol
from uuid import UUID

from quillwort.domain.collector import Collector, CollectorQuery
from quillwort.domain.values import Page


class CollectorRepository(Protocol):
    """Keeps collectors.

    `owner` confines a call to that owner's rows; None reaches everybody's.
    Every call may raise `Unavailable`.
    """

    async def add(self, collector: Collector) -> None:
        """Keep a new collector.

        Raises:
            AlreadyExists: when a unique value is taken.
        """

    async def get(self, collector_id: UUID, owner: str | None) -> Collector | None:
        """Return the collector, or None."""

    async def list(self, query: CollectorQuery, owner: str | None) -> Page[Collector]:
        """Return one page of the collectors that the query asks for.

        Raises:
            InvalidInput: when the cursor is none that this repository made for this order.
        """

    async def replace(self, collector: Collector, expected_version: int) -> bool:
        """Keep a later version; return False when the stored one is not `expected_version`.

        Raises:
            AlreadyExists: when a unique value is taken.
        """

    async def remove(
        self, collector_id: UUID, owner: str | None, expected_version: int | None
    ) -> bool:
        """Forget it; return False when there is none, or none of `expected_version`.

        Raises:
            StillReferenced: when others refer to it.
        """
