"""What language models cost each owner by day, what is reserved of it, and kept completions.

Reservations are rows that settling deletes. Those of a process that died stay, and from their
`expires_at` on they are told as spent: what it had asked for was billed.
Completions go with whatever takes the text of a document that they rest on, in the same
transaction, where documents are kept here too.
"""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create everything."""
    for statement in (*LEDGER, *COMPLETIONS):
        op.execute(statement)


def downgrade() -> None:
    """Drop everything."""
    op.execute("DROP FUNCTION forget_completions() CASCADE")
    op.execute("DROP TABLE completion_documents, completions")
    op.execute("DROP TABLE model_reservations, model_totals, model_spending")


LEDGER = (
    """
    CREATE TABLE model_spending (
        owner_id text NOT NULL,
        day date NOT NULL,
        requests bigint NOT NULL,
        cached bigint NOT NULL,
        input_tokens bigint NOT NULL,
        cached_input_tokens bigint NOT NULL,
        output_tokens bigint NOT NULL,
        usd numeric NOT NULL,
        CONSTRAINT model_spending_pkey PRIMARY KEY (owner_id, day)
    )
    """,
    """
    CREATE TABLE model_totals (
        day date NOT NULL,
        usd numeric NOT NULL,
        CONSTRAINT model_totals_pkey PRIMARY KEY (day)
    )
    """,
    """
    CREATE TABLE model_reservations (
        id uuid NOT NULL,
        owner_id text NOT NULL,
        day date NOT NULL,
        requests bigint NOT NULL,
        input_tokens bigint NOT NULL,
        output_tokens bigint NOT NULL,
        usd numeric NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT model_reservations_pkey PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX model_reservations_day_owner_id_idx ON model_reservations (day, owner_id)",
)

COMPLETIONS = (
    """
    CREATE TABLE completions (
        key bytea NOT NULL,
        model text NOT NULL,
        text text NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT completions_pkey PRIMARY KEY (key)
    )
    """,
    "CREATE INDEX completions_created_at_idx ON completions (created_at)",
    """
    CREATE TABLE completion_documents (
        key bytea NOT NULL,
        document_id uuid NOT NULL,
        CONSTRAINT completion_documents_pkey PRIMARY KEY (key, document_id),
        CONSTRAINT completion_documents_key_fkey FOREIGN KEY (key) REFERENCES completions (key)
            ON DELETE CASCADE
    )
    """,
    "CREATE INDEX completion_documents_document_id_idx ON completion_documents (document_id)",
    """
    CREATE FUNCTION forget_completions() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM completions WHERE key IN (
            SELECT key FROM completion_documents WHERE document_id = OLD.id
        );
        RETURN NULL;
    END $$
    """,
    # Whatever changes what can be found of a document writes how many chunks it has.
    """
    DO $$
    BEGIN
        IF to_regclass('documents') IS NOT NULL THEN
            CREATE TRIGGER documents_forget_completions
            AFTER DELETE OR UPDATE OF chunks ON documents
            FOR EACH ROW EXECUTE FUNCTION forget_completions();
        END IF;
    END $$
    """,
)
