"""The two doors of a service, REST and gRPC, behind one protocol.

Probes of what holds behind both (who may do what, what is stored, what is refused) are written once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol, TypeAlias

import httpx

from architect.model.entity import Entity
from architect.model.plain import Plain
from architect.verify.payloads import Body, path

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


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a request through a door ended.

    Args:
        verdict: the shared word for it.
        seen: status line and error, for a finding's evidence.
        body: the answer, empty unless the verdict is ``ok``.
        raw: everything that came back, headers too, to search for what must not be in it.
        status: the protocol's own word for it (``409``, ``ALREADY_EXISTS``).
        fields: the fields that the error names.
    """

    verdict: Verdict
    seen: str
    body: Body = field(default_factory=dict)
    raw: str = ""
    status: str = ""
    fields: tuple[str, ...] = ()


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
    """REST, whose answers are the form that probes compare.

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


def outcome_of(answer: httpx.Response) -> Outcome:
    """Return the outcome that an HTTP answer tells of."""
    verdict: Verdict = "ok" if answer.is_success else _HTTP.get(answer.status_code, "failed")
    body = parsed(answer)
    return Outcome(
        verdict,
        f"{answer.status_code} {answer.text[:300]}".strip(),
        body if answer.is_success else {},
        f"{dict(answer.headers)} {answer.text}",
        str(answer.status_code),
        () if answer.is_success else _fields(body),
    )


def parsed(answer: httpx.Response) -> Body:
    """Return the JSON object that an answer carries, or an empty one."""
    try:
        body = answer.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _fields(problem: Body) -> tuple[str, ...]:
    errors = problem.get("errors")
    named = (
        [each.get("field") for each in errors if isinstance(each, dict)] if isinstance(errors, list) else []
    )
    return tuple(str(name) for name in named)


def bearer(token: str) -> dict[str, str]:
    """Return the header that carries a token; none for an empty one."""
    return {"Authorization": f"Bearer {token}"} if token else {}


def if_match(version: int | None) -> dict[str, str]:
    """Return the header that names the version a change expects; none for None."""
    return {} if version is None else {"If-Match": f'"{version}"'}


def query_text(value: Plain) -> str:
    """Return a value as a query parameter carries it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
