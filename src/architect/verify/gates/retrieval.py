"""What an assistant finds, quotes, hides and forgets."""

from collections.abc import Mapping
from typing import Final

from architect.verify import applies
from architect.verify.bench import Bench
from architect.verify.checks import Check, run_checks
from architect.verify.gate import gate
from architect.verify.probes import formats
from architect.verify.probes import retrieval as probes
from architect.verify.probes.judged import judged_questions
from architect.verify.scene import Scene, opened

CHECKS: Final[Mapping[str, Check[Scene]]] = {
    "keywords_find": Check(probes.keywords_find),
    "meaning_finds": Check(probes.meaning_finds),
    "others_documents_hidden": Check(probes.others_documents_hidden, applies.identity),
    "removed_from_indexes": Check(probes.removed_from_indexes),
    "replaced_in_indexes": Check(probes.replaced_in_indexes),
    "unreadable_documents_told": Check(probes.unreadable_documents_told),
    "formats_read": Check(formats.formats_read),
    "alike_told_once": Check(formats.alike_told_once),
    "answers_quote": Check(probes.answers_quote),
    "weak_evidence_told": Check(probes.weak_evidence_told),
}


@gate(
    "retrieval",
    title="Documents are found, quoted, hidden and forgotten",
    checks=(*CHECKS, "judged_questions"),
    needs=("service",),
    seconds=420.0,
    applies=applies.assistant,
)
async def retrieval(bench: Bench) -> None:
    """Send documents to one service, and look at what it finds and tells of them."""
    judged = Check(judged_questions(bench.sheet))
    await run_checks(bench, {**CHECKS, "judged_questions": judged}, opened)
