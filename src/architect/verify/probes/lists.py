"""Lists behind either door: pages, cursors, filters, sorts and their bounds."""

from collections.abc import Sequence
from typing import Final

from architect.model.entity import Entity
from architect.model.plain import Plain
from architect.verify import database
from architect.verify.doors import ListQuery, Outcome, next_page, rows
from architect.verify.offers import Offer, comparable, offers, sorts
from architect.verify.payloads import Body, needed, settable, wire_name
from architect.verify.probes.look import Look
from architect.verify.scene import STRANGER, Scene

_PAGE: Final = 3
_ROWS: Final = 8
_MOST_PAGES: Final = 80
_COLLATED: Final = frozenset({"string", "text", "email", "url", "enum"})
_JUNK: Final = ("garbage!", "AAAA", "eyJhIjoxfQ", "bnVsbA", "WyJjcmVhdGVkX2F0IiwgMSwgMl0", "x" * 3000)


async def pages(look: Look) -> None:
    """Walking the pages gives every row once, also when rows are added meanwhile."""
    scene, door, notes = look.scene, look.door, look.notes
    token = scene.token("walker")
    for entity in scene.entities:
        where = f"{door.name} list {entity.name}"
        made = [str((await look.made(entity, token))["id"]) for _ in range(_ROWS)]
        for sort in ("", *(f"{sign}{name}" for name, _ in sorts(entity) for sign in ("", "-"))):
            walked = await _walk(look, entity, sort, token)
            seen = [str(row["id"]) for page in walked for row in rows(page)]
            notes.expect(
                holds=len(seen) == len(set(seen)) and set(made) <= set(seen),
                message=f"walking by {sort or 'the default order'} does not give every row exactly once",
                where=where,
                seen=f"made {made}, walked {seen}",
            )
            short = [page for page in walked[:-1] if len(rows(page)) != _PAGE] + [
                page for page in walked[-1:] if len(rows(page)) > _PAGE
            ]
            notes.expect(
                holds=not short,
                message=f"a page is not of the size {_PAGE} that was asked for",
                where=where,
                seen=[len(rows(page)) for page in walked],
            )
        first = await door.list(entity, ListQuery(limit=_PAGE), token)
        for _ in range(2):
            await look.made(entity, token)
        rest = await _walk(look, entity, "", token, next_page(first))
        seen = [str(row["id"]) for page in (first, *rest) for row in rows(page)]
        notes.expect(
            holds=len(seen) == len(set(seen)) and set(made) <= set(seen),
            message="rows added during the walk make it repeat or miss a row",
            where=where,
            seen=f"made {made}, walked {seen}",
        )


