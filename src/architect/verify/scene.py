"""A booted service with its doors open, callers to send through them, and rows to work on."""

import contextlib
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from typing import Final

import httpx

from architect.model.entity import Entity
from architect.model.plain import Plain
from architect.verify.applies import is_owned, secured
from architect.verify.bench import Bench
from architect.verify.doors import Door, ListQuery, RestDoor
from architect.verify.dynamic_grpc import DynamicGrpc, connected
from architect.verify.grpc_door import GrpcDoor
from architect.verify.payloads import Body, Payloads, needed, scopes
from architect.verify.polling import becomes
from architect.verify.service import Service
from architect.verify.subject import Subject

OWNER: Final = "olivia"
STRANGER: Final = "mallory"
ADMIN: Final = "root"
_LOG_SECONDS: Final = 2.0


class SceneError(RuntimeError):
    """What a probe needs cannot be made: a valid row was refused, or no door is open."""


class Scene:
    """What probes work on.

    Args:
        subject: the project.
        service: its service.
        payloads: bodies for its entities.
        client: REST, whether or not the entities are reached by it.
        channel: gRPC, when the service speaks it.
    """

    def __init__(
        self,
        subject: Subject,
        service: Service,
        payloads: Payloads,
        client: httpx.AsyncClient,
        channel: DynamicGrpc | None,
    ) -> None:
        self.subject = subject
        self.service = service
        self.payloads = payloads
        self.client = client
        self.rest_door = RestDoor(client) if subject.speaks("rest") else None
        self.grpc_door = GrpcDoor(channel) if channel is not None else None
        self._parents: dict[tuple[str, str], str] = {}

    @property
    def doors(self) -> tuple[Door, ...]:
        """The doors that are open, REST first."""
        return tuple(door for door in (self.rest_door, self.grpc_door) if door is not None)

    @property
    def door(self) -> Door:
        """The first open door, for work that either can do.

        Raises:
            SceneError: the service has none.
        """
        if not self.doors:
            raise SceneError("the service speaks neither REST nor gRPC")
        return self.doors[0]

    @property
    def rest(self) -> RestDoor:
        """The REST door.

        Raises:
            SceneError: the service has none.
        """
        if self.rest_door is None:
            raise SceneError("the service does not speak REST")
        return self.rest_door

    @property
    def grpc(self) -> GrpcDoor:
        """The gRPC door.

        Raises:
            SceneError: the service has none.
        """
        if self.grpc_door is None:
            raise SceneError("the service does not speak gRPC")
        return self.grpc_door

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The entities, each after those that it must refer to."""
        return self.payloads.order()

    @property
    def owned(self) -> tuple[Entity, ...]:
        """The entities whose rows belong to somebody."""
        return tuple(entity for entity in self.entities if is_owned(entity))

    @property
    def richest(self) -> Entity:
        """The entity with the most to it: states, references, filters, fields."""
        return max(
            self.entities,
            key=lambda each: (
                each.states is not None,
                len(needed(each)),
                len(each.filters),
                len(each.fields),
            ),
        )

    def token(self, caller: str = OWNER, rights: Iterable[str] = ("read", "write"), **claims: Plain) -> str:
        """Return a caller's token with those rights on every entity; empty when nobody is identified."""
        if not secured(self.subject):
            return ""
        allowed = scopes(*self.subject.entities, rights=tuple(rights))
        return self.service.issuer.token(caller, allowed, **claims)

    async def log_comes(self, holds: Callable[[list[dict[str, Plain]]], bool]) -> bool:
        """Wait until the lines of the log are as they should; a line may be written after the answer."""

        async def written() -> bool:
            return holds(self.service.log.events())

        return await becomes(written, _LOG_SECONDS)

    async def logged(self, request_id: str) -> bool:
        """Whether a line with that request id comes to stand in the log."""
        return await self.log_comes(lambda lines: any(line.get("request_id") == request_id for line in lines))

    async def works(self) -> bool:
        """Whether every door answers a list."""
        query = ListQuery(limit=1)
        ended = [await door.list(self.richest, query, self.token()) for door in self.doors]
        return all(outcome.verdict == "ok" for outcome in ended)

    async def recovers(self, seconds: float = 10.0) -> bool:
        """Wait until every door answers a list again."""
        return await becomes(self.works, seconds)

    async def parents(self, door: Door, entity: Entity, token: str) -> dict[str, str]:
        """Return an id for each entity that this one must refer to, made once a token."""
        by_name = {each.name: each for each in self.subject.entities}
        found: dict[str, str] = {}
        for name in sorted(needed(entity) - {entity.name}):
            if (name, token) not in self._parents:
                row = await self.made(by_name[name], token, door=door)
                self._parents[name, token] = str(row["id"])
            found[name] = self._parents[name, token]
        return found

    async def body(self, entity: Entity, token: str, door: Door | None = None) -> Body:
        """Return a valid body of an entity, whose references exist."""
        return self.payloads.body(entity, await self.parents(door or self.door, entity, token))

    async def made(
        self,
        entity: Entity,
        token: str,
        given: Mapping[str, Plain] | None = None,
        *,
        door: Door | None = None,
    ) -> Body:
        """Create a row and return it as it was answered.

        Args:
            entity: what to create.
            token: whose it becomes.
            given: values to set instead of made-up ones.
            door: the way in; the first one unless told.

        Raises:
            SceneError: it was refused.
        """
        way = door or self.door
        body = {**await self.body(entity, token, way), **(given or {})}
        outcome = await way.create(entity, body, token)
        if outcome.verdict != "ok":
            message = f"{way.name} refuses to create a valid {entity.name}: {outcome.seen} (sent {body})"
            raise SceneError(message)
        return outcome.body


@contextlib.asynccontextmanager
async def opened(
    bench: Bench, settings: Mapping[str, str] | None = None, database_url: str | None = None
) -> AsyncIterator[Scene]:
    """Boot the service and open its doors; all of it ends with the block.

    Rows belong to the token's subject, whatever claim the project would take by default.
    """
    given = {"AUTH_OWNER_CLAIM": "sub", **(settings or {})}
    async with (
        bench.boot(given, database_url=database_url) as service,
        entered(bench.subject, service, seed=bench.shared.number()) as scene,
    ):
        yield scene


@contextlib.asynccontextmanager
async def entered(subject: Subject, service: Service, seed: int = 1) -> AsyncIterator[Scene]:
    """Open the doors of a service that runs."""
    async with contextlib.AsyncExitStack() as stack:
        client = await stack.enter_async_context(service.client())
        channel = None
        if subject.speaks("grpc"):
            channel = await stack.enter_async_context(connected(service.grpc_target))
        yield Scene(subject, service, Payloads(subject.entities, seed), client, channel)
