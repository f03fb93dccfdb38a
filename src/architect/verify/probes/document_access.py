"""Whose a document is: its sender's, a group's or everybody's, behind every door."""

from collections.abc import Iterable, Mapping
from typing import Final

from architect.model.plain import Plain
from architect.model.report import Finding
from architect.verify.checks import Notes
from architect.verify.doors import Outcome, Verdict
from architect.verify.library import SCOPES, Library, answered
from architect.verify.scene import OWNER, STRANGER, Scene, SceneError
from architect.verify.shelves import GrpcShelf, RestShelf, Shelf

READ, WRITE = SCOPES
PUBLISH: Final = "documents:publish"
EVERYONE: Final = "everyone"
_MEMBER: Final = "michael"
_GROUP: Final = "verifiers"
_OTHERS: Final = "bystanders"


async def groups_documents_found(scene: Scene) -> list[Finding]:
    """What one member sends to a group, another finds, is told, reads and sees in the list."""
    notes = Notes("groups_documents_found", "search what is the groups' of the caller's token too")
    for door in _doors(scene):
        word = f"Amaranth{door}"
        sender = _shelf(scene, door, OWNER, SCOPES, [_GROUP])
        key = await _kept(notes, scene, sender, word, f"group:{_GROUP}")
        member = _shelf(scene, door, _MEMBER, [READ], [_GROUP, _OTHERS])
        await _expect(notes, member, word, key, "a member", there=True)
    return notes.findings


async def groups_documents_hidden(scene: Scene) -> list[Finding]:
    """What is a group's is in no search, answer, list and read of who belongs to another, or to none."""
    notes = Notes("groups_documents_hidden", "put the caller's labels into the condition of every read")
    for door in _doors(scene):
        word = f"Celadon{door}"
        sender = _shelf(scene, door, OWNER, SCOPES, [_GROUP])
        key = await _kept(notes, scene, sender, word, f"group:{_GROUP}")
        for who, groups in (("of another group", [_OTHERS]), ("of none", [])):
            other = _shelf(scene, door, STRANGER, SCOPES, groups)
            await _expect(notes, other, word, key, f"somebody {who}", there=False)
            gone = await other.remove(key)
            _refused(notes, other, gone, ("missing",), f"somebody {who} removes a group's document")
    return notes.findings


async def everyones_documents_found(scene: Scene) -> list[Finding]:
    """What is published is found by all who may read, and removed by nobody who may not publish."""
    notes = Notes("everyones_documents_found", "search what is everyone's too")
    for door in _doors(scene):
        word = f"Viridian{door}"
        publisher = _shelf(scene, door, OWNER, [*SCOPES, PUBLISH])
        key = await _kept(notes, scene, publisher, word, EVERYONE)
        reader = _shelf(scene, door, STRANGER, SCOPES)
        await _expect(notes, reader, word, key, "somebody else", there=True)
        gone = await reader.remove(key)
        _refused(
            notes, reader, gone, ("forbidden",), f"somebody without {PUBLISH} removes what is everyone's"
        )
        await publisher.remove(key)
    return notes.findings


async def readers_refused(scene: Scene) -> list[Finding]:
    """Nobody sends to everyone without the scope, nor to a group that they do not belong to."""
    notes = Notes("readers_refused", "check who may send to the readers before a document is kept")
    cases: tuple[tuple[str, str, tuple[Verdict, ...]], ...] = (
        (f"somebody without {PUBLISH} sends to everyone", EVERYONE, ("forbidden",)),
        ("somebody sends to a group of others", f"group:{_GROUP}", ("forbidden",)),
        ("somebody sends to another person", OWNER, ("invalid",)),
    )
    for door in _doors(scene):
        shelf = _shelf(scene, door, STRANGER, SCOPES, [_OTHERS])
        for what, readers, wanted in cases:
            _refused(notes, shelf, await shelf.submit("note.md", b"A note.", readers), wanted, what)
        reader = _shelf(scene, door, STRANGER, [READ, PUBLISH], [_OTHERS])
        for readers in (EVERYONE, f"group:{_OTHERS}"):
            sent = await reader.submit("note.md", b"A note.", readers)
            _refused(notes, reader, sent, ("forbidden",), f"somebody without {WRITE} sends to {readers}")
    return notes.findings


