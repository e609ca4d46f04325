"""The first tables, as statements that no later change of the code alters.

Every later change is a migration of its own, and a test compares where they lead with what the code declares.
"""

from pathlib import Path

from alembic import op

revision = "20261125_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    script = Path(__file__).parents[1] / "first" / f"{connection.dialect.name}.sql"
    for statement in script.read_text(encoding="utf-8").split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)
