"""rewording_postgresql: questions in PostgreSQL, beside the answers that were kept for them."""

from architect.build.block import BLOCKS, Block

BLOCKS.add(
    "rewording_postgresql",
    Block(
        title="Questions beside kept answers in PostgreSQL",
        selected=lambda choices: choices.rewording and choices.vector_store != "sqlite",
        files=(
            "migrations/versions/0005_wordings.py",
            "src/quillwort/adapters/ledger/wordings.py",
            "tests/contract/test_postgresql_wordings.py",
        ),
    ),
)
