"""What callers can do with collectors.

Every entry point goes through here.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from quillwort.domain.collector import (
    ACCESS,
    Collector,
    CollectorChange,
    CollectorQuery,
    NewCollector,
)
from quillwort.domain.collector_repository import CollectorRepository
from quillwort.domain.errors import ConcurrentChange, NotFound, VersionMismatch
from quillwort.domain.values import Page, Principal, utc_now


class CollectorService:
    """Collectors: made, read, changed and forgotten by those who may.

    Every method raises `PermissionDenied` without the scope. Those that name a collector raise
    `NotFound` when there is none among the rows that the caller may reach, `VersionMismatch` when
    `expected_version` is given and is not the stored version, and `ConcurrentChange` when somebody
    else changed it during the call.
    """

    def __init__(
        self, collectors: CollectorRepository, now: Callable[[], datetime] = utc_now
    ) -> None:
        self._collectors = collectors
        self._now = now

    async def create(self, principal: Principal, new: NewCollector) -> Collector:
        """Make a collector, owned by the caller.

        Raises:
            AlreadyExists: when a unique value is taken.
        """
        ACCESS.write(principal)
        collector = Collector.make(principal, new, self._now())
        await self._collectors.add(collector)
        return collector

    async def get(self, principal: Principal, collector_id: UUID) -> Collector:
        """Return the collector."""
        owner = ACCESS.read(principal)
        return await self._found(collector_id, owner)

    async def list(self, principal: Principal, query: CollectorQuery) -> Page[Collector]:
        """Return one page of the collectors that the caller may see.

        Raises:
            InvalidInput: when the cursor is not one that was given out for this order.
        """
        owner = ACCESS.read(principal)
        return await self._collectors.list(query, owner)

    async def update(
        self,
        principal: Principal,
        collector_id: UUID,
        change: CollectorChange,
        expected_version: int | None,
    ) -> Collector:
        """Apply the change and return the new version.

        Raises:
            AlreadyExists: when a unique value is taken.
        """
        stored = await self._to_change(principal, collector_id, expected_version)
        return await self._kept(stored, stored.changed(change, self._now()))

    async def delete(
        self, principal: Principal, collector_id: UUID, expected_version: int | None
    ) -> None:
        """Forget the collector.

        Raises:
            StillReferenced: when others refer to it.
        """
        owner = ACCESS.write(principal)
        if not await self._collectors.remove(
            collector_id, owner, expected_version=expected_version
        ):
            await self._found(collector_id, owner)
            raise VersionMismatch("collector")

    async def _found(self, collector_id: UUID, owner: str | None) -> Collector:
        collector = await self._collectors.get(collector_id, owner)
        if collector is None:
            raise NotFound("collector", collector_id)
        return collector

    async def _to_change(
        self, principal: Principal, collector_id: UUID, expected_version: int | None
    ) -> Collector:
        owner = ACCESS.write(principal)
        stored = await self._found(collector_id, owner)
        if expected_version is not None and expected_version != stored.version:
            raise VersionMismatch("collector")
        return stored

    async def _kept(self, stored: Collector, later: Collector) -> Collector:
        if not await self._collectors.replace(later, stored.version):
            raise ConcurrentChange("collector")
        return later
