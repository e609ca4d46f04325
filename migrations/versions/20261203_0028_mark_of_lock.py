"""The run lock names its holding by a random mark: hosts of the same name are told apart."""

import sqlalchemy as sa
from alembic import op

revision = "20261203_0028"
down_revision = "20261203_0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    mark = sa.Column(
        "mark",
        sa.Text(),
        nullable=False,
        server_default="",
        comment="random mark of that holding, which stands in the lock file of its machine as well",
    )
    op.add_column("run_lock", mark)
