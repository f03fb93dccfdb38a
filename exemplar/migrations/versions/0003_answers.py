"""Answers, with all that was told of each, and what its asker thinks of it."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create everything."""
    for statement in ANSWERS:
        op.execute(statement)


def downgrade() -> None:
    """Drop everything."""
    op.execute("DROP TABLE answers")


ANSWERS = (
    """
    CREATE TABLE answers (
        id uuid NOT NULL,
        asker text NOT NULL,
        question text NOT NULL,
        outcome text NOT NULL,
        model text,
        prompt_version text NOT NULL,
        events jsonb NOT NULL,
        created_at timestamptz NOT NULL,
        finished_at timestamptz NOT NULL,
        helpful boolean,
        comment text,
        CONSTRAINT answers_pkey PRIMARY KEY (id),
        CONSTRAINT answers_outcome_check
            CHECK (outcome IN ('answered', 'quoted', 'no_evidence', 'incomplete'))
    )
    """,
    "CREATE INDEX answers_created_at_idx ON answers (created_at)",
)
