"""Making a service send every statement it can: each operation, filter, sort, and deep pages of each."""

import re
from collections.abc import Iterator
from typing import Final

from architect.model.entity import Entity
from architect.model.plain import Plain
from architect.verify.doors import ListQuery, Outcome, next_page, query_text, rows
from architect.verify.offers import offers, sorts
from architect.verify.payloads import Body, settable, wire_name
from architect.verify.plans.seeding import owner
from architect.verify.scene import Scene

LARGEST_PAGE: Final = 100
DEEP_PAGES: Final = 8
"""Pages that are turned in each order: a cursor that costs more the deeper it goes shows by then."""


async def exercise(scene: Scene) -> int:
    """Use every entity in every way that is offered, as one owner among many; return the requests sent.

    Through one door, REST where there is one: behind both is one service layer, and one SQL.

    Raises:
        RuntimeError: the service refuses something that it offers.
    """
    token = scene.token(owner(1))
    sent = 0
    for entity in scene.entities:
        row = await scene.made(entity, token)
        sent += 1 + await _lists(scene, entity, token, row)
        everybodys = scene.token("administrator", ("read", "admin"))
        sent += await _deep(scene, entity, everybodys, ListQuery(limit=LARGEST_PAGE))
    for entity in scene.entities:
        sent += await _changes(scene, entity, token)
    return sent


async def _lists(scene: Scene, entity: Entity, token: str, own: Body) -> int:
    sent = 0
    for sort in (f"{sign}{name}" for name, _ in sorts(entity) for sign in ("", "-")):
        sent += await _deep(scene, entity, token, ListQuery(sort=sort, limit=LARGEST_PAGE))
    seeded = rows(_ok(await scene.door.list(entity, ListQuery(limit=LARGEST_PAGE), token)))
    for parameter, value in _filters(entity, [*seeded, own]):
        sent += await _deep(scene, entity, token, ListQuery({parameter: value}, limit=LARGEST_PAGE))
    return sent + 1


def _filters(entity: Entity, known: list[Body]) -> Iterator[tuple[str, Plain]]:
    """Yield a value for each filter, of the first of the rows whose value keeps the field's pattern.

    Raises:
        RuntimeError: no row has one.
    """
    patterns = {wire_name(field): field.pattern or "" for field in settable(entity)}
    for offer in offers(entity):
        pattern = patterns.get(offer.name, "")
        values = (row.get(offer.name) for row in known)
        fitting = (each for each in values if each is not None and re.search(pattern, query_text(each)))
        value = next(fitting, None)
        if value is None:
            message = f"no {entity.name} has a value to filter {offer.parameter} by"
            raise RuntimeError(message)
        yield offer.parameter, value


async def _deep(scene: Scene, entity: Entity, token: str, query: ListQuery) -> int:
    cursor = ""
    for number in range(DEEP_PAGES):
        asked = ListQuery(query.filters, query.sort, query.limit, cursor)
        cursor = next_page(_ok(await scene.door.list(entity, asked, token)))
        if not cursor:
            return number + 1
    return DEEP_PAGES


async def _changes(scene: Scene, entity: Entity, token: str) -> int:
    """Read, change, move and remove a row."""
    door = scene.door
    key = str((await scene.made(entity, token))["id"])
    _ok(await door.get(entity, key, token))
    if change := scene.payloads.change(entity):
        _ok(await door.update(entity, key, change, token))
    sent = 3
    states = entity.states.value if entity.states else None
    for transition in states.transitions if states else ():
        if states is not None and states.initial in transition.sources:
            fresh = await scene.made(entity, token)
            _ok(await door.move(entity, str(fresh["id"]), transition.name, token))
            sent += 2
    _ok(await door.delete(entity, key, token))
    return sent + 1


def _ok(outcome: Outcome) -> Outcome:
    if outcome.verdict != "ok":
        message = f"what is offered was refused: {outcome.seen}"
        raise RuntimeError(message)
    return outcome
