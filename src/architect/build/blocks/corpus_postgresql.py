"""corpus_postgresql: documents, their words and their vectors as tables of PostgreSQL with pgvector."""

from architect.build.block import BLOCKS, Block

BLOCKS.add(
    "corpus_postgresql",
    Block(
        title="Documents in PostgreSQL",
        selected=lambda choices: choices.assistant and choices.vector_store != "sqlite",
        files=(
            "migrations/versions/0002_documents.py",
            "src/quillwort/adapters/corpus/chunks.py",
            "src/quillwort/adapters/corpus/documents.py",
            "src/quillwort/adapters/corpus/models.py",
            "src/quillwort/adapters/corpus/moving.py",
            "src/quillwort/adapters/corpus/postgresql.py",
            "src/quillwort/adapters/corpus/postings.py",
            "src/quillwort/adapters/corpus/vectors.py",
            "src/quillwort/adapters/corpus/writing.py",
            "src/quillwort/entrypoints/cli/postgresql_moves.py",
            "tests/consistency.py",
            "tests/contract/test_postgresql_corpus.py",
            "tests/contract/test_postgresql_locks.py",
            "tests/corpus_in_postgresql.py",
        ),
    ),
)
