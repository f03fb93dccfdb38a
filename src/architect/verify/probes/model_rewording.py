"""Kept answers for the same question in other words, and for no other, however alike the two are."""

from typing import Final

from architect.model.report import Finding
from architect.verify import applies
from architect.verify.checks import Notes
from architect.verify.conversation import Asker, Told
from architect.verify.library import Library
from architect.verify.models.script import answers
from architect.verify.probes.model_failure import ASKED
from architect.verify.scene import STRANGER
from architect.verify.stage import FIRST, Stage, said

PAYS: Final = (
    "Under lease A-17 the tenant pays for repairs of the roof of the shop that cost up to 200 euros."
)
SHOP: Final = f"""\
# Lease of the shop

{PAYS} The landlord pays for repairs that cost more, for every repair of the windows, and for cleaning.
"""
ADDENDUM: Final = f"# Addendum to the lease of the shop\n\n{PAYS.replace('200', '100')}\n"
ANSWER: Final = f"As the lease has it: {PAYS} [1]"
QUESTION: Final = "Who pays under lease A-17 for repairs of the roof of the shop that cost 150 euros?"
REWORDED: Final = "Who pays under the lease A-17 for the repairs of the roof of the shop that cost 150 euros?"
APART: Final = {
    "another number": QUESTION.replace("150", "950"),
    "a negation": QUESTION.replace("pays", "never pays"),
    "another name": QUESTION.replace("A-17", "A-18"),
    "a word that turns it": QUESTION.replace("for repairs", "before repairs"),
    "its words in another order": QUESTION.replace("the roof of the shop", "the shop of the roof"),
    "a word more": QUESTION.replace("shop", "corner shop"),
    "another word than the passages'": QUESTION.replace("pays", "decides"),
}
"""All are .95 alike or more for all-MiniLM-L6-v2: it is the guards that tell them apart."""
AFTER_HAIL: Final = "Who pays for repairs of the roof after hail?"
AFTER_FIRE: Final = AFTER_HAIL.replace("hail", "fire")
"""No guard has a word of these two, and neither have the passages: they are not alike enough."""


async def rewordings_guarded(stage: Stage) -> list[Finding]:
    """A kept answer serves other words and says so; never another question, caller or passage."""
    notes = Notes(
        "rewordings_guarded",
        "give a kept answer to another question only where every guard agrees that it is the same",
    )
    stage.models.plan(FIRST, answers(ANSWER))
    asker = await stage.asker("paraphraser", SHOP)
    await asker.ask(QUESTION)
    mark = stage.mark()
    again = await asker.ask(REWORDED)
    notes.expect(
        holds=not stage.since(mark) and said(again.text) == said(ANSWER),
        message="the same question in other words is asked again",
        where=ASKED,
        seen=again.seen,
    )
    notes.expect(
        holds=_written_for(again) == QUESTION,
        message="an answer that is given again does not say which question it was written for",
        where=ASKED,
        seen=again.seen,
    )
    for what, question in APART.items():
        await _expect_asked(notes, stage, asker, question, f"a question with {what}")
    await asker.ask(AFTER_HAIL)
    await _expect_asked(notes, stage, asker, AFTER_FIRE, "a question that is not alike enough")
    if not applies.identity(stage.scene.subject):
        stranger = await stage.asker(STRANGER, SHOP)
        await _expect_asked(notes, stage, stranger, REWORDED, "another caller")
    await Library(stage.scene, "paraphraser").kept("addendum.md", ADDENDUM)
    await _expect_asked(notes, stage, asker, REWORDED, "a question about other passages")
    return notes.findings


async def _expect_asked(notes: Notes, stage: Stage, asker: Asker, question: str, who: str) -> None:
    mark = stage.mark()
    told = await asker.ask(question)
    notes.expect(
        holds=len(stage.since(mark)) == 1 and _written_for(told) == "",
        message=f"{who} gets an answer that was written for something else",
        where=ASKED,
        seen=(question, told.seen),
    )


def _written_for(told: Told) -> str:
    used = told.named("usage")
    return used[-1].text("written_for") if used else ""
