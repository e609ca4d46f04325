"""A choice between contradicting accounts is a change of the record: who, when, why, and when it was taken back."""

import sqlalchemy as sa
from alembic import op

revision = "20261203_0026"
down_revision = "20261202_0025"
branch_labels = None
depends_on = None

ACTIONS = ("promotion", "departure", "correction", "merge", "split", "withdrawal", "choice", "undo")
ALLOWED = f"action IN ({', '.join(map(repr, ACTIONS))})"
# SQLite changes no constraint of a table that stands: the rows move into new ones, with those that point to them.
NEW_CHANGE = f"""
CREATE TABLE record_change_new (
    id INTEGER NOT NULL,
    project_id VARCHAR(40) NOT NULL,
    action VARCHAR(40) NOT NULL CONSTRAINT ck_record_change_action CHECK ({ALLOWED}),
    "by" TEXT DEFAULT '' NOT NULL,
    at DATETIME NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    source TEXT DEFAULT '' NOT NULL,
    field TEXT DEFAULT '' NOT NULL,
    operation VARCHAR(40) CONSTRAINT ck_record_change_operation
        CHECK (operation IN ('set', 'add', 'replace', 'remove')),
    "before" JSON,
    "after" JSON,
    "on" TEXT DEFAULT '' NOT NULL,
    candidate_ids JSON,
    other VARCHAR(40),
    undoes INTEGER,
    CONSTRAINT pk_record_change PRIMARY KEY (id),
    CONSTRAINT uq_record_change_undoes UNIQUE (undoes),
    CONSTRAINT fk_record_change_project_id_project FOREIGN KEY(project_id) REFERENCES project (id),
    CONSTRAINT fk_record_change_other_project FOREIGN KEY(other) REFERENCES project (id),
    CONSTRAINT fk_record_change_undoes_record_change FOREIGN KEY(undoes) REFERENCES record_change_new (id)
)
"""
NEW_SPLIT = """
CREATE TABLE split_candidate_new (
    change_id INTEGER NOT NULL,
    candidate_id INTEGER NOT NULL,
    project_id VARCHAR(40) NOT NULL,
    CONSTRAINT pk_split_candidate PRIMARY KEY (change_id, candidate_id),
    CONSTRAINT fk_split_candidate_change_id_record_change FOREIGN KEY(change_id) REFERENCES record_change_new (id),
    CONSTRAINT fk_split_candidate_candidate_id_candidate FOREIGN KEY(candidate_id) REFERENCES candidate (id),
    CONSTRAINT fk_split_candidate_project_id_project FOREIGN KEY(project_id) REFERENCES project (id)
)
"""
MOVES = """
INSERT INTO record_change_new SELECT * FROM record_change ORDER BY id;
INSERT INTO split_candidate_new SELECT * FROM split_candidate;
DROP TABLE split_candidate;
DROP TABLE record_change;
ALTER TABLE record_change_new RENAME TO record_change;
ALTER TABLE split_candidate_new RENAME TO split_candidate
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("ck_record_change_action", "record_change")
        op.create_check_constraint(op.f("ck_record_change_action"), "record_change", sa.text(ALLOWED))
        return
    for statement in (NEW_CHANGE, NEW_SPLIT, *MOVES.split(";")):
        op.execute(statement)
    for column in ("project_id", "other", "at"):
        op.create_index(f"ix_record_change_{column}", "record_change", [column])
    op.create_index("ix_split_candidate_candidate_id", "split_candidate", ["candidate_id"])
    for verb in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER record_change_no_{verb} BEFORE {verb} ON record_change "
            "BEGIN SELECT RAISE(ABORT, 'record_change is appended only'); END"
        )
