"""The two doors of a service, REST and gRPC, behind one protocol.

Probes of what holds behind both (who may do what, what is stored, what is refused) are written once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol, TypeAlias

import grpc
import httpx

from architect.model.entity import Entity
from architect.model.naming import pascal_case, plural, snake_case
from architect.model.plain import Plain
from architect.verify.dynamic_grpc import DynamicGrpc, NoSuchMethodError, Reply
from architect.verify.payloads import Body, for_grpc, path

Verdict: TypeAlias = Literal[
    "ok",
    "invalid",
    "unauthenticated",
    "forbidden",
    "missing",
    "conflict",
    "stale",
    "limited",
    "too_large",
    "late",
    "unavailable",
    "unknown_operation",
    "failed",
    "lost",
]
"""How a request ended, in words that both protocols share; ``failed`` is a defect of the service."""

_HTTP: Final[Mapping[int, Verdict]] = {
    400: "invalid",
    401: "unauthenticated",
    403: "forbidden",
    404: "missing",
    405: "unknown_operation",
    409: "conflict",
    412: "stale",
    413: "too_large",
    414: "too_large",
    415: "invalid",
    422: "invalid",
    429: "limited",
    431: "too_large",
    503: "unavailable",
    504: "late",
}
_GRPC: Final[Mapping[grpc.StatusCode, Verdict]] = {
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a request through a door ended.

    Args:
        verdict: the shared word for it.
        seen: status line and error, for a finding's evidence.
        body: the answer, empty unless the verdict is ``ok``.
        raw: everything that came back, headers too, to search for what must not be in it.
    """

    verdict: Verdict
    seen: str
    body: Body = field(default_factory=dict)
    raw: str = ""


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What a list is asked for; an empty sort or cursor is not sent."""

    filters: Mapping[str, Plain] = field(default_factory=dict)
    sort: str = ""
    limit: int | None = None
    cursor: str = ""


class Door(Protocol):
    """A way into the service. A token may be empty: then none is sent."""

    @property
    def name(self) -> str:
        """What to call it in a finding."""

    async def create(self, entity: Entity, body: Mapping[str, Plain], token: str) -> Outcome:
        """Create a row."""

    async def get(self, entity: Entity, key: str, token: str) -> Outcome:
        """Read a row."""

    async def list(self, entity: Entity, query: ListQuery, token: str) -> Outcome:
        """Read a page: ``body`` has the rows in ``items`` and the text ``next``, empty on the last."""

    async def update(
        self, entity: Entity, key: str, change: Mapping[str, Plain], token: str, version: int | None = None
    ) -> Outcome:
        """Change the named fields of a row."""

    async def delete(self, entity: Entity, key: str, token: str, version: int | None = None) -> Outcome:
        """Delete a row."""

    async def move(
        self, entity: Entity, key: str, transition: str, token: str, version: int | None = None
    ) -> Outcome:
        """Take a row through a transition."""


def rows(page: Outcome) -> list[Body]:
    """Return the rows of a page."""
    items = page.body.get("items")
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def next_page(page: Outcome) -> str:
    """Return the cursor that follows a page, empty on the last."""
    return str(page.body.get("next") or "")


class RestDoor:
    """REST.

    Args:
        client: a client of the service.
    """

    name = "REST"

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def create(self, entity: Entity, body: Mapping[str, Plain], token: str) -> Outcome:
        """POST the collection."""
        return await self.send("POST", path(entity), token, json=dict(body))

    async def get(self, entity: Entity, key: str, token: str) -> Outcome:
        """GET the row."""
        return await self.send("GET", f"{path(entity)}/{key}", token)

    async def list(self, entity: Entity, query: ListQuery, token: str) -> Outcome:
        """GET the collection."""
        asked: dict[str, str] = {name: query_text(value) for name, value in query.filters.items()}
        asked |= {name: value for name, value in (("sort", query.sort), ("cursor", query.cursor)) if value}
        asked |= {"limit": str(query.limit)} if query.limit is not None else {}
        page = await self.send("GET", path(entity), token, params=asked)
        if page.verdict != "ok":
            return page
        body: Body = {"items": page.body.get("items"), "next": page.body.get("next_cursor") or ""}
        return Outcome("ok", page.seen, body, page.raw)

    async def update(
        self, entity: Entity, key: str, change: Mapping[str, Plain], token: str, version: int | None = None
    ) -> Outcome:
        """PATCH the row by a merge patch."""
        headers = {"Content-Type": "application/merge-patch+json", **if_match(version)}
        where = f"{path(entity)}/{key}"
        return await self.send("PATCH", where, token, json=dict(change), headers=headers)

    async def delete(self, entity: Entity, key: str, token: str, version: int | None = None) -> Outcome:
        """DELETE the row."""
        return await self.send("DELETE", f"{path(entity)}/{key}", token, headers=if_match(version))

    async def move(
        self, entity: Entity, key: str, transition: str, token: str, version: int | None = None
    ) -> Outcome:
        """POST the transition."""
        where = f"{path(entity)}/{key}/{transition}"
        return await self.send("POST", where, token, headers=if_match(version))

    async def send(  # noqa: PLR0913 - what a request is made of, each by name
        self,
        method: str,
        where: str,
        token: str = "",
        *,
        json: Plain = None,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Outcome:
        """Send any request; ``json`` is the body unless it is None."""
        given = {**bearer(token), **(headers or {})}
        content = None if json is None else httpx.Request("POST", self.client.base_url, json=json).content
        if content is not None:
            given.setdefault("Content-Type", "application/json")
        try:
            answer = await self.client.request(method, where, params=params, headers=given, content=content)
        except httpx.HTTPError as error:
            return Outcome("lost", f"no answer: {type(error).__name__} {error}")
        return outcome_of(answer)


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
        sent: Body = {snake_case(entity.name): for_grpc(entity, dict(body))}
        return await self.send(entity, f"Create{pascal_case(entity.name)}", sent, token)

    async def get(self, entity: Entity, key: str, token: str) -> Outcome:
        """Call Get."""
        return await self.send(entity, f"Get{pascal_case(entity.name)}", {"id": key}, token)

    async def list(self, entity: Entity, query: ListQuery, token: str) -> Outcome:
        """Call List."""
        asked = for_grpc(entity, dict(query.filters))
        asked |= {
            name: text for name, text in (("order_by", query.sort), ("page_token", query.cursor)) if text
        }
        asked |= {"page_size": query.limit} if query.limit is not None else {}
        page = await self.send(entity, f"List{pascal_case(plural(entity.name))}", asked, token)
        if page.verdict != "ok":
            return page
        items = page.body.get(plural(entity.name))
        return Outcome("ok", page.seen, {"items": items, "next": page.body.get("next_page_token")}, page.raw)

    async def update(
        self, entity: Entity, key: str, change: Mapping[str, Plain], token: str, version: int | None = None
    ) -> Outcome:
        """Call Update with a mask of the named fields; one that is None is masked and left out."""
        known: Body = {
            name: value for name, value in for_grpc(entity, dict(change)).items() if value is not None
        }
        sent: Body = {"id": key, snake_case(entity.name): known, **_expected(version)}
        return await self.send(entity, f"Update{pascal_case(entity.name)}", sent, token, tuple(change))

    async def delete(self, entity: Entity, key: str, token: str, version: int | None = None) -> Outcome:
        """Call Delete."""
        sent: Body = {"id": key, **_expected(version)}
        return await self.send(entity, f"Delete{pascal_case(entity.name)}", sent, token)

    async def move(
        self, entity: Entity, key: str, transition: str, token: str, version: int | None = None
    ) -> Outcome:
        """Call the transition."""
        name = f"{pascal_case(transition)}{pascal_case(entity.name)}"
        return await self.send(entity, name, {"id": key, **_expected(version)}, token)

    async def send(
        self,
        entity: Entity,
        method: str,
        body: Mapping[str, Plain],
        token: str = "",
        mask: tuple[str, ...] | None = None,
    ) -> Outcome:
        """Call a method of the entity's service; a body that fits no message is ``invalid`` as it is."""
        try:
            described = self.client.method(f"{pascal_case(entity.name)}Service", method)
            metadata = (("authorization", f"Bearer {token}"),) if token else ()
            reply = await self.client.call(described, body, mask=mask, metadata=metadata)
        except NoSuchMethodError as error:
            return Outcome("unknown_operation", str(error))
        except ValueError as error:
            return Outcome("invalid", f"fits no message: {error}")
        return outcome_of_reply(reply)


