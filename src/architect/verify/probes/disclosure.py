"""What a service must not tell: its insides to callers, and secrets to its log."""

import re
from collections.abc import Iterator
from typing import Final
from uuid import uuid4

from architect.model.plain import Plain
from architect.model.report import Finding
from architect.verify import database
from architect.verify.checks import Notes
from architect.verify.doors import ListQuery, Outcome
from architect.verify.payloads import Body
from architect.verify.scene import Scene

_INSIDES: Final = re.compile(
    r"Traceback|File \"|\.py\b|line \d+, in|psycopg|asyncpg|sqlalchemy|starlette|pydantic|uvicorn|grpc_core"
    r"|SELECT .* FROM|INSERT INTO|UPDATE .* SET|relation \"|column \"|constraint \"|UndefinedTable"
    r"|Exception\b|\w+(?:Error|Timeout)\(|postgres(?:ql)?://|127\.0\.0\.1|/(?:home|root|app|src|usr|tmp|work)/",
    re.IGNORECASE,
)
"""Traces, libraries, SQL, names of tables and constraints, addresses and paths."""
PASSWORD: Final = "hunter2-of-the-database"  # noqa: S105 - made up, to be looked for in the log
_TELLING: Final = 8
"""Characters of a value that cannot stand in the log by chance."""


async def answers_hide_insides(scene: Scene) -> list[Finding]:
    """Errors that nobody foresaw, and those of a lost database, say nothing of what is inside."""
    notes = Notes(
        "answers_hide_insides", "answer unforeseen errors by a fixed text, and keep the rest in the log"
    )
    token, url = scene.token(), scene.service.database_url
    async with database.broken(url):
        for where, outcome in await _provoked(scene, token):
            defect = outcome.status in ("500", "INTERNAL", "UNKNOWN")
            notes.expect(
                holds=defect,
                message=f"a broken table ends in {outcome.status}",
                where=where,
                seen=outcome.seen,
            )
            _silent(notes, where, outcome)
    async with database.cut_off(url):
        for where, outcome in await _provoked(scene, token):
            _silent(notes, where, outcome)
    await scene.recovers()
    for door in scene.doors:
        for label, outcome in (
            ("a bad token", await door.list(scene.richest, ListQuery(), "bad")),
            ("a bad id", await door.get(scene.richest, "bad", token)),
            ("a bad cursor", await door.list(scene.richest, ListQuery(cursor="bad"), token)),
        ):
            _silent(notes, f"{door.name}, {label}", outcome)
    return notes.findings


async def defects_logged(scene: Scene) -> list[Finding]:
    """What callers are not told the log has: the exception of an unforeseen error, with its request id."""
    notes = Notes("defects_logged", "log unforeseen exceptions with the request id that is bound")
    before = len(scene.service.log.events())
    async with database.broken(scene.service.database_url):
        provoked = await _provoked(scene, scene.token())

    def all_told(lines: list[dict[str, Plain]]) -> bool:
        # What the service does in the background meets the broken table too, on nobody's request.
        traced = [
            line
            for line in lines[before:]
            if "Traceback" in str(line.get("exception", "")) and line.get("request_id")
        ]
        return len(traced) >= len(provoked)

    notes.expect(
        holds=await scene.log_comes(all_told),
        message=f"{len(provoked)} unforeseen errors do not leave as many exceptions with a request id",
        where="log",
        seen=scene.service.log.tail(3),
    )
    return notes.findings


async def log_keeps_secrets(scene: Scene) -> list[Finding]:
    """Neither tokens nor passwords nor bodies are in the log, whatever happened."""
    notes = Notes("log_keeps_secrets", "log neither headers nor bodies, nor the address of the database")
    token, url = scene.token(), scene.service.database_url
    entity = scene.richest
    for door in scene.doors:
        row = await scene.made(entity, token, door=door)
        refused = scene.service.issuer.forged("olivia", ["x"])
        await door.list(entity, ListQuery(), refused)
        async with database.broken(url):
            await door.get(entity, str(row["id"]), token)
        secrets = {
            "a token": token,
            "the signature of a token": token.rpartition(".")[2],
            "a refused token": refused,
            "the database's password": PASSWORD,
        }
        secrets |= {f"the {name} of a row": value for name, value in _texts(row)}
        text = scene.service.log.text()
        for label, secret in secrets.items():
            at = text.find(secret) if secret else -1
            notes.expect(
                holds=at < 0,
                message=f"{label} is in the log",
                where=f"log, after {door.name}",
                seen=text[max(0, at - 200) : at].rpartition("\n")[2] + " <- here",
            )
    return notes.findings


async def _provoked(scene: Scene, token: str) -> list[tuple[str, Outcome]]:
    entity, payloads = scene.richest, scene.payloads
    parents = {each.name: str(uuid4()) for each in scene.entities}
    found: list[tuple[str, Outcome]] = []
    for door in scene.doors:
        found += [
            (f"{door.name} get", await door.get(entity, str(uuid4()), token)),
            (f"{door.name} list", await door.list(entity, ListQuery(limit=1), token)),
            (f"{door.name} create", await door.create(entity, payloads.body(entity, parents), token)),
            (f"{door.name} delete", await door.delete(entity, str(uuid4()), token)),
        ]
    return found


def _silent(notes: Notes, where: str, outcome: Outcome) -> None:
    told = _INSIDES.search(outcome.raw)
    notes.expect(
        holds=told is None,
        message=f"the answer tells {told[0] if told else ''!r}",
        where=where,
        seen=outcome.raw,
    )


def _texts(row: Body) -> Iterator[tuple[str, str]]:
    for name in ("notes", "email", "contact_email", "phone", "address"):
        value = row.get(name)
        if isinstance(value, str) and len(value) >= _TELLING:
            yield name, value
