"""vectors_pgvector: documents, their words and their vectors in the database of everything else."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.python import Import, Resource
from architect.build.scene import Scene
from architect.build.slots import Contribution


def _contribute(_: Scene) -> Iterator[Contribution]:
    yield Import("from quillwort.adapters.corpus.postgresql import PostgresqlCorpus")
    yield Import("from quillwort.adapters.corpus.moving import PostgresqlMoves")
    yield Import("from quillwort.entrypoints.cli.postgresql_moves import open_moves")
    yield Import("from quillwort.adapters.corpus.settling import Settling")
    yield Resource(
        # After the database, which it works on.
        "database_corpus",
        (
            "corpus, moves = PostgresqlCorpus(database), PostgresqlMoves(database)",
            "await stack.enter_async_context(Settling(database))",
        ),
    )


BLOCKS.add(
    "vectors_pgvector",
    Block(
        title="Documents in PostgreSQL with pgvector",
        selected=lambda choices: choices.assistant and choices.vector_store == "pgvector",
        files=(
            "src/quillwort/adapters/corpus/settling.py",
            "tests/contract/test_settling.py",
        ),
        contribute=_contribute,
    ),
)
