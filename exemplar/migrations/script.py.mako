"""${message}."""

from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Write the SQL out; say how long it locks what."""
    ${upgrades if upgrades else "op.execute()"}


def downgrade() -> None:
    """Undo it."""
    ${downgrades if downgrades else "op.execute()"}
