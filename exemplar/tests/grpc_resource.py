"""What the tests know of an entity, and how they call its service by names alone."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import count
from types import ModuleType
from typing import Any, Final

import grpc

from grpc_serving import Metadata

_NUMBERS: Final = count(10)
"""For what is made on the way: what nobody owns is unique among everybody's."""


@dataclass(frozen=True, slots=True)
class Walk:
    """A transition that succeeds after `path` has been walked, and the status it leads to."""

    path: Sequence[str]
    transition: str
    status: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """A transition that is refused after `path` has been walked."""

    path: Sequence[str]
    transition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """An entity as its messages say it.

    `required` must be given, `defaults` and `nullable` may be left out; `references` has those that
    examples follow and what they refer to, `dangling` all of them, `confined` those followed ones
    that lead to things of the same owner alone. `wrong` has for each field a value that breaks a
    rule, `filters` for each filter the field that it compares, and `misses` a value by which it
    finds nothing.
    """

    messages: ModuleType
    stub: Callable[[grpc.aio.Channel], Any]
    name: str
    plural: str
    field: str
    items: str
    example: Callable[[int], Any]
    required: AbstractSet[str]
    defaults: Mapping[str, object]
    nullable: Sequence[str]
    unique: Sequence[str]
    references: Mapping[str, "Resource"]
    dangling: Sequence[str]
    confined: Sequence[str]
    wrong: Mapping[str, object]
    filters: Mapping[str, str]
    misses: Mapping[str, object]
    sorts: Sequence[str]
    walks: Sequence[Walk]
    refusals: Sequence[Refusal]


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who calls the service of a resource."""

    resource: Resource
    channel: grpc.aio.Channel
    metadata: Metadata

    def of(self, resource: Resource) -> "Caller":
        """Return the same caller of another resource's service."""
        return Caller(resource, self.channel, self.metadata)

    def message(self, **fields: object) -> Any:
        """Return a message of the resource."""
        return getattr(self.resource.messages, self.resource.name)(**fields)

    async def example(self, number: int = 1) -> Any:
        """Return a valid message with every field, after making what it refers to."""
        message = self.resource.example(number)
        for name, target in self.resource.references.items():
            setattr(message, name, (await self.of(target).make(next(_NUMBERS))).id)
        return message

    async def make(self, number: int = 1) -> Any:
        """Make one from the example."""
        return await self.create(await self.example(number))

    async def create(self, message: Any) -> Any:
        """Call Create."""
        return await self._call("Create", self.resource.name, **{self.resource.field: message})

    async def get(self, identity: str) -> Any:
        """Call Get."""
        return await self._call("Get", self.resource.name, id=identity)

    async def page(self, **request: object) -> Any:
        """Call List."""
        return await self._call("List", self.resource.plural, **request)

    async def listed(self, **request: object) -> list[str]:
        """Return the ids on the page that List gives."""
        return [item.id for item in getattr(await self.page(**request), self.resource.items)]

    async def update(
        self, identity: str, message: Any, paths: Sequence[str] = (), **request: object
    ) -> Any:
        """Call Update with a mask of those paths."""
        mask = {"paths": paths}
        given = {"id": identity, self.resource.field: message, "update_mask": mask, **request}
        return await self._call("Update", self.resource.name, **given)

    async def delete(self, identity: str, **request: object) -> None:
        """Call Delete."""
        await self._call("Delete", self.resource.name, id=identity, **request)

    async def move(self, transition: str, identity: str, **request: object) -> Any:
        """Call a transition."""
        return await self._call(transition, self.resource.name, id=identity, **request)

    async def walk(self, identity: str, path: Sequence[str]) -> None:
        """Call transitions one after another."""
        for transition in path:
            await self.move(transition, identity)

    async def _call(self, verb: str, noun: str, **request: object) -> Any:
        message = getattr(self.resource.messages, f"{verb}{noun}Request")(**request)
        invoke = getattr(self.resource.stub(self.channel), f"{verb}{noun}")
        return await invoke(message, metadata=self.metadata)
