"""The column of what somebody did is called `action`, as the code and the commands call it."""

import sqlalchemy as sa
from alembic import op

revision = "20261202_0022"
down_revision = "20261202_0021"
branch_labels = None
depends_on = None

ACTIONS = (
    *("log-in", "log-in-failed", "log-out", "decision", "undo", "second-reading"),
    *("lease-taken-over", "export", "user-changed", "publish", "yank", "sign-off"),
)
ALLOWED = f"action IN ({', '.join(repr(action) for action in ACTIONS)})"
# SQLite renames no constraint of a table that stands: the rows move into a new one.
NEW_ACTIVITY = f"""
CREATE TABLE activity_new (
    id INTEGER NOT NULL,
    at DATETIME NOT NULL,
    action VARCHAR(40) NOT NULL CONSTRAINT ck_activity_action CHECK ({ALLOWED}),
    "by" TEXT DEFAULT '' NOT NULL,
    about TEXT DEFAULT '' NOT NULL,
    candidate_id BIGINT,
    address TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_activity PRIMARY KEY (id)
)
"""
AFTER = '"by", about, candidate_id, address'


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("ck_activity_deed", "activity")
        op.alter_column("activity", "deed", new_column_name="action")
        op.create_check_constraint(op.f("ck_activity_action"), "activity", sa.text(ALLOWED))
        return
    op.execute(NEW_ACTIVITY)
    op.execute(
        f"INSERT INTO activity_new (id, at, action, {AFTER}) SELECT id, at, deed, {AFTER} FROM activity"  # noqa: S608 -- our own words
    )
    op.execute("DROP TABLE activity")
    op.execute("ALTER TABLE activity_new RENAME TO activity")
    op.create_index("ix_activity_at", "activity", ["at"])
    for verb in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER activity_no_{verb} BEFORE {verb} ON activity "
            "BEGIN SELECT RAISE(ABORT, 'activity is appended only'); END"
        )
