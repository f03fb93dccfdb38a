"""What is left of a document in answers once it has been replaced or removed."""

from typing import Final

import httpx

from architect.model.report import Finding
from architect.verify.checks import Notes
from architect.verify.conversation import Asker
from architect.verify.library import Library
from architect.verify.models.script import answers
from architect.verify.probes.model_failure import ASKED
from architect.verify.stage import ANSWER, FACT, FIRST, LEASE, Stage

QUESTION: Final = "Who pays for repairs, before all is forgotten?"


async def replaced_from_answers(stage: Stage) -> list[Finding]:
    """A kept answer goes with the text that it rests on, and does not come back with that."""
    notes = Notes(
        "replaced_from_answers", "take kept answers along in the transaction that changes a document"
    )
    stage.models.plan(FIRST, answers(ANSWER))
    asker = await stage.asker("rewriter")
    await asker.ask(QUESTION)
    notes.expect(
        holds=await _calls(stage, asker) == 0,
        message="a question that was answered is not answered again from the cache",
        where=ASKED,
    )
    for text in ("# Nothing\n\nThis page is left blank.\n", LEASE):
        await stage.asker("rewriter", text)
    calls = await _calls(stage, asker)
    notes.expect(
        holds=calls == 1,
        message="an answer outlives the text that it rests on: it is told again once that is back",
        where=ASKED,
        seen=f"{calls} calls to models",
    )
    return notes.findings


async def removed_from_answers(stage: Stage) -> list[Finding]:
    """An answer that rests on a removed document is told no more, to nobody."""
    notes = Notes("removed_from_answers", "look for the documents of an answer before it is told again")
    stage.models.plan(FIRST, answers(ANSWER))
    asker, library = await stage.reader("remover"), Library(stage.scene, "remover")
    document = await library.kept("lease.md", LEASE)
    told = await asker.ask(QUESTION)
    paths = {f"/v1/answers/{told.key}": "GET /v1/answers/{id}"}
    paths[f"/v1/answers/{told.key}/events"] = "GET /v1/answers/{id}/events"
    for wanted in (httpx.codes.OK, httpx.codes.NOT_FOUND):
        for path, where in paths.items():
            answer = await asker.send("GET", path)
            notes.expect(
                holds=answer.status_code == wanted and (FACT in answer.text) is (wanted == httpx.codes.OK),
                message=f"an answer is told by {answer.status_code}, where {wanted} is right",
                where=where,
                seen=answer.text[:300],
            )
        await library.remove(str(document["id"]))
    return notes.findings


async def _calls(stage: Stage, asker: Asker) -> int:
    mark = stage.mark()
    await asker.ask(QUESTION)
    return len(stage.since(mark))
