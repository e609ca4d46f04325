"""Checks before releases are kept, also those that find nothing."""

import sqlalchemy as sa
from alembic import op

revision = "20261202_0025"
down_revision = "20261202_0024"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "release_check",
        sa.Column("id", ID, autoincrement=True, nullable=False, comment="number given by the database"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, comment="when it was made"),
        _text("by", "who made it"),
        sa.Column("records", sa.Integer(), nullable=False, comment="projects that a release would have described"),
        sa.Column("more", sa.Integer(), nullable=False, comment="findings beyond those that are kept"),
        _text("changes", "what would have changed against the last release, in words"),
        sa.PrimaryKeyConstraint("id", name="pk_release_check"),
        comment="a look at all records before a release, also one that found nothing",
    )


def _text(name: str, comment: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False, comment=comment)
