"""assistant: documents that are kept, found again and quoted."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.environment import Variable, VariableGroup
from architect.build.contributions.packaging import Dependency
from architect.build.contributions.python import Import, Part, Resource, Right, Section
from architect.build.scene import Scene
from architect.build.slots import Contribution

_VARIABLES = VariableGroup(
    84,
    "Answers: how they are told, and how long they are kept",
    (
        Variable("ASSISTANT_RESUME_SECONDS", "15", "an answer that nobody reads is stopped after so long"),
        Variable(
            "ASSISTANT_ANSWERS_DAYS",
            "30",
            "how long answers are kept, with the passages they rest on, also of documents that are gone",
        ),
    ),
)


def _contribute(scene: Scene) -> Iterator[Contribution]:
    for requirement in ("markdown-it-py>=4", "pypdf>=6", "selectolax>=0.4"):
        yield Dependency(requirement)
    yield Right("assistant.documents")
    yield Section("documents", "assistant.document_settings", "DocumentSettings")
    yield _documents(scene)
    yield _VARIABLES
    yield Section("answers", "assistant.answer_settings", "AnswerSettings")
    yield Import("from quillwort.adapters.answers.postgresql import PostgresqlAnswers")
    yield Import("from quillwort.assistant.answer_runs import AnswerRuns")
    yield Resource(
        # After whatever writes answers, so that those under way are stopped before it closes.
        "runs",
        (
            "runs = await stack.enter_async_context(",
            "    AnswerRuns(PostgresqlAnswers(database), settings.answers)",
            ")",
        ),
        place=70,
    )
    yield Section("retrieval", "assistant.ranking_settings", "RetrievalSettings")
    yield _retrieval(scene)
    yield Import("from quillwort.assistant.reembedding import Switching")
    yield Import("from quillwort.adapters.loaders.process import ProcessReader")
    yield Import("from quillwort.assistant.assistant import Assistant")
    yield Import("from quillwort.assistant.ingestion import Ingestion")
    yield Resource(
        # After the corpus, which it works on, and the database, which that may work on.
        "ingestion",
        (
            "embedder = Switching(moves, *embedders)",
            "reader = ProcessReader(counting(settings.embedding))",
            "ingestion = await stack.enter_async_context(",
            "    Ingestion(corpus, embedder, reader, assistant_metrics)",
            ")",
        ),
    )
    if not scene.choices.language_model:
        yield Import("from quillwort.assistant.extractive import Extractive")
        yield Resource("answerer", ("answerer = Extractive()",))
    yield Import("from quillwort.designed import FUSION, WINDOW")
    yield Import("from quillwort.assistant.observation import ObservedSearch")
    yield Resource(
        "search",
        (
            "ranking = settings.retrieval.ranking(FUSION, WINDOW)",
            "search = ObservedSearch(corpus, embedder, ranking, assistant_metrics, reranker)",
        ),
    )
    yield Part(
        "assistant",
        "Assistant",
        "Assistant.over(corpus, search, answerer, runs, ingestion.wake, assistant_metrics, "
        f'settings.documents.for_whom("{scene.choices.readers}"))',
    )


def _documents(scene: Scene) -> VariableGroup:
    return VariableGroup(
        45,
        "Documents",
        (
            Variable("DOCUMENT_MAX_BYTES", "20971520", "larger documents are refused; 20971520 at most"),
            Variable(
                "DOCUMENT_READERS",
                scene.choices.readers,
                "for whom a document is that names no readers: `owner` (its sender) or `everyone`",
                production="tuned",
                value=scene.choices.readers,
            ),
        ),
    )


def _retrieval(scene: Scene) -> VariableGroup:
    return VariableGroup(
        90,
        "How passages are found; `make evaluate ARGS=tune` fits the numbers to judged questions",
        (
            Variable(
                "RETRIEVAL_FUSION",
                scene.choices.fusion,
                "`convex` adds scores of keywords and vectors, `reciprocal_rank` their ranks; `keyword` and"
                " `dense` go by one of them",
            ),
            Variable("RETRIEVAL_ALPHA", "0.5", "the keywords' weight where scores are added, from 0 to 1"),
            Variable("RETRIEVAL_CANDIDATES", "100", "passages of each half that are joined"),
            Variable(
                "RETRIEVAL_WINDOW",
                "1" if scene.choices.neighbours else "0",
                "neighbours under the same heading that go along with a passage",
            ),
            Variable("RETRIEVAL_PASSAGES", "6", "passages that an answer is drawn from"),
        ),
    )


BLOCKS.add(
    "assistant",
    Block(
        title="Documents, search and answers",
        selected=lambda choices: choices.assistant,
        files=(
            "migrations/versions/0003_answers.py",
            "src/quillwort/adapters/answers/*.py",
            "src/quillwort/adapters/corpus/__init__.py",
            "src/quillwort/adapters/loaders/*.py",
            "src/quillwort/assistant/*.py",
            "tests/assistant/*.py",
            "tests/answers.py",
            "tests/corpora.py",
            "tests/documents.py",
            "tests/dying.py",
            "tests/hostile_counting.py",
            "tests/word_embedder.py",
        ),
        contribute=_contribute,
    ),
)
