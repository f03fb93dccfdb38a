"""Retrieval: what is kept is found, by words and by meaning, by its owner alone, until it is removed."""

from typing import Final

from architect.model.report import Finding
from architect.verify.checks import Notes
from architect.verify.indexes import left
from architect.verify.library import Library
from architect.verify.scene import STRANGER, Scene

LEASE: Final = """\
# Lease of the flat

## Repairs

The tenant pays for repairs of up to 200 euros each. Everything beyond is paid by the landlord.

## Animals

Cats may live in the flat. Dogs need a written consent of the landlord.
"""
VALVES: Final = "# Spare parts\n\n" + "\n\n".join(
    f"## Valve Kestrel{number}\n\nThe valve Kestrel{number} fits the pump of {1900 + number % 97}."
    for number in (7714, 7741, 7417, 7174, 7147, 4771, 4717, 4177, 1774, 1747, 1477)
)
ONE_VALVE: Final = "Kestrel7471"
MINUTES: Final = f"""\
# Minutes of May

The roof was inspected after the storm, and the painters come in June. Two neighbours complained of the noise
in the yard. The board approved the order of one {ONE_VALVE}, thanked the caterers for the lunch, and
moved the summer party to the second weekend of July. Parking spaces are given out by lot from now on.
"""
THEIRS: Final = "The vermilion contract with Ostrava ends in March."


async def keywords_find(scene: Scene) -> list[Finding]:
    """A part number that stands in passing is found before passages about parts that are called alike."""
    notes = Notes("keywords_find", "let the scores of keywords into the fusion")
    library = Library(scene)
    await library.kept("lease.md", LEASE)
    await library.kept("parts.md", VALVES)
    await library.kept("minutes.md", MINUTES)
    found = await library.found(ONE_VALVE)
    notes.expect(
        holds=bool(found) and ONE_VALVE in found[0],
        message=f"a search for {ONE_VALVE} does not find it first",
        where=library.where("search"),
        seen=found,
    )
    return notes.findings


async def meaning_finds(scene: Scene) -> list[Finding]:
    """A passage is found by a question that shares no word with any."""
    notes = Notes("meaning_finds", "let the similarities of vectors into the fusion")
    library = Library(scene)
    await library.kept("lease.md", LEASE)
    found = await library.found("Kittens permitted?")
    notes.expect(
        holds=bool(found) and "Cats" in found[0],
        message="a question about kittens does not find the passage about cats",
        where=library.where("search"),
        seen=found,
    )
    return notes.findings


async def others_documents_hidden(scene: Scene) -> list[Finding]:
    """Nobody finds, or is told, what a document of somebody else says."""
    notes = Notes("others_documents_hidden", "put the owner into the condition of every search")
    await Library(scene, STRANGER).kept("secret.md", THEIRS)
    library = Library(scene)
    for query in ("vermilion", "Which agreement with the Czech city runs out?"):
        found = await library.found(query, 50)
        notes.expect(
            holds=not any("vermilion" in text for text in found),
            message="a search finds a passage of somebody else's document",
            where=library.where(f"search {query}"),
            seen=found,
        )
        answer = await library.asked(query)
        notes.expect(
            holds="vermilion" not in answer.seen,
            message="an answer shows a passage of somebody else's document",
            where=library.where(f"question {query}"),
            seen=answer.seen,
        )
    return notes.findings


async def removed_from_indexes(scene: Scene) -> list[Finding]:
    """A removed document is in no index any more: text, words, vectors."""
    notes = Notes("removed_from_indexes", "remove text, words and vectors in the transaction of the document")
    library = Library(scene)
    document = str((await library.kept("gone.md", "The cobalt heron nests on the pier."))["id"])
    await library.remove(document)
    await _nothing_left(scene, notes, document, "cobalt")
    found = await library.found("cobalt heron")
    notes.expect(
        holds=not any("cobalt" in text for text in found),
        message="a removed document is still found",
        where=library.where("search"),
        seen=found,
    )
    return notes.findings


async def replaced_in_indexes(scene: Scene) -> list[Finding]:
    """A document that was sent again is found by its new words, and by its old ones no more."""
    notes = Notes("replaced_in_indexes", "replace text, words and vectors in one transaction")
    library = Library(scene)
    await library.kept("notes.md", "The saffron kite is kept in the attic.")
    again = await library.kept("notes.md", "The indigo kite is kept in the attic.")
    for word, there in (("saffron", False), ("indigo", True)):
        found = await library.found(word, 50)
        notes.expect(
            holds=any(word in text for text in found) is there,
            message=f"after the next version {word} is {'not ' if there else 'still '}found",
            where=library.where("search"),
            seen=(again, found),
        )
    return notes.findings


async def unreadable_documents_told(scene: Scene) -> list[Finding]:
    """A document that cannot be read says why, and those behind it are indexed."""
    notes = Notes("unreadable_documents_told", "note the reason on the document, and go on with the next")
    library = Library(scene)
    broken = await library.kept("image.md", bytes(range(256)) * 4)
    notes.expect(
        holds=broken.get("status") == "failed" and bool(broken.get("problem")),
        message="bytes that are no text are not told as a failure with its reason",
        where=library.where("document"),
        seen=broken,
    )
    behind = await library.kept("behind.md", "The lighthouse is painted white.")
    notes.expect(
        holds=behind.get("status") == "indexed",
        message="a document behind one that cannot be read is not indexed",
        where=library.where("document"),
        seen=behind,
    )
    return notes.findings


async def answers_quote(scene: Scene) -> list[Finding]:
    """An answer cites passages that it shows, in words that stand there."""
    notes = Notes("answers_quote", "cite what stands in a passage that was told")
    library = Library(scene)
    await library.kept("lease.md", LEASE)
    answer = await library.asked("Who pays for repairs?")
    notes.expect(
        holds=answer.outcome == "answered" and "200 euros" in answer.text and bool(answer.citations),
        message="a question that a document answers is not answered with a citation",
        where=library.where("question"),
        seen=answer.seen,
    )
    for number, quote in answer.citations:
        notes.expect(
            holds=quote in answer.passages.get(number, ""),
            message="a citation names words that its passage does not have",
            where=library.where("question"),
            seen=(quote, answer.passages.get(number)),
        )
    return notes.findings


async def weak_evidence_told(scene: Scene) -> list[Finding]:
    """A question that no document speaks of is not answered, and the end says so."""
    notes = Notes("weak_evidence_told", "answer from evidence alone")
    library = Library(scene)
    await library.kept("lease.md", LEASE)
    answer = await library.asked("How deep is the Mariana Trench?")
    notes.expect(
        holds=answer.outcome == "no_evidence" and not answer.text,
        message="a question that nothing speaks of is answered",
        where=library.where("question"),
        seen=answer.seen,
    )
    return notes.findings


async def _nothing_left(scene: Scene, notes: Notes, document: str, word: str) -> None:
    for where, rows in (await left(scene.service, document, word)).items():
        notes.expect(
            holds=rows == 0,
            message=f"a removed document is still in {where}",
            where=where,
            seen=rows,
        )
