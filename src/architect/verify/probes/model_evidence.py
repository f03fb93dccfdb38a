"""What models write without evidence: claims that their passage does not make, and that they do not know."""

from typing import Final

from architect.model.report import Finding
from architect.verify.checks import Notes
from architect.verify.models.script import answers
from architect.verify.probes.model_failure import ASKED
from architect.verify.stage import FACT, FIRST, LEASE, Stage

NO_EVIDENCE: Final = "NO_EVIDENCE"
"""What the instructions have a model write when the passages do not answer."""
STRANGE: Final = "Volcanoes erupt wherever tectonic plates collide. [1]"
WRONG: Final = f"{FACT.replace('200', '900')} [1]"
MIXED: Final = f"{FACT} [1] {STRANGE}"
WRONG_FIGURE, WRONG_WORDS = "900 euros", "Volcanoes"


async def unsupported_told(stage: Stage) -> list[Finding]:
    """A citation whose passage says nothing of the kind is not told; an answer of such alone is none."""
    notes = Notes("unsupported_told", "check each citation by words and figures against the passage it names")
    asker = await stage.asker("doubter")
    stage.models.plan(FIRST, answers(MIXED))
    told = await asker.ask("Who pays for repairs, and what erupts?")
    notes.expect(
        holds=told.outcome == "answered" and [number for number, _ in told.citations] == [1],
        message="of two claims a passage supports one, and not one citation is told",
        where=ASKED,
        seen=told.seen,
    )
    for text, claimed, what in ((STRANGE, WRONG_WORDS, "words"), (WRONG, WRONG_FIGURE, "a figure")):
        stage.models.plan(FIRST, answers(text))
        told = await asker.ask(f"Who pays for repairs, with {what} of their own?")
        notes.expect(
            holds=told.outcome == "quoted" and told.problems == ["unsupported"] and claimed not in told.text,
            message=f"an answer with {what} that its passage does not have is told as if it were supported",
            where=ASKED,
            seen=told.seen,
        )
        notes.expect(
            holds=all(quote in LEASE for _, quote in told.citations),
            message="a citation names words that its passage does not have",
            where=ASKED,
            seen=told.citations,
        )
    return notes.findings


async def abstention_told(stage: Stage) -> list[Finding]:
    """A model that says that the passages do not answer ends the answer so, in no word of its own."""
    notes = Notes(
        "abstention_told", f"take {NO_EVIDENCE} for the outcome `no_evidence`, and tell nothing of it"
    )
    stage.models.plan(FIRST, answers(NO_EVIDENCE))
    asker = await stage.asker("asker")
    mark = stage.mark()
    told = await asker.ask("Who pays for repairs of the roof of the neighbour?")
    calls = stage.since(mark)
    notes.expect(
        holds=len(calls) == 1 and NO_EVIDENCE in calls[0].instructions,
        message="a model is not told how to say that the passages do not answer",
        where=ASKED,
        seen=[call.instructions[:600] for call in calls],
    )
    notes.expect(
        holds=told.outcome == "no_evidence" and not told.text and not told.problems,
        message="a model that does not know is not told as `no_evidence`",
        where=ASKED,
        seen=told.seen,
    )
    return notes.findings
