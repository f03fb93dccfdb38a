"""Operations by REST, as bytes on the wire."""

import json
from typing import Final

from architect.model.entity import Entity
from architect.verify.load.http import Failed, Pool
from architect.verify.payloads import Body, path

PAGE: Final = 20
_CREATED, _OK = 201, 200


class RestWire:
    """Sends one request at a time over a kept-alive connection.

    Args:
        port: where REST listens on 127.0.0.1.
        token: whose requests they are.
    """

    def __init__(self, port: int, token: str) -> None:
        self.pool = Pool(port)
        self._head = (
            f"Host: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\nAccept: application/json\r\n"
        )

    def creation(self, entity: Entity, body: Body) -> bytes:
        """Return the request that creates a row."""
        return self._with_body("POST", path(entity), json.dumps(body).encode(), "application/json")

    def change(self, _: Entity, body: Body) -> bytes:
        """Return what :meth:`update` sends."""
        return json.dumps(body).encode()

    async def create(self, _: Entity, creation: bytes) -> str:
        """Create a row and return its id.

        Raises:
            Failed: as all of these do, when the answer is not the one that was wanted.
        """
        row: str = json.loads(await self._exchange(creation, _CREATED))["id"]
        return row

    async def get(self, entity: Entity, row: str) -> None:
        """Read a row."""
        await self._exchange(f"GET {path(entity)}/{row} HTTP/1.1\r\n{self._head}\r\n".encode(), _OK)

    async def list(self, entity: Entity) -> None:
        """Read the first page."""
        await self._exchange(f"GET {path(entity)}?limit={PAGE} HTTP/1.1\r\n{self._head}\r\n".encode(), _OK)

    async def update(self, entity: Entity, row: str, change: bytes) -> None:
        """Change a row."""
        where = f"{path(entity)}/{row}"
        await self._exchange(self._with_body("PATCH", where, change, "application/merge-patch+json"), _OK)

    def _with_body(self, method: str, where: str, content: bytes, content_type: str) -> bytes:
        head = (
            f"{method} {where} HTTP/1.1\r\n{self._head}Content-Type: {content_type}\r\n"
            f"Content-Length: {len(content)}\r\n\r\n"
        )
        return head.encode() + content

    async def _exchange(self, request: bytes, wanted: int) -> bytes:
        status, body = await self.pool.exchange(request)
        if status != wanted:
            message = f"{request[: request.find(b' ')].decode()} {status}"
            raise Failed(message)
        return body
