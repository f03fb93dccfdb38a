"""Documents, what is found of them, and the indexes that find it.

Postings are kept by owner, so that a search never reads what its caller may not see, and by pages
of chunk numbers, so that adding a document touches one row a term.

Each embedding model has tables of its own, which the service makes when it first meets the model:
`vectors_<key>`, in whose graph the nearest are found, and `fresh_vectors_<key>`, which is searched
row by row and where vectors wait for their place in the graph.
"""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create everything."""
    op.execute("CREATE EXTENSION IF NOT EXISTS vector")
    for statement in (*DOCUMENTS, *CHUNKS, *VECTORS, *KEYWORDS):
        op.execute(statement)


def downgrade() -> None:
    """Drop everything but the extension, which others may use."""
    op.execute(MODELS_TABLES)
    op.execute(
        """
        DROP TABLE
            postings,
            keyword_statistics,
            embedding_models,
            staged_vectors,
            chunks,
            document_contents,
            documents
        """
    )


DOCUMENTS = (
    """
    CREATE TABLE documents (
        id uuid NOT NULL,
        owner_id text NOT NULL,
        version bigint NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        name text NOT NULL,
        title text NOT NULL,
        media_type text NOT NULL,
        digest text NOT NULL,
        size_bytes bigint NOT NULL,
        status text NOT NULL,
        problem text,
        detail text,
        chunks integer NOT NULL,
        claimed_until timestamptz,
        attempts integer NOT NULL DEFAULT 0,
        indexed_version bigint NOT NULL DEFAULT 0,
        phase text,
        done integer NOT NULL DEFAULT 0,
        total integer NOT NULL DEFAULT 0,
        CONSTRAINT documents_pkey PRIMARY KEY (id),
        CONSTRAINT documents_owner_id_name_key UNIQUE (owner_id, name),
        CONSTRAINT documents_status_check CHECK (status IN ('queued', 'indexed', 'failed'))
    )
    """,
    "CREATE INDEX documents_created_at_idx ON documents (created_at, id)",
    "CREATE INDEX documents_owner_id_created_at_idx ON documents (owner_id, created_at, id)",
    "CREATE INDEX documents_name_idx ON documents (name, id)",
    "CREATE INDEX documents_owner_id_name_idx ON documents (owner_id, name, id)",
    "CREATE INDEX documents_owner_id_status_idx ON documents (owner_id, status, created_at, id)",
    "CREATE INDEX documents_queued_idx ON documents (updated_at, id) WHERE status = 'queued'",
    """
    CREATE TABLE document_contents (
        document_id uuid NOT NULL,
        content bytea NOT NULL,
        CONSTRAINT document_contents_pkey PRIMARY KEY (document_id),
        CONSTRAINT document_contents_document_id_fkey
            FOREIGN KEY (document_id) REFERENCES documents (id) ON DELETE CASCADE
    )
    """,
)

CHUNKS = (
    """
    CREATE TABLE chunks (
        number bigint GENERATED ALWAYS AS IDENTITY,
        owner_id text NOT NULL,
        document_id uuid NOT NULL,
        key text NOT NULL,
        position integer NOT NULL,
        headings text[] NOT NULL,
        text text NOT NULL,
        tokens integer NOT NULL,
        page integer,
        digest bytea NOT NULL,
        CONSTRAINT chunks_pkey PRIMARY KEY (number),
        CONSTRAINT chunks_document_id_key_key UNIQUE (document_id, key),
        CONSTRAINT chunks_document_id_fkey
            FOREIGN KEY (document_id) REFERENCES documents (id)
    )
    """,
    "CREATE INDEX chunks_digest_idx ON chunks (digest)",
)

VECTORS = (
    """
    CREATE TABLE embedding_models (
        name text NOT NULL,
        dimensions integer NOT NULL,
        serves boolean NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT embedding_models_pkey PRIMARY KEY (name)
    )
    """,
    "CREATE UNIQUE INDEX embedding_models_serves_key ON embedding_models (serves) WHERE serves",
    """
    CREATE TABLE staged_vectors (
        document_id uuid NOT NULL,
        model text NOT NULL,
        digest bytea NOT NULL,
        embedding vector NOT NULL,
        CONSTRAINT staged_vectors_pkey PRIMARY KEY (digest, model, document_id),
        CONSTRAINT staged_vectors_document_id_fkey
            FOREIGN KEY (document_id) REFERENCES documents (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX staged_vectors_document_id_idx ON staged_vectors (document_id)",
)

MODELS_TABLES = """
    DO $$
    DECLARE
        made record;
    BEGIN
        FOR made IN
            SELECT tablename FROM pg_tables
            WHERE schemaname = current_schema() AND tablename ~ '^(fresh_)?vectors_[0-9a-f]{16}$'
        LOOP
            EXECUTE format('DROP TABLE %I', made.tablename);
        END LOOP;
    END $$
    """

KEYWORDS = (
    """
    CREATE TABLE postings (
        owner_id text COLLATE "C" NOT NULL,
        term text COLLATE "C" NOT NULL,
        page bigint NOT NULL,
        entries bytea NOT NULL,
        CONSTRAINT postings_pkey PRIMARY KEY (owner_id, term, page)
    )
    """,
    # They change often and are packed already: trying to compress them again is lost time.
    "ALTER TABLE postings ALTER COLUMN entries SET STORAGE EXTERNAL",
    "CREATE INDEX postings_term_idx ON postings (term)",
    """
    CREATE TABLE keyword_statistics (
        owner_id text NOT NULL,
        chunks bigint NOT NULL,
        terms bigint NOT NULL,
        CONSTRAINT keyword_statistics_pkey PRIMARY KEY (owner_id)
    )
    """,
)
