"""From one embedding model to another while the service runs, and goes on searching by meaning."""

from typing import Final

from architect.model.report import Finding
from architect.verify.checks import Notes
from architect.verify.polling import becomes
from architect.verify.probes.embedding import BACK_SECONDS, Nest

MOVE_SECONDS: Final = 60.0
PAUSE_SECONDS: Final = 0.3
"""Between searches, while a service may go on for seconds with the model that it knows."""
BUILT_IN: Final = {
    "EMBEDDING_URL": "",
    "EMBEDDING_MODEL": "",
    "EMBEDDING_DIMENSIONS": "0",
    "EMBEDDING_API_KEY": "",
    "EMBEDDING_QUESTION_PREFIX": "",
    "EMBEDDING_PASSAGE_PREFIX": "",
}
"""What every process has beside the server that its settings name."""
WHERE: Final = "python -m PACKAGE reembed"


async def reembedding_switches_over(nest: Nest) -> list[Finding]:
    """Once `reembed` has moved what is kept to another model, a service that runs searches and indexes by it.

    No other check has the server as its embedder afterwards.
    """
    notes = Notes(
        "reembedding_switches_over", "ask the store which embedding model serves, and embed with it"
    )
    await nest.well()
    done = await nest.bench.run(
        *("-m", nest.bench.subject.package, "reembed", "--grace-seconds", "0"),
        within=MOVE_SECONDS,
        settings={**nest.scene.service.environment, **BUILT_IN},
    )
    if not notes.expect(
        holds=done.status == 0,
        message=f"`reembed` ends with status {done.status}",
        where=WHERE,
        seen=done.output[-600:],
    ):
        return notes.findings
    seen: object = ""

    async def follows() -> bool:
        nonlocal seen
        mark = len(nest.models.calls)
        found = await nest.searched("Which bird breeds in a bush?")
        seen = (found, f"{len(nest.calls(mark))} requests to the server")
        return found.by_meaning and not found.degraded and bool(found.texts) and not nest.calls(mark)

    notes.expect(
        holds=await becomes(follows, BACK_SECONDS, PAUSE_SECONDS),
        message=f"{BACK_SECONDS:g} s after the change a running service does not search by the new model",
        where=nest.library.where("search"),
        seen=seen,
    )
    return notes.findings
