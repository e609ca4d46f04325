"""The first tables.

A new database is made from the tables as the code declares them; every later change is a migration of its
own, and a test compares where they lead with what the code declares.
"""

from alembic import op

from offing.store.tables import metadata

revision = "20261125_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    metadata.create_all(op.get_bind())
