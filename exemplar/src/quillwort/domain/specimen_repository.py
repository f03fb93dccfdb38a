"""Where specimens are kept: the port that storage adapters implement."""

from typing import Protocol
from uuid import UUID

from quillwort.domain.specimen import Specimen, SpecimenQuery
from quillwort.domain.values import Page


class SpecimenRepository(Protocol):
    """Keeps specimens.

    `owner` confines a call to that owner's rows; None reaches everybody's.
    Every call may raise `Unavailable`.
    """

    async def add(self, specimen: Specimen) -> None:
        """Keep a new specimen.

        Raises:
            AlreadyExists: when a unique value is taken.
            ReferenceMissing: when it refers to nothing of the same owner.
        """

    async def get(self, specimen_id: UUID, owner: str | None) -> Specimen | None:
        """Return the specimen, or None."""

    async def list(self, query: SpecimenQuery, owner: str | None) -> Page[Specimen]:
        """Return one page of the specimens that the query asks for.

        Raises:
            InvalidInput: when the cursor is none that this repository made for this order.
        """

    async def replace(self, specimen: Specimen, expected_version: int) -> bool:
        """Keep a later version; return False when the stored one is not `expected_version`.

        Raises:
            AlreadyExists: when a unique value is taken.
            ReferenceMissing: when it refers to nothing of the same owner.
        """

    async def remove(
        self, specimen_id: UUID, owner: str | None, expected_version: int | None
    ) -> bool:
        """Forget it; return False when there is none, or none of `expected_version`.

        Raises:
            StillReferenced: when others refer to it.
        """
