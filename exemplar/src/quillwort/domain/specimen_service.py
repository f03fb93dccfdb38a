"""What callers can do with specimens.

Every entry point goes through here.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from quillwort.domain.errors import ConcurrentChange, NotFound, VersionMismatch
from quillwort.domain.specimen import (
    ACCESS,
    CATALOGUE,
    LEND,
    TAKE_BACK,
    WITHDRAW,
    NewSpecimen,
    Specimen,
    SpecimenChange,
    SpecimenQuery,
)
from quillwort.domain.specimen_repository import SpecimenRepository
from quillwort.domain.values import Page, Principal, utc_now


class SpecimenService:
    """Specimens: made, read, changed and forgotten by those who may.

    Every method raises `PermissionDenied` without the scope. Those that name a specimen raise
    `NotFound` when there is none among the rows that the caller may reach, `VersionMismatch` when
    `expected_version` is given and is not the stored version, and `ConcurrentChange` when somebody
    else changed it during the call.
    """

    def __init__(
        self, specimens: SpecimenRepository, now: Callable[[], datetime] = utc_now
    ) -> None:
        self._specimens = specimens
        self._now = now

    async def create(self, principal: Principal, new: NewSpecimen) -> Specimen:
        """Make a specimen, owned by the caller.

        Raises:
            AlreadyExists: when a unique value is taken.
            ReferenceMissing: when it refers to nothing that the caller owns.
        """
        ACCESS.write(principal)
        specimen = Specimen.make(principal, new, self._now())
        await self._specimens.add(specimen)
        return specimen

    async def get(self, principal: Principal, specimen_id: UUID) -> Specimen:
        """Return the specimen."""
        owner = ACCESS.read(principal)
        return await self._found(specimen_id, owner)

    async def list(self, principal: Principal, query: SpecimenQuery) -> Page[Specimen]:
        """Return one page of the specimens that the caller may see.

        Raises:
            InvalidInput: when the cursor is not one that was given out for this order.
        """
        owner = ACCESS.read(principal)
        return await self._specimens.list(query, owner)

    async def update(
        self,
        principal: Principal,
        specimen_id: UUID,
        change: SpecimenChange,
        expected_version: int | None,
    ) -> Specimen:
        """Apply the change and return the new version.

        Raises:
            AlreadyExists: when a unique value is taken.
            ReferenceMissing: when it refers to nothing of the same owner.
        """
        stored = await self._to_change(principal, specimen_id, expected_version)
        return await self._kept(stored, stored.changed(change, self._now()))

    async def delete(
        self, principal: Principal, specimen_id: UUID, expected_version: int | None
    ) -> None:
        """Forget the specimen.

        Raises:
            StillReferenced: when others refer to it.
        """
        owner = ACCESS.write(principal)
        if not await self._specimens.remove(specimen_id, owner, expected_version=expected_version):
            await self._found(specimen_id, owner)
            raise VersionMismatch("specimen")

    async def catalogue(
        self, principal: Principal, specimen_id: UUID, expected_version: int | None
    ) -> Specimen:
        """Take the specimen to catalogued.

        Allowed from draft.

        Raises:
            TransitionRefused: from any other state.
        """
        stored = await self._to_change(principal, specimen_id, expected_version)
        return await self._kept(stored, stored.moved(CATALOGUE, self._now()))

    async def lend(
        self, principal: Principal, specimen_id: UUID, expected_version: int | None
    ) -> Specimen:
        """Take the specimen to on_loan.

        Allowed from catalogued.

        Raises:
            TransitionRefused: from any other state.
        """
        stored = await self._to_change(principal, specimen_id, expected_version)
        return await self._kept(stored, stored.moved(LEND, self._now()))

    async def take_back(
        self, principal: Principal, specimen_id: UUID, expected_version: int | None
    ) -> Specimen:
        """Take the specimen to catalogued.

        Allowed from on_loan.

        Raises:
            TransitionRefused: from any other state.
        """
        stored = await self._to_change(principal, specimen_id, expected_version)
        return await self._kept(stored, stored.moved(TAKE_BACK, self._now()))

    async def withdraw(
        self, principal: Principal, specimen_id: UUID, expected_version: int | None
    ) -> Specimen:
        """Take the specimen to withdrawn.

        Allowed from draft or catalogued.

        Raises:
            TransitionRefused: from any other state.
        """
        stored = await self._to_change(principal, specimen_id, expected_version)
        return await self._kept(stored, stored.moved(WITHDRAW, self._now()))

    async def _found(self, specimen_id: UUID, owner: str | None) -> Specimen:
        specimen = await self._specimens.get(specimen_id, owner)
        if specimen is None:
            raise NotFound("specimen", specimen_id)
        return specimen

    async def _to_change(
        self, principal: Principal, specimen_id: UUID, expected_version: int | None
    ) -> Specimen:
        owner = ACCESS.write(principal)
        stored = await self._found(specimen_id, owner)
        if expected_version is not None and expected_version != stored.version:
            raise VersionMismatch("specimen")
        return stored

    async def _kept(self, stored: Specimen, later: Specimen) -> Specimen:
        if not await self._specimens.replace(later, stored.version):
            raise ConcurrentChange("specimen")
        return later
