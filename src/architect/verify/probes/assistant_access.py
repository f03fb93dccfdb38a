"""Who may send, search and ask: documents, searches and questions behind every door."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Final

from architect.model.report import Finding
from architect.verify.checks import Notes
from architect.verify.doors import Outcome, Verdict
from architect.verify.library import SCOPES, Library
from architect.verify.scene import OWNER, Scene
from architect.verify.shelves import GrpcShelf, RestShelf, Shelf

READ, WRITE = SCOPES
NEVER: Final = "00000000-0000-4000-8000-000000000000"
ALLOWED: Final = 5
LIMITED: Final = {"RATE_LIMIT_REQUESTS": str(ALLOWED), "RATE_LIMIT_WINDOW_SECONDS": "60"}
LONGEST: Final = 100_000
"""Characters of a question that nobody asks."""


async def _ask(shelf: Shelf) -> Outcome:
    return await _asked(shelf, "Who pays for repairs?")


READS: Final[Mapping[str, Callable[[Shelf], Awaitable[Outcome]]]] = {
    "get": lambda shelf: shelf.get(NEVER),
    "search": lambda shelf: shelf.search("repairs", 5),
    "question": _ask,
}
WRITES: Final[Mapping[str, Callable[[Shelf], Awaitable[Outcome]]]] = {
    "submit": lambda shelf: shelf.submit("note.md", b"A note."),
    "remove": lambda shelf: shelf.remove(NEVER),
}


async def assistant_tokens(scene: Scene) -> list[Finding]:
    """Without a good token nobody sends, searches or asks."""
    issuer = scene.service.issuer
    bad = {
        "no token": "",
        "an expired token": issuer.expired(OWNER, SCOPES),
        "a forged token": issuer.forged(OWNER, SCOPES),
        "an unsigned token": issuer.unsigned(OWNER, SCOPES),
        "another audience's token": issuer.for_other_audience(OWNER, SCOPES),
    }
    notes = Notes("assistant_tokens", "identify the caller before every operation")
    for what, token in bad.items():
        await _expect(notes, scene, token, {**READS, **WRITES}, ("unauthenticated",), f"with {what}")
    return notes.findings


async def assistant_scopes(scene: Scene) -> list[Finding]:
    """Who may read may not write, and who may do neither may not ask."""
    notes = Notes("assistant_scopes", "ask for documents:read or documents:write in each service")
    reader = scene.service.issuer.token(OWNER, [READ])
    await _expect(notes, scene, reader, WRITES, ("forbidden",), f"with {READ} alone")
    nothing = scene.service.issuer.token(OWNER, ["weather:read"])
    await _expect(notes, scene, nothing, {**READS, **WRITES}, ("forbidden",), "without a scope of documents")
    return notes.findings


async def assistant_input(scene: Scene) -> list[Finding]:
    """Questions that are none are refused as such, and the next good one is answered."""
    notes = Notes("assistant_input", "check what is asked before it is searched for")
    token = scene.service.issuer.token(OWNER, list(SCOPES))
    bad: dict[str, Callable[[Shelf], Awaitable[Outcome]]] = {}
    questions = {"empty": "", "blank": " \n\t", "too long": "why " * (LONGEST // 4)}
    for what, text in questions.items():
        bad[f"{what} search"] = partial(_searched, query=text)
        bad[f"{what} question"] = partial(_asked, question=text)
    bad["search for a billion"] = lambda shelf: shelf.search("repairs", 10**9)
    await _expect(notes, scene, token, bad, ("invalid", "too_large"), "with bad input")
    answer = await Library(scene).asked("Who pays for repairs?")
    notes.expect(
        holds=bool(answer.outcome),
        message="after bad input a good question is not answered",
        where="question",
        seen=answer.seen,
    )
    return notes.findings


async def assistant_limited(scene: Scene) -> list[Finding]:
    """Searches and questions count against the caller's limit."""
    notes = Notes("assistant_limited", "count every request to its principal before it is served")
    for number, shelf in enumerate(_shelves(scene, "")):
        token = scene.service.issuer.token(f"counted-{number}", list(SCOPES))
        counted = _with(scene, shelf, token)
        ended = [(await counted.search("repairs", 1)).verdict for _ in range(ALLOWED)]
        ended.append((await _ask(counted)).verdict)
        notes.expect(
            holds=ended == [*(["ok"] * ALLOWED), "limited"],
            message=f"of {ALLOWED} allowed requests and one more not just the last is refused",
            where=f"{shelf.name} search, question",
            seen=ended,
        )
    return notes.findings


async def _searched(shelf: Shelf, query: str) -> Outcome:
    return await shelf.search(query, 5)


async def _asked(shelf: Shelf, question: str) -> Outcome:
    return (await shelf.ask(question))[0]


async def _expect(  # noqa: PLR0913, PLR0917 - what is sent, and what must come of it
    notes: Notes,
    scene: Scene,
    token: str,
    operations: Mapping[str, Callable[[Shelf], Awaitable[Outcome]]],
    wanted: tuple[Verdict, ...],
    what: str,
) -> None:
    for shelf in _shelves(scene, token):
        for name, operation in operations.items():
            outcome = await operation(shelf)
            notes.expect(
                holds=outcome.verdict in wanted,
                message=f"{what} the outcome is {outcome.verdict}, and {' or '.join(wanted)} is right",
                where=f"{shelf.name} {name}",
                seen=outcome.seen,
            )


def _shelves(scene: Scene, token: str) -> tuple[Shelf, ...]:
    """Return the ways to documents with any token."""
    found: list[Shelf] = []
    if scene.rest_door is not None:
        found.append(RestShelf(scene.rest_door, token))
    if scene.grpc_door is not None:
        found.append(GrpcShelf(scene.grpc_door.client, token))
    return tuple(found)


def _with(scene: Scene, shelf: Shelf, token: str) -> Shelf:
    """Return the same way with another token."""
    return next(each for each in _shelves(scene, token) if each.name == shelf.name)
