"""For which names of known projects the articles of before were looked through."""

import sqlalchemy as sa
from alembic import op

revision = "20261126_0009"
down_revision = "20261126_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "name_sought",
        sa.Column("target", sa.Text(), nullable=False, comment="whose name it is, as names are loaded"),
        sa.Column("name", sa.Text(), nullable=False, comment="the name"),
        sa.Column("reached", sa.Integer(), nullable=False, comment="articles from this id on were looked through"),
        sa.PrimaryKeyConstraint("target", "name", name="pk_name_sought"),
        comment="for which names of known projects articles that were passed over before were looked through",
    )
