"""A second reading can be taken back by its reader; the candidate then waits for one again."""

import sqlalchemy as sa
from alembic import op

revision = "20261126_0007"
down_revision = "20261126_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    with op.batch_alter_table("reading") as reading:
        reading.add_column(sa.Column("undone_at", moment, nullable=True, comment="when its reader took it back"))
        reading.drop_constraint("uq_reading_candidate_id", type_="unique")
    stands = sa.text("undone_at IS NULL")
    op.create_index(
        "uq_reading_standing", "reading", ["candidate_id"], unique=True, sqlite_where=stands, postgresql_where=stands
    )
    op.create_index("ix_reading_by_id", "reading", ["by", "id"])
