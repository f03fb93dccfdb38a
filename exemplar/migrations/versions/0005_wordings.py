"""Questions beside their kept answers, so that these serve the same question in other words.

They go with the answers that they are of.
"""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create everything."""
    for statement in WORDINGS:
        op.execute(statement)


def downgrade() -> None:
    """Drop everything."""
    op.execute("DROP TABLE wordings")


WORDINGS = (
    """
    CREATE TABLE wordings (
        key bytea NOT NULL,
        ground bytea NOT NULL,
        question text NOT NULL,
        embedding bytea NOT NULL,
        CONSTRAINT wordings_pkey PRIMARY KEY (key),
        CONSTRAINT wordings_key_fkey FOREIGN KEY (key) REFERENCES completions (key)
            ON DELETE CASCADE
    )
    """,
    "CREATE INDEX wordings_ground_idx ON wordings (ground)",
)
