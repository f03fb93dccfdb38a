"""`python -m quillwort.entrypoints.evaluation`: what `make evaluate` runs.

Without a command it measures searches and answers. `propose` prints questions that the documents
suggest, `tune` fits the search to the judged ones and prints the settings.
"""

import asyncio
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from quillwort.adapters.embedding.factory import open_embedders
from quillwort.adapters.embedding.settings import EmbeddingSettings
from quillwort.adapters.reranking.factory import open_reranker
from quillwort.adapters.reranking.settings import RerankSettings
from quillwort.assistant.answering import Answerer
from quillwort.assistant.chunking import ChunkLimits
from quillwort.assistant.embedding import Embedder
from quillwort.assistant.evaluation.judged import written
from quillwort.assistant.evaluation.measures import Interval
from quillwort.assistant.evaluation.memory import cut, indexed_passages
from quillwort.assistant.evaluation.proposing import proposed, worded
from quillwort.assistant.evaluation.retrieval import by_kind, figures, ranked, values
from quillwort.assistant.evaluation.tuning import Remembering, TooFewQuestions, fitted
from quillwort.assistant.extractive import Extractive
from quillwort.assistant.ranking_settings import RetrievalSettings
from quillwort.designed import FUSION, WINDOW
from quillwort.domain.errors import DomainError
from quillwort.entrypoints.evaluation import reading
from quillwort.entrypoints.evaluation.comparing import Searching, compared
from quillwort.entrypoints.evaluation.report import Report, tuned
from quillwort.kit.settings import SettingsError, load
from quillwort.settings import Settings

JUDGE: Final = "EVALUATION_JUDGE"
"""The variable that names the model that judges answers and words questions."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Evaluate; return 0 when it is done, 1 when something failed, 2 when the input was bad."""
    parsed = _parser().parse_args(arguments)
    commands = {"report": _report, "propose": _propose, "tune": _tune}
    try:
        told = asyncio.run(_told(commands[parsed.command], parsed))
    except (reading.EvaluationError, TooFewQuestions, SettingsError) as error:
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
    parser.add_argument("--documents", type=Path, default=reading.DOCUMENTS)
    parser.add_argument(
        "--questions", type=Path, help="about the documents; the shipped ones have theirs"
    )
    parser.add_argument("--json", action="store_true", help="the report for programs")
    parser.add_argument("--no-answers", action="store_true", help="measure searches alone")
    parser.add_argument(
        "--service",
        action="store_true",
        help="answers as the service makes them, with its database",
    )
    parser.add_argument("--most", type=int, default=50, help="how many questions to propose")
    parser.add_argument("--seed", type=int, default=0, help="of samples and halves")
    parser.add_argument("--write", type=Path, help="where tune writes the settings")
    return parser


async def _told(command: Callable[[Namespace, Embedder], Awaitable[str]], parsed: Namespace) -> str:
    """Return what a command says with the embedder that the settings want."""
    async with open_embedders(EmbeddingSettings()) as (embedder, *_):
        return await command(parsed, embedder)


async def _report(parsed: Namespace, wanted: Embedder) -> str:
    documents = reading.documents(parsed.documents)
    asked = reading.asked(parsed.documents, parsed.questions)
    embedder = Remembering(wanted)
    passages = cut(documents, embedder, ChunkLimits())
    judged = reading.still_judged(parsed.documents, asked, passages)
    questions = judged.questions
    index = await indexed_passages(passages, embedder)
    answers: dict[str, Interval] = {}
    async with open_reranker(RerankSettings()) as reranker:
        search = Searching(index, embedder, RetrievalSettings().ranking(FUSION, WINDOW), reranker)
        rankings = await ranked(search.service, questions)
        if not parsed.no_answers:
            # Whoever measures searches alone does not wait for what judges answers.
            from quillwort.entrypoints.evaluation.answers import evaluated  # noqa: PLC0415

            async with _answerer(service=parsed.service) as answerer:
                judge = os.environ.get(JUDGE)
                answers = await evaluated(search.service, answerer, questions, judge)
        others = await compared(search, values(rankings), questions, parsed.seed)
    report = Report(
        documents=len(documents),
        passages=len(index.kept),
        questions=len(rankings),
        retrieval=figures(rankings),
        kinds=by_kind(rankings),
        compared=others,
        answers=answers,
        stale=judged.stale,
    )
    return report.as_json() + "\n" if parsed.json else report.as_text()


@asynccontextmanager
async def _answerer(*, service: bool) -> AsyncIterator[Answerer]:
    """Give what quotes, or what the service answers with as its settings say."""
    if not service:
        yield Extractive()
        return
    # The service's drivers and database are for whoever asks for them.
    from quillwort import bootstrap  # noqa: PLC0415

    settings = load(Settings)
    for preparation in bootstrap.PREPARATIONS:
        await asyncio.to_thread(preparation.run, settings, Namespace())
    async with bootstrap.open_parts(settings) as parts:
        yield parts.answerer


async def _propose(parsed: Namespace, embedder: Embedder) -> str:
    passages = cut(reading.documents(parsed.documents), embedder, ChunkLimits())
    questions = proposed(passages, parsed.most, parsed.seed)
    if model := os.environ.get(JUDGE):
        from quillwort.entrypoints.evaluation.wording import OneModel  # noqa: PLC0415 # as above

        questions = await worded(questions, passages, OneModel(model), "evaluation")
    return written(questions)


async def _tune(parsed: Namespace, embedder: Embedder) -> str:
    documents = reading.documents(parsed.documents)
    questions = reading.asked(parsed.documents, parsed.questions)
    present = RetrievalSettings().ranking(FUSION, WINDOW)
    found = await fitted(documents, questions, embedder, present, parsed.seed)
    if parsed.write:
        parsed.write.write_text(found.environment, encoding="utf-8")
    return tuned(found)


if __name__ == "__main__":
    sys.exit(main())
