"""How much of documents a model is given to read with a question."""

from typing import Final

from architect.model.report import Finding
from architect.verify.checks import Notes
from architect.verify.models.script import answers
from architect.verify.probes.model_failure import ASKED
from architect.verify.stage import ANSWER, FIRST, Stage

CONTEXT_TOKENS: Final = 300
ROUND_WORDS: Final = 100
"""What stands around passages: their tags and titles, and the question."""
BOUNDED: Final = {"ASSISTANT_CONTEXT_TOKENS": str(CONTEXT_TOKENS)}
ROOMS: Final = ("kitchen", "cellar", "attic", "hall", "garage", "study", "pantry", "porch")
HOUSE: Final = "# Lease of the house\n\n" + "\n\n".join(
    f"## Repairs of the {room}\n\n"
    + " ".join(
        f"The tenant pays for repairs of {part} {number} of the {room} within {number} days."
        for number, part in enumerate(("door", "lamp", "floor", "wall", "pipe", "lock", "shelf", "tap"), 2)
    )
    for room in ROOMS
)
"""Eight sections of a hundred words, each of which speaks of what is asked."""


async def context_bounded(stage: Stage) -> list[Finding]:
    """Whatever is found, a model is given no more of it than was set, for each token is paid."""
    notes = Notes("context_bounded", "pack passages into ASSISTANT_CONTEXT_TOKENS")
    stage.models.plan(FIRST, answers(ANSWER))
    asker = await stage.asker("tenant", HOUSE)
    mark = stage.mark()
    told = await asker.ask("Who pays for repairs of the house?")
    words = [len(call.content.split()) for call in stage.since(mark)]
    # No tokenizer makes fewer tokens of a text than it has words.
    notes.expect(
        holds=bool(told.passages) and len(words) == 1 and words[0] <= CONTEXT_TOKENS + ROUND_WORDS,
        message=f"a model is not given passages of {CONTEXT_TOKENS} tokens at most",
        where=ASKED,
        seen=f"{words} words to read, {told.seen}",
    )
    return notes.findings
