"""Due work knows the feed that brought it, so that feeds share a run by turns."""

import sqlalchemy as sa
from alembic import op

revision = "20261201_0013"
down_revision = "20261201_0012"
branch_labels = None
depends_on = None

OPEN = sa.text("done_at IS NULL AND quarantined_at IS NULL")
COMMENT = "feed that brought it; null where none did, or it is the feed itself"
# By verb, the feed of what waits; what is done needs none.
FEEDS = {
    "fetch": "SELECT entry.feed_id FROM entry WHERE entry.id = work.item_id",
    "extract": "SELECT entry.feed_id FROM entry JOIN page ON page.entry_id = entry.id WHERE page.id = work.item_id",
    "recognize": "SELECT entry.feed_id FROM entry JOIN page ON page.entry_id = entry.id"
    " JOIN article ON article.page_id = page.id WHERE article.id = work.item_id",
}
FEEDS["propose"] = FEEDS["recognize"]


def upgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    number = "BIGINT" if postgresql else "INTEGER"
    # Written out, as Alembic adds no reference to a table of SQLite that stands.
    op.execute(f"ALTER TABLE work ADD COLUMN feed_id {number} CONSTRAINT fk_work_feed_id_feed REFERENCES feed (id)")
    if postgresql:
        op.execute(f"COMMENT ON COLUMN work.feed_id IS '{COMMENT}'")
    columns = ["verb", "host", "domain", "feed_id", "due_at", "lease_until"]
    op.create_index("ix_work_turns", "work", columns, sqlite_where=OPEN, postgresql_where=OPEN)
    for verb, found in FEEDS.items():
        waits = sa.text(f"UPDATE work SET feed_id = ({found}) WHERE verb = :verb AND done_at IS NULL")  # noqa: S608 -- put together from constants of this file
        op.execute(waits.bindparams(verb=verb))
