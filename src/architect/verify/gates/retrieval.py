"""What an assistant finds, quotes, hides and forgets."""

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Final

from architect.verify import applies
from architect.verify.bench import Bench
from architect.verify.checks import Check, run_checks
from architect.verify.gate import gate
from architect.verify.probes import formats, ranking
from architect.verify.probes import retrieval as probes
from architect.verify.probes.judged import judged_questions
from architect.verify.scene import Scene, opened

CHECKS: Final[Mapping[str, Check[Scene]]] = {
    "keywords_find": Check(probes.keywords_find, applies.by_words),
    "meaning_finds": Check(probes.meaning_finds, applies.by_meaning),
    "others_documents_hidden": Check(probes.others_documents_hidden, applies.identity),
    "removed_from_indexes": Check(probes.removed_from_indexes),
    "replaced_in_indexes": Check(probes.replaced_in_indexes),
    "unreadable_documents_told": Check(probes.unreadable_documents_told),
    "formats_read": Check(formats.formats_read),
    "alike_told_once": Check(formats.alike_told_once),
    "answers_quote": Check(probes.answers_quote),
    "weak_evidence_told": Check(probes.weak_evidence_told),
    "scores_told": Check(ranking.scores_told, applies.all_of(applies.by_words, applies.by_meaning)),
}
TUNED: Final[Mapping[str, Check[Scene]]] = {
    "weight_as_set": Check(ranking.weight_as_set),
    "candidates_as_set": Check(ranking.candidates_as_set),
    "passages_as_set": Check(ranking.passages_as_set),
    "neighbours_told": Check(ranking.neighbours_told),
}
OTHERWISE: Final[Mapping[str, Check[Scene]]] = {"fusion_as_set": Check(ranking.fusion_as_set)}


@gate(
    "retrieval",
    title="Documents are found, quoted, hidden and forgotten",
    checks=(*CHECKS, "judged_questions", *TUNED, *OTHERWISE),
    needs=("service",),
    seconds=420.0,
    applies=applies.assistant,
)
async def retrieval(bench: Bench) -> None:
    """Send documents to services, and look at what they find and tell of them, as it is and as it is set."""
    judged = Check(judged_questions(bench.sheet))
    await asyncio.gather(
        run_checks(bench, {**CHECKS, "judged_questions": judged}, opened),
        run_checks(bench, TUNED, partial(opened, settings=ranking.TUNED)),
        run_checks(bench, OTHERWISE, partial(opened, settings=ranking.other_fusion(bench.subject))),
    )
