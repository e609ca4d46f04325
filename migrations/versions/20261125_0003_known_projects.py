"""Known projects of other bases."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261125_0003"
down_revision = "20261125_0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "known_project",
        sa.Column("id", ID, autoincrement=True, nullable=False, comment="number given by the database"),
        sa.Column("source", sa.Text(), server_default="", nullable=False, comment="the base it comes from"),
        sa.Column("key", sa.Text(), server_default="", nullable=False, comment="its id there"),
        sa.Column("facts", JSON, nullable=False, comment="what the base says, in the fields of a project"),
        sa.Column("description", sa.Text(), server_default="", nullable=False, comment="free text of the base"),
        sa.Column("year", sa.Integer(), nullable=True, comment="year of its commitment"),
        sa.Column(
            "digest", sa.String(64), nullable=False, comment="of the row as imported: an equal one changes nothing"
        ),
        sa.Column(
            "imported_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when it was imported or last changed",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_known_project"),
        sa.UniqueConstraint("source", "key", name="uq_known_project_source_key"),
        comment="a project that another base has",
    )


def downgrade() -> None:
    op.drop_table("known_project")
