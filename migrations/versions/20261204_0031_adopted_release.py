"""A release of another site can be adopted as the start of this site's records."""

import sqlalchemy as sa
from alembic import op

revision = "20261204_0031"
down_revision = "20261203_0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    when = "when it was adopted, where another site published it"
    op.add_column("release", sa.Column("adopted_at", moment, nullable=True, comment=when))
    op.add_column("release", _text("adopted_by", "who adopted it"))
    op.add_column("event", _text("release", "the adopted release that brought it; empty for one of this site"))


def _text(name: str, comment: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="", comment=comment)
