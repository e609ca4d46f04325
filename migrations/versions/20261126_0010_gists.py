"""What articles of candidates mean, so that later news of their projects is known by it."""

import sqlalchemy as sa
from alembic import op

revision = "20261126_0010"
down_revision = "20261126_0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    comment = "what its article means: a vector, a byte a dimension"
    op.add_column("story_article", sa.Column("gist", sa.LargeBinary(), nullable=True, comment=comment))
