"""Each person may choose a time zone for what they are shown."""

import sqlalchemy as sa
from alembic import op

revision = "20261202_0017"
down_revision = "20261202_0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    comment = "time zone in which times are shown to them; empty: the site's"
    op.add_column("user", sa.Column("zone", sa.Text(), server_default="", nullable=False, comment=comment))
