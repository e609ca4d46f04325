"""Who ended an assignment by hand, and who took a rule back."""

import sqlalchemy as sa
from alembic import op

revision = "20261202_0024"
down_revision = "20261202_0023"
branch_labels = None
depends_on = None

_ENDED_BY = {
    "assignment": "who gave the candidate back to the rules; empty where another assignment took its place",
    "assignment_rule": "who took it back",
}


def upgrade() -> None:
    for table, comment in _ENDED_BY.items():
        op.add_column(table, sa.Column("ended_by", sa.Text(), server_default="", nullable=False, comment=comment))
