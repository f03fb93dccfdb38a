"""The first tables.

A unique value is unique among the rows of one owner, and a reference stays within one owner: its
foreign key includes the owner. Each offered filter and sort has an index that begins with the
owner, whose rows a list is confined to; `<table>_created_at_idx` serves those who see everybody's.
"""

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create everything."""
    for statement in (*COLLECTORS, *SPECIMENS):
        op.execute(statement)


def downgrade() -> None:
    """Drop everything."""
    # At once, for tables may refer to one another.
    op.execute(
        """
        DROP TABLE
            specimens,
            collectors
        """
    )


COLLECTORS = (
    """
    CREATE TABLE collectors (
        id uuid NOT NULL,
        owner_id text NOT NULL,
        version bigint NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        name text NOT NULL,
        email text NOT NULL,
        active boolean NOT NULL,
        CONSTRAINT collectors_pkey PRIMARY KEY (id),
        CONSTRAINT collectors_id_owner_id_key UNIQUE (id, owner_id),
        CONSTRAINT collectors_email_key UNIQUE (owner_id, email)
    )
    """,
    """
    CREATE INDEX collectors_created_at_idx
    ON collectors (created_at, id)
    """,
    """
    CREATE INDEX collectors_owner_id_created_at_idx
    ON collectors (owner_id, created_at, id)
    """,
    """
    CREATE INDEX collectors_owner_id_name_idx
    ON collectors (owner_id, name, id)
    """,
    """
    CREATE INDEX collectors_owner_id_active_created_at_idx
    ON collectors (owner_id, active, created_at, id)
    """,
)

SPECIMENS = (
    """
    CREATE TABLE specimens (
        id uuid NOT NULL,
        owner_id text NOT NULL,
        version bigint NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        status text NOT NULL,
        catalogue_number text NOT NULL,
        taxon text NOT NULL,
        notes text,
        sheet_count bigint NOT NULL,
        elevation_metres double precision,
        mass_grams numeric(12, 3),
        appraised_value numeric(19, 2),
        currency text NOT NULL,
        fragile boolean NOT NULL,
        collected_on date NOT NULL,
        examined_at timestamptz,
        accession_key uuid,
        contact_email text,
        image_url text,
        preservation text NOT NULL,
        collector_id uuid NOT NULL,
        attributes jsonb,
        CONSTRAINT specimens_pkey PRIMARY KEY (id),
        CONSTRAINT specimens_catalogue_number_key UNIQUE (owner_id, catalogue_number),
        CONSTRAINT specimens_collector_id_fkey
            FOREIGN KEY (collector_id, owner_id) REFERENCES collectors (id, owner_id),
        CONSTRAINT specimens_status_check
            CHECK (status IN ('draft', 'catalogued', 'on_loan', 'withdrawn')),
        CONSTRAINT specimens_preservation_check
            CHECK (preservation IN ('pressed', 'dried', 'spirit', 'frozen'))
    )
    """,
    """
    CREATE INDEX specimens_created_at_idx
    ON specimens (created_at, id)
    """,
    """
    CREATE INDEX specimens_owner_id_created_at_idx
    ON specimens (owner_id, created_at, id)
    """,
    """
    CREATE INDEX specimens_owner_id_taxon_idx
    ON specimens (owner_id, taxon, id)
    """,
    """
    CREATE INDEX specimens_owner_id_collected_on_idx
    ON specimens (owner_id, collected_on, id)
    """,
    """
    CREATE INDEX specimens_owner_id_appraised_value_idx
    ON specimens (owner_id, appraised_value, id)
    """,
    """
    CREATE INDEX specimens_owner_id_taxon_created_at_idx
    ON specimens (owner_id, taxon, created_at, id)
    """,
    """
    CREATE INDEX specimens_owner_id_preservation_created_at_idx
    ON specimens (owner_id, preservation, created_at, id)
    """,
    """
    CREATE INDEX specimens_owner_id_collector_id_created_at_idx
    ON specimens (owner_id, collector_id, created_at, id)
    """,
    """
    CREATE INDEX specimens_owner_id_status_created_at_idx
    ON specimens (owner_id, status, created_at, id)
    """,
)