async def cursors(look: Look) -> None:
    """What is no cursor is refused; somebody else's cursor shows nothing of theirs."""
    scene, door, notes = look.scene, look.door, look.notes
    token, stranger = scene.token("walker"), scene.token(STRANGER)
    for entity in scene.entities:
        where = f"{door.name} list {entity.name}"
        made = {str((await look.made(entity, token))["id"]) for _ in range(3)}
        real = next_page(await door.list(entity, ListQuery(limit=1), token))
        for junk in (*_JUNK, real[: len(real) // 2], f"{real}{real}"):
            page = await door.list(entity, ListQuery(limit=1, cursor=junk), token)
            notes.expect(
                holds=page.verdict == "invalid",
                message=f"the cursor {junk[:40]!r} is not refused as invalid",
                where=where,
                seen=page.seen,
            )
        for name, _kind in sorts(entity):
            page = await door.list(entity, ListQuery(limit=1, sort=name, cursor=real), token)
            notes.expect(
                holds=page.verdict == "invalid",
                message=f"a cursor of the default order is taken for the sort {name}",
                where=where,
                seen=page.seen,
            )
        if stranger and entity in scene.owned:
            page = await door.list(entity, ListQuery(limit=100, cursor=real), stranger)
            shown = {str(row["id"]) for row in rows(page)}
            notes.expect(
                holds=not shown & made,
                message="somebody else's cursor shows their rows",
                where=where,
                seen=page.seen,
            )


async def filters(look: Look) -> None:
    """Every filter offered keeps what it should and drops the rest; unknown ones are refused."""
    scene, door, notes = look.scene, look.door, look.notes
    token = scene.token("filterer")
    for entity in scene.entities:
        made = [await _varied(look, entity, token, turn) for turn in range(_ROWS)]
        for offer in offers(entity):
            await _filtered(look, entity, offer, made, token)
        page = await door.list(entity, ListQuery({"no_such_filter": "1"}), token)
        notes.expect(
            holds=page.verdict == "invalid",
            message="a filter that does not exist is not refused",
            where=f"{door.name} list {entity.name}",
            seen=page.seen,
        )


async def sorting(look: Look) -> None:
    """Every sort offered sorts, in both directions; unknown ones are refused."""
    scene, door, notes = look.scene, look.door, look.notes
    token = scene.token("sorter")
    for entity in scene.entities:
        where = f"{door.name} list {entity.name}"
        for turn in range(_ROWS):
            await _varied(look, entity, token, turn)
        for name, kind in sorts(entity):
            for sort in (name, f"-{name}"):
                page = await door.list(entity, ListQuery(sort=sort, limit=100), token)
                values = [row.get(name) for row in rows(page)]
                expected = await _ordered(scene, kind, values, descending=sort.startswith("-"))
                notes.expect(
                    holds=page.verdict == "ok" and len(values) >= _ROWS and values == expected,
                    message=f"the sort {sort} does not sort",
                    where=where,
                    seen=f"{page.seen[:80]} {values}",
                )
        for bad in ("no_such_field", "--created_at", "created_at,id", "owner_id"):
            page = await door.list(entity, ListQuery(sort=bad), token)
            notes.expect(
                holds=page.verdict == "invalid",
                message=f"the sort {bad!r}, which is not offered, is not refused",
                where=where,
                seen=page.seen,
            )


async def _walk(look: Look, entity: Entity, sort: str, token: str, cursor: str = "") -> list[Outcome]:
    walked: list[Outcome] = []
    where = f"list {entity.name}"
    while len(walked) < _MOST_PAGES:
        page = await look.door.list(entity, ListQuery(sort=sort, limit=_PAGE, cursor=cursor), token)
        if not look.ok(page, f"{where}, page {len(walked) + 1}"):
            return walked
        walked.append(page)
        cursor = next_page(page)
        if not cursor:
            return walked
    message = f"the walk does not end within {_MOST_PAGES} pages"
    look.notes.expect(holds=False, message=message, where=f"{look.door.name} {where}", seen=cursor)
    return walked


async def _varied(look: Look, entity: Entity, token: str, turn: int) -> Body:
    """Create a row whose choices, flags, parents, states and optional values take turns."""
    body = await look.body(entity, token)
    for field in settable(entity):
        name = wire_name(field)
        if field.kind == "boolean":
            body[name] = turn % 2 == 0
        elif field.kind == "enum":
            body[name] = field.choices[turn % len(field.choices)]
        elif field.kind == "reference" and field.references in needed(entity) - {entity.name} and turn % 2:
            body[name] = await _other_parent(look, field.references, token)
        elif not field.required and turn == _ROWS - 1:
            body.pop(name, None)
    row = (await look.door.create(entity, body, token)).body
    if entity.states is not None and turn % 2 and row:
        states = entity.states.value
        move = next((each for each in states.transitions if states.initial in each.sources), None)
        if move is not None:
            row = (await look.door.move(entity, str(row["id"]), move.name, token)).body
    return row


async def _other_parent(look: Look, name: str | None, token: str) -> str:
    parent = next(entity for entity in look.scene.entities if entity.name == name)
    return str((await look.made(parent, token))["id"])


async def _filtered(look: Look, entity: Entity, offer: Offer, made: Sequence[Body], token: str) -> None:
    """Ask for the middle one of the values that the rows have."""
    values = [row[offer.name] for row in made if row.get(offer.name) is not None]
    if not values:
        return
    values.sort(key=lambda each: comparable(offer.kind, each))
    value = values[len(values) // 2]
    where = f"{look.door.name} list {entity.name}?{offer.parameter}"
    page = await look.door.list(entity, ListQuery({offer.parameter: value}, limit=100), token)
    shown = {str(row["id"]): row for row in rows(page)}
    kept = {str(row["id"]) for row in made if offer.keeps(row, value)}
    look.notes.expect(
        holds=page.verdict == "ok" and kept <= shown.keys(),
        message=f"{offer.parameter}={value} hides rows that match",
        where=where,
        seen=f"{page.seen[:200]}; expected {kept}",
    )
    wrong = {key for key, row in shown.items() if not offer.keeps(row, value)}
    look.notes.expect(
        holds=not wrong,
        message=f"{offer.parameter}={value} shows rows that do not match",
        where=where,
        seen=f"{len(wrong)} of {len(shown)} rows",
    )


async def _ordered(scene: Scene, kind: str, values: Sequence[Plain], *, descending: bool) -> list[Plain]:
    """Return values as PostgreSQL orders them: text by the database's collation, nulls as the highest."""
    known = [value for value in values if value is not None]
    nulls: list[Plain] = [None] * (len(values) - len(known))
    if kind in _COLLATED:
        texts = await database.ordered(scene.service.database_url, [str(value) for value in known])
        ordered: list[Plain] = [*texts]
    else:
        ordered = sorted(known, key=lambda value: comparable(kind, value))
    return [*nulls, *reversed(ordered)] if descending else [*ordered, *nulls]
