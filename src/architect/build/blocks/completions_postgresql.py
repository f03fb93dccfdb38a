"""completions_postgresql: answers that were paid for, kept in PostgreSQL beside the documents."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.python import Import, Resource
from architect.build.scene import Scene
from architect.build.slots import Contribution


def _contribute(_: Scene) -> Iterator[Contribution]:
    yield Import("from quillwort.adapters.ledger.completions import PostgresqlCompletions")
    yield Resource(
        # After what keeps the documents, whose changes take completions along.
        "completions",
        ("completions = PostgresqlCompletions(database, settings.model.kept)",),
        place=52,
    )


BLOCKS.add(
    "completions_postgresql",
    Block(
        title="Kept answers in PostgreSQL",
        selected=lambda choices: choices.language_model and choices.vector_store != "sqlite",
        files=(
            "src/quillwort/adapters/ledger/completions.py",
            "tests/contract/test_postgresql_completions.py",
        ),
        contribute=_contribute,
    ),
)
