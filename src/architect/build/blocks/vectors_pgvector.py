"""vectors_pgvector: documents, their words and their vectors in the database of everything else."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.python import Import, Resource
from architect.build.scene import Scene
from architect.build.slots import Contribution


def _contribute(_: Scene) -> Iterator[Contribution]:
    yield Import("from quillwort.adapters.corpus.postgresql import PostgresqlCorpus")
    # After the database, which it works on.
    yield Resource("database_corpus", ("corpus = PostgresqlCorpus(database)",))


BLOCKS.add(
    "vectors_pgvector",
    Block(
        title="Documents in PostgreSQL with pgvector",
        selected=lambda choices: choices.assistant and choices.vector_store == "pgvector",
        contribute=_contribute,
    ),
)
