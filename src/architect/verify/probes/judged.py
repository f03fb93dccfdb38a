"""Judged questions: how well the search of the running service finds what people have marked."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from architect.model.fact import Figure
from architect.model.report import Finding
from architect.verify.checks import Notes
from architect.verify.gate import Probe
from architect.verify.judged import (
    DEPTH,
    OWN,
    SHIPPED,
    Collection,
    Interval,
    Measured,
    UnreadableCollectionError,
    collection,
    measured,
)
from architect.verify.library import Library
from architect.verify.scene import Scene
from architect.verify.sheet import Sheet

FLOORS: Final[Mapping[str, float]] = {
    "hybrid_convex": 0.85,
    "hybrid_rrf": 0.75,
    "dense": 0.75,
    "keyword": 0.6,
}
"""nDCG@10 on the shipped questions that the interval must reach up to, by how the design retrieves.

The exemplar's search was measured at .933, ranks added .854, vectors alone .870, keywords alone .731 with an
interval up to .825: a floor is what lies between a way to search and what is left of it without one half.
"""
_MEND: Final = "let both halves into the fusion; `make evaluate` tells each kind of question apart"


def judged_questions(sheet: Sheet) -> Probe[Scene]:
    """Return the probe that asks the shipped questions and the owner's own; figures go on the sheet."""

    async def probe(scene: Scene) -> list[Finding]:
        notes = Notes("judged_questions", _MEND)
        chosen = scene.subject.design.chosen("retrieval") if scene.subject.design else None
        for where, floor in ((SHIPPED, FLOORS.get(chosen or "hybrid_convex", 0.0)), (OWN, 0.0)):
            kept = _kept(scene.subject.directory, where, notes)
            if kept is None or not kept.questions:
                continue
            told = await _asked(scene, kept, f"judge of {where.as_posix()}")
            _figures(sheet, where, told, kept.stale)
            notes.expect(
                holds=told.ndcg.high >= floor,
                message=f"nDCG@{DEPTH} is {told.ndcg.mean:.3f} [{told.ndcg.low:.3f}, {told.ndcg.high:.3f}], "
                f"all of it below {floor:g}",
                where="POST /v1/search",
                seen=f"{told.questions} questions of {where.as_posix()}",
            )
        return notes.findings

    return probe


def _kept(root: Path, where: Path, notes: Notes) -> Collection | None:
    try:
        kept = collection(root / where)
    except UnreadableCollectionError as error:
        notes.expect(holds=False, message=str(error), where=where.as_posix())
        return None
    notes.expect(
        holds=kept is not None or where == OWN,
        message="the judged questions that come with the project are gone",
        where=where.as_posix(),
    )
    return kept


async def _asked(scene: Scene, kept: Collection, caller: str) -> Measured:
    # Nobody else's documents are among those of a caller of its own.
    library = Library(scene, caller)
    for name, content in kept.documents.items():
        await library.kept(name, content)
    found = [await library.found(question.ask, DEPTH) for question in kept.questions]
    return measured(kept.questions, found)


def _figures(sheet: Sheet, where: Path, told: Measured, stale: int) -> None:
    gone = f" ({stale} left out: their documents are gone)" if stale else ""
    named: tuple[tuple[str, Interval], ...] = (
        (f"nDCG@{DEPTH}", told.ndcg),
        (f"recall@{DEPTH}", told.recall),
        (f"MRR@{DEPTH}", told.reciprocal_rank),
    )
    for name, one in named:
        because = (
            f"{told.questions} judged questions of {where.as_posix()}{gone} by POST /v1/search, 95% interval "
            f"{one.low:.3f}-{one.high:.3f} by bootstrap"
        )
        title = name if where == SHIPPED else f"{name}, own questions"
        sheet.figure(Figure(title, round(one.mean, 3), "of 1", "measured", because))
