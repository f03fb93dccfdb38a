"""Texts that were embedded before: their vectors are at hand."""

from architect.model.report import Finding
from architect.verify.checks import Notes
from architect.verify.models.embeddings import texts_of
from architect.verify.probes.embedding import BIRDS, KEEPING, Nest


async def embedded_once(nest: Nest) -> list[Finding]:
    """A text that was embedded is not embedded again, whichever document of its sender it comes in."""
    notes = Notes("embedded_once", "look for the vector of a text before the embedder is asked")
    await nest.well()
    mark = len(nest.models.calls)
    await nest.library.kept("birds again.md", BIRDS)
    texts = [text for call in nest.calls(mark) for text in texts_of(call.body)]
    again = [text for text in texts if text.startswith(KEEPING)]
    notes.expect(
        holds=not again,
        message=f"{len(again)} passages are embedded a second time",
        where="POST /v1/embeddings",
        seen=again,
    )
    return notes.findings
