"""SQL injection over every input: no defect, no other rows, no delay, nothing lost."""

import time
from collections.abc import Mapping
from typing import Final

from architect.model.entity import Entity
from architect.model.plain import Plain
from architect.model.report import Finding
from architect.verify import database
from architect.verify.checks import Notes
from architect.verify.doors import ListQuery, Outcome, rows
from architect.verify.offers import offers, sorts
from architect.verify.payloads import Body, settable, wire_name
from architect.verify.probes.look import Look
from architect.verify.scene import Scene

MEND: Final = "pass every value as a parameter of the statement, and names from a fixed list alone"
_SLEEP_SECONDS: Final = 3
_SLOW_SECONDS: Final = 2.5
_NAUGHTY: Final = (
    "'",
    '"',
    "\\",
    "')",
    "' OR '1'='1",
    "x' OR 1=1 --",
    "') OR ('1'='1",
    f"'; SELECT pg_sleep({_SLEEP_SECONDS}); --",
    f"' || (SELECT pg_sleep({_SLEEP_SECONDS})) || '",
    f"1; SELECT pg_sleep({_SLEEP_SECONDS})",
    "'; DROP TABLE {table} CASCADE; --",
    "' UNION SELECT NULL --",
    "%s",
    "%(id)s",
    "$1",
    "{0}",
    "id; --",
    "(CASE WHEN 1=1 THEN id ELSE 1/0 END)",
)
"""Error-based, boolean, time-based, stacked, union, and what formatting functions take for a place."""
_TEXTS: Final = frozenset({"string", "text"})


async def injection_in_parameters(scene: Scene) -> list[Finding]:
    """Filters, sorts, cursors and limits of lists."""
    notes = Notes("injection_in_parameters", MEND)
    token = scene.token("injector")
    for door in scene.doors:
        look = Look(scene, door, notes)
        for entity in scene.entities:
            await look.made(entity, token)
            before = await database.counted(scene.service.database_url)
            names = [offer.parameter for offer in offers(entity)]
            for text in _texts(entity):
                queries = {name: ListQuery({name: text}, limit=100) for name in names}
                queries |= {"sort": ListQuery(sort=text), "cursor": ListQuery(cursor=text)}
                queries |= {f"sort {name}": ListQuery(sort=f"{name}{text}") for name, _ in sorts(entity)[:1]}
                for name, query in queries.items():
                    if notes.full:
                        return notes.findings
                    began = time.monotonic()
                    page = await door.list(entity, query, token)
                    _harmless(look, page, f"list {entity.name}?{name}={text}", time.monotonic() - began)
                    notes.expect(
                        holds=not rows(page),
                        message="a text that no row has brings rows",
                        where=f"{door.name} list {entity.name}?{name}={text}",
                        seen=page.seen,
                    )
            await _nothing_lost(look, before, f"list {entity.name}")
    return notes.findings


async def injection_in_keys(scene: Scene) -> list[Finding]:
    """Ids in paths and messages."""
    notes = Notes("injection_in_keys", MEND)
    token = scene.token("injector")
    for door in scene.doors:
        look = Look(scene, door, notes)
        for entity in scene.entities:
            row = await look.made(entity, token)
            before = await database.counted(scene.service.database_url)
            for text in _texts(entity):
                key = f"{row['id']}{text}"
                began = time.monotonic()
                outcome = await door.get(entity, key if door.name == "gRPC" else _escaped(key), token)
                _harmless(look, outcome, f"get {entity.name} {text}", time.monotonic() - began)
                notes.expect(
                    holds=outcome.verdict in ("invalid", "missing"),
                    message="an id with SQL after it is neither invalid nor missing",
                    where=f"{door.name} get {entity.name}",
                    seen=outcome.seen,
                )
            await _nothing_lost(look, before, f"get {entity.name}")
    return notes.findings


async def injection_in_bodies(scene: Scene) -> list[Finding]:
    """Texts in bodies: stored as they are or refused, by create and by update."""
    notes = Notes("injection_in_bodies", MEND)
    token = scene.token("injector")
    for door in scene.doors:
        look = Look(scene, door, notes)
        for entity in scene.entities:
            row = await look.made(entity, token)
            before = await database.counted(scene.service.database_url)
            for text in _texts(entity):
                for change in _changes(entity, text):
                    await _stored(look, entity, row, change, token)
            await _nothing_lost(look, before, f"update {entity.name}")
    return notes.findings


async def _stored(look: Look, entity: Entity, row: Body, change: Body, token: str) -> None:
    """Expect that the text is refused or comes back as it was sent, and touches nothing else."""
    where = f"update {entity.name} {change}"
    began = time.monotonic()
    outcome = await look.door.update(entity, str(row["id"]), change, token)
    _harmless(look, outcome, where, time.monotonic() - began)
    if outcome.verdict != "ok":
        return
    after = (await look.door.get(entity, str(row["id"]), token)).body
    others = row.keys() - {"version", "updated_at"} - {wire_name(each) for each in settable(entity)}
    whole = all(after.get(name) == value for name, value in change.items())
    kept = all(after.get(name) == row[name] for name in others)
    look.notes.expect(
        holds=whole and kept,
        message="a text does not come back as it was sent",
        where=f"{look.door.name} {where}",
        seen=after,
    )


def _harmless(look: Look, outcome: Outcome, where: str, took: float) -> None:
    place = f"{look.door.name} {where}"
    look.notes.expect(
        holds=outcome.verdict not in ("failed", "lost", "unavailable"),
        message="SQL in an input makes the service fail",
        where=place,
        seen=outcome.seen,
    )
    look.notes.expect(
        holds=took < _SLOW_SECONDS, message=f"SQL in an input delays the answer by {took:.1f} s", where=place
    )


async def _nothing_lost(look: Look, before: Mapping[str, int], where: str) -> None:
    after = await database.counted(look.scene.service.database_url)
    look.notes.expect(
        holds=after == before,
        message="tables or rows are lost",
        where=f"{look.door.name} {where}",
        seen=f"{before} -> {after}",
    )


def _changes(entity: Entity, text: str) -> list[Body]:
    found: list[Body] = []
    for field in settable(entity):
        if field.kind in _TEXTS and len(text) <= (field.max_length or len(text)):
            found.append({wire_name(field): text})
        elif field.kind == "json":
            nested: Plain = {text: [text]}
            found.append({wire_name(field): nested})
    return found


def _texts(entity: Entity) -> list[str]:
    from_brief = entity.name.lower()
    return [text.replace("{table}", f"{from_brief}s") for text in _NAUGHTY]


def _escaped(text: str) -> str:
    return "".join(letter if letter.isalnum() or letter == "-" else f"%{ord(letter):02X}" for letter in text)
