"""`python -m quillwort.entrypoints.evaluation`: what `make evaluate` runs.

Without a command it measures searches and answers. `propose` prints questions that the documents
suggest, `tune` fits the search to the judged ones and prints the settings.
"""

import asyncio
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, get_args

from quillwort.adapters.embedding.minilm import MiniLm
from quillwort.assistant.chunking import ChunkLimits
from quillwort.assistant.evaluation.judged import written
from quillwort.assistant.evaluation.measures import Interval, difference_by_chance, interval
from quillwort.assistant.evaluation.memory import MemoryIndex, memory_index
from quillwort.assistant.evaluation.proposing import proposed, worded
from quillwort.assistant.evaluation.retrieval import by_kind, figures, misjudged, ranked, values
from quillwort.assistant.evaluation.tuning import Remembering, TooFewQuestions, fitted
from quillwort.assistant.extractive import Extractive
from quillwort.assistant.ranking import Fusion, Ranking
from quillwort.assistant.ranking_settings import RetrievalSettings
from quillwort.assistant.search_service import SearchService
from quillwort.domain.errors import DomainError
from quillwort.entrypoints.evaluation import reading
from quillwort.entrypoints.evaluation.report import Report, row

JUDGE: Final = "EVALUATION_JUDGE"
"""The variable that names the model that judges answers and words questions."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Evaluate; return 0 when it is done, 1 when something failed, 2 when the input was bad."""
    parsed = _parser().parse_args(arguments)
    commands = {"report": _report, "propose": _propose, "tune": _tune}
    try:
        told = asyncio.run(commands[parsed.command](parsed))
    except (reading.EvaluationError, TooFewQuestions) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except DomainError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(told)
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="make evaluate ARGS=", description=__doc__)
    parser.add_argument(
        "command", nargs="?", default="report", choices=["report", "propose", "tune"]
    )
    parser.add_argument("--documents", type=Path, default=reading.SHIPPED / "documents")
    parser.add_argument("--questions", type=Path, default=reading.SHIPPED / "questions.toml")
    parser.add_argument("--json", action="store_true", help="the report for programs")
    parser.add_argument("--no-answers", action="store_true", help="measure searches alone")
    parser.add_argument("--most", type=int, default=50, help="how many questions to propose")
    parser.add_argument("--seed", type=int, default=0, help="of samples and halves")
    parser.add_argument("--write", type=Path, help="where tune writes the settings")
    return parser


async def _report(parsed: Namespace) -> str:
    documents, questions = reading.documents(parsed.documents), reading.questions(parsed.questions)
    embedder = Remembering(MiniLm())
    index = await memory_index(documents, embedder, ChunkLimits())
    present = RetrievalSettings().ranking()
    rankings = await ranked(SearchService(index, embedder, present), questions)
    answers: dict[str, Interval] = {}
    if not parsed.no_answers:
        # Whoever measures searches alone does not wait for what judges answers.
        from quillwort.entrypoints.evaluation.answers import evaluated  # noqa: PLC0415

        search = SearchService(index, embedder, present)
        answers = await evaluated(search, Extractive(), questions, os.environ.get(JUDGE))
    compared = {}
    for fusion in get_args(Fusion):
        if fusion != present.fusion:
            other = await _values(index, embedder, replace(present, fusion=fusion), parsed)
            chance = difference_by_chance(values(rankings), other, parsed.seed)
            compared[fusion] = (interval(other, parsed.seed), chance)
    report = Report(
        documents=len(documents),
        passages=len(index.kept),
        questions=len(rankings),
        retrieval=figures(rankings),
        kinds=by_kind(rankings),
        compared=compared,
        answers=answers,
        stale=misjudged(questions, [(kept.name, kept.chunk.text) for kept in index.kept]),
    )
    return report.as_json() + "\n" if parsed.json else report.as_text()


async def _values(
    index: MemoryIndex, embedder: Remembering, ranking: Ranking, parsed: Namespace
) -> list[float]:
    questions = reading.questions(parsed.questions)
    return values(await ranked(SearchService(index, embedder, ranking), questions))


async def _propose(parsed: Namespace) -> str:
    index = await memory_index(reading.documents(parsed.documents), MiniLm(), ChunkLimits())
    questions = proposed(index.kept, parsed.most, parsed.seed)
    if model := os.environ.get(JUDGE):
        from quillwort.entrypoints.evaluation.wording import OneModel  # noqa: PLC0415 # as above

        questions = await worded(questions, index.kept, OneModel(model), "evaluation")
    return written(questions)


async def _tune(parsed: Namespace) -> str:
    documents, questions = reading.documents(parsed.documents), reading.questions(parsed.questions)
    present = RetrievalSettings().ranking()
    found = await fitted(documents, questions, MiniLm(), present, parsed.seed)
    if parsed.write:
        parsed.write.write_text(found.environment, encoding="utf-8")
    return "\n".join(
        [
            f"chosen on {found.chosen_on} questions, told by {found.told_by} others, nDCG@10:",
            row("as it is", found.before),
            row("as it would be", found.after),
            f"  so large a difference is by chance with p = {found.chance:.3f}",
            f"  best cut: {found.limits.target} tokens, {found.limits.most} at most",
            found.environment,
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