async def reserved_owners_refused(scene: Scene) -> list[Finding]:
    """A token whose owner is called as a group's or everybody's documents are is believed nowhere."""
    notes = Notes("reserved_owners_refused", "refuse owners that could be taken for a group or for everyone")
    for door in _doors(scene):
        for owner in (EVERYONE, f"group:{_GROUP}"):
            shelf = _shelf(scene, door, owner, SCOPES)
            _refused(
                notes, shelf, await shelf.listed(), ("unauthenticated",), f"somebody called {owner} reads"
            )
    return notes.findings


async def default_readers(scene: Scene) -> list[Finding]:
    """A document that names no readers is for those that were decided."""
    notes = Notes("default_readers", "give the documents' service the readers that the design decided")
    design = scene.subject.design
    decided = EVERYONE if design and design.chosen("document_access") == EVERYONE else "owner"
    for door in _doors(scene):
        shelf = _shelf(scene, door, OWNER, [*SCOPES, PUBLISH])
        sent = await shelf.submit("unnamed.md", b"A note for whom it may concern.", "")
        notes.expect(
            holds=sent.body.get("readers") == decided,
            message=f"a document that names no readers is not for {decided}",
            where=f"{shelf.name} submit",
            seen=sent.body or sent.seen,
        )
        await shelf.remove(str(sent.body.get("id")))
    return notes.findings


async def _kept(notes: Notes, scene: Scene, shelf: Shelf, word: str, readers: str) -> str:
    """Send a document for readers, wait until it is indexed, and return its id; empty when refused."""
    text = f"# Inventory\n\nThe {word} stands on the third shelf of the cellar."
    try:
        kept = await Library(scene, shelf=shelf).kept(f"{word}.md", text, readers)
    except SceneError as error:
        notes.expect(
            holds=False,
            message=f"who may send to {readers} is refused",
            where=f"{shelf.name} submit",
            seen=error,
        )
        return ""
    return str(kept.get("id", ""))


async def _expect(  # noqa: PLR0913 - who asks for what, and whether they may
    notes: Notes, shelf: Shelf, word: str, key: str, who: str, *, there: bool
) -> None:
    """Expect a document in everything that a caller reads, or in none of it."""
    may = "does not find" if there else "finds"
    outcome, events = await shelf.ask(f"On which shelf of the cellar stands the {word}?")
    listed = [str(each["id"]) for each in _items(await shelf.listed())]
    seen: Mapping[str, tuple[bool, object]] = {
        "search": (word in str((found := await shelf.search(word, 50)).body), found.body or found.seen),
        "question": (word in str(answered(events).passages), events or outcome.seen),
        "get": ((got := await shelf.get(key)).verdict == "ok", got.seen),
        "list": (key in listed, listed),
    }
    for what, (holds, evidence) in seen.items():
        notes.expect(
            holds=holds is there,
            message=f"{who} {may} a document by {what}",
            where=f"{shelf.name} {what}",
            seen=evidence,
        )


def _refused(notes: Notes, shelf: Shelf, outcome: Outcome, wanted: tuple[Verdict, ...], what: str) -> None:
    notes.expect(
        holds=outcome.verdict in wanted,
        message=f"{what}: the outcome is {outcome.verdict}, and {' or '.join(wanted)} is right",
        where=shelf.name,
        seen=outcome.seen,
    )


def _items(page: Outcome) -> Iterable[Mapping[str, Plain]]:
    items = page.body.get("items")
    return [each for each in items if isinstance(each, dict)] if isinstance(items, list) else []


def _doors(scene: Scene) -> tuple[str, ...]:
    """Return the interfaces that documents are reached by."""
    ways = {"REST": scene.rest_door, "GRPC": scene.grpc_door}
    return tuple(name for name, door in ways.items() if door is not None)


def _shelf(scene: Scene, door: str, caller: str, scopes: Iterable[str], groups: Iterable[str] = ()) -> Shelf:
    """Return a caller's way through a door, with those scopes and groups."""
    token = scene.service.issuer.token(caller, scopes, groups=[*groups])
    if door == "REST":
        return RestShelf(scene.rest, token)
    return GrpcShelf(scene.grpc.client, token)
