"""An index by which new entries of feeds are counted by day, so that the page of sources reads no exchanges."""

import sqlalchemy as sa
from alembic import op

revision = "20261126_0008"
down_revision = "20261126_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    new = sa.text("new_entries > 0")
    op.create_index("ix_poll_new", "poll", ["at", "feed_id", "new_entries"], sqlite_where=new, postgresql_where=new)
