"""The date of an event is called so, as in releases."""

from alembic import op

revision = "20261203_0029"
down_revision = "20261203_0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column("event", "told", new_column_name="event_date")
    if op.get_bind().dialect.name == "postgresql":
        dated = "when it came about, ISO 8601 as precise as the source: 2026-03; empty where it has no date"
        op.alter_column("event", "event_date", comment=dated)
        place = "its place on the line: first day of `event_date`, else of the article"
        op.alter_column("event", "day", comment=place)
