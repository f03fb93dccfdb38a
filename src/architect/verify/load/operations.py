"""The operations under load, as bytes on the wire."""

import json
import random
from collections.abc import Awaitable, Callable

import grpc
import grpc.aio

from architect.verify.load.creations import Creations
from architect.verify.load.http import ANSWER_SECONDS, Failed, Pool
from architect.verify.load.job import Job, Mix, Operation, Target
from architect.verify.payloads import path

PAGE = 20
PICKS = 100
"""Tries to find a row that nobody changes: rows are many times as many as requests under way."""
_CREATED, _OK = 201, 200


class Operations:
    """Sends one operation at a time; rows that were created are read, listed and changed later.

    Args:
        job: what is under load, and with which token.
        pool: connections to REST.
        channel: a channel to gRPC.
    """

    def __init__(self, job: Job, pool: Pool, channel: grpc.aio.Channel) -> None:
        self._pool = pool
        self._random = random.Random(job.seed)  # noqa: S311 - which row is read is no secret
        self._rows: list[tuple[Target, str]] = []
        self._changing: set[str] = set()
        self._creations = Creations(job.targets, job.seed)
        self._targets = job.targets
        self.prepare = self._creations.prepare
        self._head = (
            f"Host: 127.0.0.1:{job.http_port}\r\n"
            f"Authorization: Bearer {job.token}\r\n"
            "Accept: application/json\r\n"
        )
        self._metadata = (("authorization", f"Bearer {job.token}"),)
        self._calls: dict[str, grpc.aio.UnaryUnaryMultiCallable[bytes, bytes]] = {
            each.grpc_method: channel.unary_unary(each.grpc_method)
            for each in job.targets
            if each.grpc_method
        }
        self.send: dict[Operation, Callable[[], Awaitable[None]]] = {
            "get": self._get,
            "list": self._list,
            "create": self._create,
            "update": self._update,
            "grpc_get": self._grpc_get,
        }

    async def begin(self) -> None:
        """Create one row of each entity, for the others to refer to.

        Raises:
            Failed: one was not created.
        """
        for target, body in self._creations.first():
            self._creations.refer(target, await self._created(target, body))

    def pick(self, mix: Mix, count: int) -> list[Operation]:
        """Return operations drawn from a mix."""
        return self._random.choices(list(mix), weights=list(mix.values()), k=count)

    async def _get(self) -> None:
        target, row = self._random.choice(self._rows)
        await self._exchange(f"GET {path(target.entity)}/{row} HTTP/1.1\r\n{self._head}\r\n".encode(), _OK)

    async def _list(self) -> None:
        target = self._random.choice(self._targets)
        await self._exchange(
            f"GET {path(target.entity)}?limit={PAGE} HTTP/1.1\r\n{self._head}\r\n".encode(), _OK
        )

    async def _create(self) -> None:
        target, body = self._creations.next()
        self._rows.append((target, await self._created(target, body)))

    async def _created(self, target: Target, body: str) -> str:
        request = self._with_body("POST", path(target.entity), body, "application/json")
        row: str = json.loads(await self._exchange(request, _CREATED))["id"]
        return row

    async def _update(self) -> None:
        target, row = self._row_of_its_own()
        try:
            where = f"{path(target.entity)}/{row}"
            request = self._with_body(
                "PATCH", where, self._creations.change(target), "application/merge-patch+json"
            )
            await self._exchange(request, _OK)
        finally:
            self._changing.discard(row)

    async def _grpc_get(self) -> None:
        target, row = self._random.choice(self._rows)
        key = row.encode()
        message = b"\x0a" + bytes([len(key)]) + key  # field 1, a string: `id` of every Get request
        try:
            await self._calls[target.grpc_method](message, metadata=self._metadata, timeout=ANSWER_SECONDS)
        except grpc.aio.AioRpcError as error:
            said = f"gRPC {error.code().name}"
            raise Failed(said) from error

    def _row_of_its_own(self) -> tuple[Target, str]:
        """Return a row that no other request is changing: two at once conflict, as they should."""
        for _ in range(PICKS):
            target, row = self._random.choice(self._rows)
            if row not in self._changing:
                self._changing.add(row)
                return target, row
        message = "every row is being changed"
        raise Failed(message)

    def _with_body(self, method: str, path: str, body: str, content_type: str) -> bytes:
        content = body.encode()
        head = (
            f"{method} {path} HTTP/1.1\r\n{self._head}Content-Type: {content_type}\r\n"
            f"Content-Length: {len(content)}\r\n\r\n"
        )
        return head.encode() + content

    async def _exchange(self, request: bytes, wanted: int) -> bytes:
        status, body = await self._pool.exchange(request)
        if status != wanted:
            message = f"{request[: request.find(b' ')].decode()} {status}"
            raise Failed(message)
        return body
