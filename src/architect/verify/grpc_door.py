"""gRPC as a door: bodies and answers in the form that REST gives them, so that probes compare one form."""

from collections.abc import Mapping
from typing import Final

import grpc

from architect.model.entity import Entity
from architect.model.naming import pascal_case, plural, snake_case
from architect.model.plain import Plain
from architect.verify.doors import ListQuery, Outcome, Verdict
from architect.verify.dynamic_grpc import DynamicGrpc, NoSuchMethodError, Reply
from architect.verify.payloads import Body, settable, wire_name

_VERDICTS: Final[Mapping[grpc.StatusCode, Verdict]] = {
    grpc.StatusCode.OK: "ok",
    grpc.StatusCode.INVALID_ARGUMENT: "invalid",
    grpc.StatusCode.OUT_OF_RANGE: "invalid",
    grpc.StatusCode.UNAUTHENTICATED: "unauthenticated",
    grpc.StatusCode.PERMISSION_DENIED: "forbidden",
    grpc.StatusCode.NOT_FOUND: "missing",
    grpc.StatusCode.ALREADY_EXISTS: "conflict",
    grpc.StatusCode.FAILED_PRECONDITION: "conflict",
    grpc.StatusCode.ABORTED: "stale",
    grpc.StatusCode.RESOURCE_EXHAUSTED: "limited",
    grpc.StatusCode.DEADLINE_EXCEEDED: "late",
    grpc.StatusCode.UNAVAILABLE: "unavailable",
    grpc.StatusCode.UNIMPLEMENTED: "unknown_operation",
}
_INTEGERS: Final = frozenset({"version"})


class GrpcDoor:
    """gRPC.

    Args:
        client: a client of the service.
    """

    name = "gRPC"

    def __init__(self, client: DynamicGrpc) -> None:
        self.client = client

    async def create(self, entity: Entity, body: Mapping[str, Plain], token: str) -> Outcome:
        """Call Create."""
        sent: Body = {snake_case(entity.name): encoded(entity, body)}
        return await self._row(entity, f"Create{pascal_case(entity.name)}", sent, token)

    async def get(self, entity: Entity, key: str, token: str) -> Outcome:
        """Call Get."""
        return await self._row(entity, f"Get{pascal_case(entity.name)}", {"id": key}, token)

    async def list(self, entity: Entity, query: ListQuery, token: str) -> Outcome:
        """Call List."""
        asked = encoded(entity, query.filters)
        words = (("order_by", query.sort), ("page_token", query.cursor))
        asked |= {name: text for name, text in words if text}
        asked |= {"page_size": query.limit} if query.limit is not None else {}
        page = await self.send(entity, f"List{pascal_case(plural(entity.name))}", asked, token)
        if page.verdict != "ok":
            return page
        listed = page.body.get(plural(entity.name))
        items = (
            [decoded(entity, each) for each in listed if isinstance(each, dict)]
            if isinstance(listed, list)
            else []
        )
        body: Body = {"items": [*items], "next": page.body.get("next_page_token")}
        return Outcome("ok", page.seen, body, page.raw)

    async def update(
        self, entity: Entity, key: str, change: Mapping[str, Plain], token: str, version: int | None = None
    ) -> Outcome:
        """Call Update with a mask of the named fields; one that is None is masked and left out."""
        known: Body = {name: value for name, value in encoded(entity, change).items() if value is not None}
        sent: Body = {"id": key, snake_case(entity.name): known, **_expected(version)}
        return await self._row(entity, f"Update{pascal_case(entity.name)}", sent, token, tuple(change))

    async def delete(self, entity: Entity, key: str, token: str, version: int | None = None) -> Outcome:
        """Call Delete."""
        sent: Body = {"id": key, **_expected(version)}
        return await self.send(entity, f"Delete{pascal_case(entity.name)}", sent, token)

    async def move(
        self, entity: Entity, key: str, transition: str, token: str, version: int | None = None
    ) -> Outcome:
        """Call the transition."""
        name = f"{pascal_case(transition)}{pascal_case(entity.name)}"
        return await self._row(entity, name, {"id": key, **_expected(version)}, token)

    async def send(
        self,
        entity: Entity,
        method: str,
        body: Mapping[str, Plain],
        token: str = "",
        mask: tuple[str, ...] | None = None,
    ) -> Outcome:
        """Call a method of the entity's service; the answer stays in the protos' form."""
        try:
            return outcome_of_reply(await self.reply(entity, method, body, token, mask))
        except NoSuchMethodError as error:
            return Outcome("unknown_operation", str(error))
        except ValueError as error:
            return Outcome("invalid", f"fits no message: {error}")

    async def reply(
        self,
        entity: Entity,
        method: str,
        body: Mapping[str, Plain],
        token: str = "",
        mask: tuple[str, ...] | None = None,
    ) -> Reply:
        """Call a method of the entity's service and return everything the server said.

        Raises:
            NoSuchMethodError: there is no such method.
            ValueError: the body fits no message.
        """
        described = self.client.method(f"{pascal_case(entity.name)}Service", method)
        metadata = (("authorization", f"Bearer {token}"),) if token else ()
        return await self.client.call(described, body, mask=mask, metadata=metadata)

    async def _row(
        self,
        entity: Entity,
        method: str,
        body: Mapping[str, Plain],
        token: str,
        mask: tuple[str, ...] | None = None,
    ) -> Outcome:
        outcome = await self.send(entity, method, body, token, mask)
        if outcome.verdict != "ok":
            return outcome
        return Outcome("ok", outcome.seen, decoded(entity, outcome.body), outcome.raw)


def encoded(entity: Entity, body: Mapping[str, Plain]) -> Body:
    """Return a body with the values of enums named as in the protos; other values stay as they are."""
    prefixes = _enums(entity)
    return {
        name: f"{prefixes[name]}{value}".upper() if name in prefixes and isinstance(value, str) else value
        for name, value in body.items()
    }


def decoded(entity: Entity, message: Mapping[str, Plain]) -> Body:
    """Return an answer as REST would give it: enum values, whole numbers, null for what is not set."""
    prefixes = _enums(entity)
    whole = _INTEGERS | {wire_name(each) for each in settable(entity) if each.kind == "integer"}
    body: Body = {wire_name(each): None for each in settable(entity)}
    for name, value in message.items():
        if name in prefixes and isinstance(value, str):
            body[name] = value.removeprefix(prefixes[name].upper()).lower()
        elif name in whole and isinstance(value, str):
            body[name] = int(value)
        else:
            body[name] = value
    return body


def outcome_of_reply(reply: Reply) -> Outcome:
    """Return the outcome that a gRPC reply tells of."""
    return Outcome(
        _VERDICTS.get(reply.code, "failed"),
        str(reply)[:400],
        reply.body,
        reply.raw,
        reply.code.name,
        violated(reply),
    )


def violated(reply: Reply) -> tuple[str, ...]:
    """Return the fields that the status' BadRequest names, without the path to the entity's message."""
    violations = reply.details.get("BadRequest", {}).get("field_violations")
    named = (
        [each.get("field") for each in violations if isinstance(each, dict)]
        if isinstance(violations, list)
        else []
    )
    return tuple(str(name).rpartition(".")[2] for name in named)


def _enums(entity: Entity) -> dict[str, str]:
    names = [wire_name(each) for each in settable(entity) if each.kind == "enum"]
    names += ["status"] if entity.states is not None else []
    return {name: f"{snake_case(entity.name)}_{name}_" for name in names}


def _expected(version: int | None) -> Body:
    return {} if version is None else {"expected_version": version}