def outcome_of(answer: httpx.Response) -> Outcome:
    """Return the outcome that an HTTP answer tells of."""
    verdict: Verdict = "ok" if answer.is_success else _HTTP.get(answer.status_code, "failed")
    body: Body = {}
    if answer.is_success and answer.content:
        parsed = answer.json()
        body = parsed if isinstance(parsed, dict) else {}
    raw = f"{dict(answer.headers)} {answer.text}"
    return Outcome(verdict, f"{answer.status_code} {answer.text[:300]}".strip(), body, raw)


def outcome_of_reply(reply: Reply) -> Outcome:
    """Return the outcome that a gRPC reply tells of."""
    verdict = _GRPC.get(reply.code, "failed")
    return Outcome(verdict, str(reply)[:400], reply.body, reply.raw)


def bearer(token: str) -> dict[str, str]:
    """Return the header that carries a token; none for an empty one."""
    return {"Authorization": f"Bearer {token}"} if token else {}


def if_match(version: int | None) -> dict[str, str]:
    """Return the header that names the version a change expects; none for None."""
    return {} if version is None else {"If-Match": f'"{version}"'}


def query_text(value: Plain) -> str:
    """Return a value as a query parameter carries it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _expected(version: int | None) -> Body:
    return {} if version is None else {"expected_version": version}
