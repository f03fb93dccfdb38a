"""Making a service send every statement it can: each operation, filter, sort, and deep pages of each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import httpx

from architect.model.entity import Entity
from architect.model.plain import Plain
from architect.verify.manifests.tree import Object, at, mapping, mappings, sequence, text
from architect.verify.payloads import Body, Payloads, path, scopes
from architect.verify.plans.seeding import owner
from architect.verify.service import Service

LARGEST_PAGE: Final = 100
DEEP_PAGES: Final = 8
"""Pages that are turned in each order: a cursor that costs more the deeper it goes shows by then."""
NOT_FILTERS: Final = frozenset({"sort", "limit", "cursor"})


@dataclass(frozen=True, slots=True)
class Offer:
    """What a collection's list offers, read from the service's own OpenAPI document."""

    filters: dict[str, str]
    """Pattern of each filter's values by its name; empty for any value."""
    sorts: tuple[str, ...]


async def exercise(service: Service, payloads: Payloads) -> int:
    """Use every entity in every way that is offered, as one owner among many; return the requests sent.

    Raises:
        RuntimeError: the service refuses something that it offers.
    """
    token = service.issuer.token(owner(1), scopes(*payloads.entities))
    sent = 0
    async with service.client() as client:
        client.headers["Authorization"] = f"Bearer {token}"
        document = mapping((await client.get("/openapi.json")).json())
        made: dict[str, str] = {}
        for entity in payloads.order():
            row = await payloads.create(client, entity, token, made)
            made.setdefault(entity.name, str(row["id"]))
            sent += 1 + await _lists(client, entity, offered(document, path(entity)), row)
            sent += await _everybodys(client, entity, service)
        for entity in payloads.order():
            sent += await _changes(client, payloads, entity, token, made)
    return sent


async def _everybodys(client: httpx.AsyncClient, entity: Entity, service: Service) -> int:
    """List what all owners have, as an administrator does, in the order that is offered first."""
    token = service.issuer.token("administrator", scopes(entity, rights=("read", "admin")))
    return await _deep(client, path(entity), {}, {"Authorization": f"Bearer {token}"})


def offered(document: Object, collection: str) -> Offer:
    """Return the filters and sorts of a collection's list operation."""
    filters: dict[str, str] = {}
    sorts: tuple[str, ...] = ()
    for parameter in mappings(at(document, "paths", collection, "get", "parameters")):
        name = text(parameter.get("name"))
        if parameter.get("in") != "query":
            continue
        if name == "sort":
            sorts = tuple(map(text, sequence(at(parameter, "schema", "enum"))))
        elif name not in NOT_FILTERS:
            filters[name] = text(at(parameter, "schema", "pattern"))
    return Offer(filters, sorts)


async def _lists(client: httpx.AsyncClient, entity: Entity, offer: Offer, own: Body) -> int:
    sent = 0
    for sort in offer.sorts or ("",):
        query = {"sort": sort} if sort else {}
        sent += await _deep(client, path(entity), query)
    oldest = await _first(client, path(entity))
    for name, value in _filter_values(offer, own, oldest):
        sent += await _deep(client, path(entity), {name: value})
    return sent


def _filter_values(offer: Offer, own: Body, oldest: Body) -> Iterator[tuple[str, str]]:
    """Yield a value for each filter: a seeded row's, where it keeps the pattern, else our own row's."""
    for name, pattern in offer.filters.items():
        column = re.sub(r"_(from|to)$", "", name) if name not in own else name
        seeded, mine = oldest.get(column), own.get(column)
        fitting = seeded is not None and (not pattern or re.search(pattern, _written(seeded)))
        yield name, _written(seeded if fitting else mine)


def _written(value: Plain) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


async def _first(client: httpx.AsyncClient, collection: str) -> Body:
    page = await _page(client, collection, {"limit": "1"})
    return next(iter(mappings(page.get("items"))), {})


async def _deep(
    client: httpx.AsyncClient, collection: str, query: dict[str, str], head: dict[str, str] | None = None
) -> int:
    cursor: str | None = None
    for number in range(DEEP_PAGES):
        more = {"cursor": cursor} if cursor else {}
        page = await _page(client, collection, {**query, "limit": str(LARGEST_PAGE), **more}, head)
        cursor = text(page.get("next_cursor")) or None
        if cursor is None:
            return number + 1
    return DEEP_PAGES


async def _page(
    client: httpx.AsyncClient, collection: str, query: dict[str, str], head: dict[str, str] | None = None
) -> Object:
    answer = await client.get(collection, params=query, headers=head)
    return mapping(_checked(answer, httpx.codes.OK).json())


async def _changes(
    client: httpx.AsyncClient, payloads: Payloads, entity: Entity, token: str, made: dict[str, str]
) -> int:
    """Read, change, move and remove a row."""
    row = await payloads.create(client, entity, token, made)
    place = f"{path(entity)}/{row['id']}"
    _checked(await client.get(place), httpx.codes.OK)
    head = {"Content-Type": "application/merge-patch+json"}
    if change := payloads.change(entity):
        _checked(await client.patch(place, json=change, headers=head), httpx.codes.OK)
    sent = 3
    states = entity.states.value if entity.states else None
    for transition in states.transitions if states else ():
        if states is not None and states.initial in transition.sources:
            fresh = await payloads.create(client, entity, token, made)
            answer = await client.post(f"{path(entity)}/{fresh['id']}/{transition.name}")
            _checked(answer, httpx.codes.OK)
            sent += 2
    _checked(await client.delete(place), httpx.codes.NO_CONTENT)
    return sent + 1


def _checked(answer: httpx.Response, wanted: int) -> httpx.Response:
    if answer.status_code != wanted:
        asked = f"{answer.request.method} {answer.request.url.raw_path.decode()}"
        message = f"{asked} answered {answer.status_code}: {answer.text[:300]}"
        raise RuntimeError(message)
    return answer
