"""What a way into the service can be asked under load."""

from typing import Protocol

from architect.model.entity import Entity
from architect.verify.payloads import Body


class Wire(Protocol):
    """Sends requests; what fails raises :class:`architect.verify.load.http.Failed`."""

    def creation(self, entity: Entity, body: Body) -> bytes:
        """Return the request that creates a row."""

    def change(self, entity: Entity, body: Body) -> bytes:
        """Return what an update sends."""

    async def create(self, entity: Entity, creation: bytes) -> str:
        """Create a row and return its id."""

    async def get(self, entity: Entity, row: str) -> None:
        """Read a row."""

    async def list(self, entity: Entity) -> None:
        """Read the first page."""

    async def update(self, entity: Entity, row: str, change: bytes) -> None:
        """Change a row."""
