"""Changes of records, appended: promotions, corrections, merges, splits, withdrawals, and what was taken back."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261202_0018"
down_revision = "20261202_0017"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
ACTIONS = ("promotion", "departure", "correction", "merge", "split", "withdrawal", "undo")
OPERATIONS = ("set", "add", "replace", "remove")
KINDS = ("status", "incident", "provider-replaced", "expansion", "handover", "audit", "court", "change")
STATUSES = ("proposed", "agreed", "approved", "signed", "under-construction", "completed", "suspended", "cancelled")
BROUGHT_BY = "the candidate that brought it; none where a person did"
COLUMNS = "id, project_id, kind, status, told, day, candidate_id, url, quote, changes, set_aside_by, set_aside_at"
# SQLite lets no column of a table that stands become nullable: the rows move into a new one.
NEW_EVENT = f"""
CREATE TABLE event_new (
    id INTEGER NOT NULL,
    project_id VARCHAR(40) NOT NULL,
    kind VARCHAR(40) NOT NULL CONSTRAINT ck_event_kind CHECK (kind IN ({", ".join(map(repr, KINDS))})),
    status VARCHAR(40) CONSTRAINT ck_event_status CHECK (status IN ({", ".join(map(repr, STATUSES))})),
    told TEXT DEFAULT '' NOT NULL,
    day DATE,
    candidate_id INTEGER,
    url TEXT DEFAULT '' NOT NULL,
    quote TEXT DEFAULT '' NOT NULL,
    changes JSON,
    set_aside_by TEXT,
    set_aside_at DATETIME,
    CONSTRAINT pk_event PRIMARY KEY (id),
    CONSTRAINT uq_event_project_id_candidate_id_kind_status UNIQUE (project_id, candidate_id, kind, status),
    CONSTRAINT fk_event_project_id_project FOREIGN KEY(project_id) REFERENCES project (id),
    CONSTRAINT fk_event_candidate_id_candidate FOREIGN KEY(candidate_id) REFERENCES candidate (id)
)
"""
PROMOTIONS = """
INSERT INTO record_change (project_id, action, "by", at, candidate_ids)
SELECT project_id, 'promotion', '', promoted_at, {ids} FROM project_candidate ORDER BY promoted_at, candidate_id
"""
# Who merged two records stood in the decision on the pair.
MERGES = """
INSERT INTO record_change (project_id, action, "by", at, other)
SELECT project.id, 'merge', coalesce(said."by", ''), coalesce(said.at, project.changed_at), project.redirects_to
FROM project LEFT JOIN pair_decision AS said ON said.id = (
    SELECT max(made.id) FROM pair_decision AS made
    WHERE made.one = 'project:' || project.id AND made.other = 'project:' || project.redirects_to
    AND made.bond = 'same' AND made.undoes IS NULL
)
WHERE project.redirects_to IS NOT NULL ORDER BY project.id
"""


def upgrade() -> None:
    op.add_column(
        "project",
        sa.Column("by_hand", JSON, nullable=True, comment="the values that people set: who, when, why, source"),
    )
    _changes()
    _splits()
    _events()
    ids = "jsonb_build_array(candidate_id)" if _is_postgresql() else "json_array(candidate_id)"
    op.execute(PROMOTIONS.format(ids=ids))
    op.execute(MERGES)
    _append_only("record_change")


def _changes() -> None:
    op.create_table(
        "record_change",
        sa.Column("id", ID, autoincrement=True, nullable=False, comment="number given by the database"),
        _record("record_change", "project_id", "the record"),
        _word("record_change", "action", ACTIONS, "what was done to it"),
        _text("by", "who did it; empty where that was not kept"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, comment="when"),
        _text("reason", "why"),
        _text("source", "the address or document on which a person relied"),
        _text("field", "the corrected field"),
        _word("record_change", "operation", OPERATIONS, "what the correction does", nullable=True),
        sa.Column("before", JSON, nullable=True, comment="the value that it took out"),
        sa.Column("after", JSON, nullable=True, comment="the value that it put in"),
        _text("on", "when a corrected status came about, ISO 8601 as precise as known"),
        sa.Column("candidate_ids", JSON, nullable=True, comment="the candidates that joined, left or were split off"),
        _record("record_change", "other", "the record merged into, or made by a split", nullable=True),
        sa.Column(
            "undoes",
            ID,
            sa.ForeignKey("record_change.id", name="fk_record_change_undoes_record_change"),
            nullable=True,
            comment="the change that this one takes back",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_record_change"),
        sa.UniqueConstraint("undoes", name="uq_record_change_undoes"),
        comment="who changed which record, when, why; appended, never changed",
    )
    for column in ("project_id", "other", "at"):
        op.create_index(f"ix_record_change_{column}", "record_change", [column])


def _splits() -> None:
    op.create_table(
        "split_candidate",
        _number("change_id", "record_change", "the split"),
        _number("candidate_id", "candidate", "a candidate that it moved"),
        _record("split_candidate", "project_id", "the record it went to"),
        sa.PrimaryKeyConstraint("change_id", "candidate_id", name="pk_split_candidate"),
        comment="which candidates the splits in force moved; the newest split of a candidate counts",
    )
    op.create_index("ix_split_candidate_candidate_id", "split_candidate", ["candidate_id"])


def _events() -> None:
    if _is_postgresql():
        op.alter_column("event", "candidate_id", nullable=True)
        op.execute(f"COMMENT ON COLUMN event.candidate_id IS '{BROUGHT_BY}'")
        return
    op.execute(NEW_EVENT)
    op.execute(f"INSERT INTO event_new ({COLUMNS}) SELECT {COLUMNS} FROM event")  # noqa: S608 -- our own words
    op.execute("DROP TABLE event")
    op.execute("ALTER TABLE event_new RENAME TO event")
    op.create_index("ix_event_project_id_day", "event", ["project_id", "day"])
    op.create_index("ix_event_candidate_id", "event", ["candidate_id"])


def _append_only(table: str) -> None:
    """The database itself refuses to change or remove a row, whoever asks."""
    if not _is_postgresql():
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is appended only'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_appended_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is appended only'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_appended_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_appended_only()"
    )


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _text(name: str, comment: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False, comment=comment)


def _word(table: str, column: str, values: tuple[str, ...], comment: str, *, nullable: bool = False) -> sa.Column[str]:
    allowed = ", ".join(f"'{value}'" for value in values)
    check = sa.CheckConstraint(f"{column} IN ({allowed})", name=op.f(f"ck_{table}_{column}"))
    return sa.Column(column, sa.String(40), check, nullable=nullable, comment=comment)


def _record(table: str, name: str, comment: str, *, nullable: bool = False) -> sa.Column[str]:
    key = sa.ForeignKey("project.id", name=f"fk_{table}_{name}_project")
    return sa.Column(name, sa.String(40), key, nullable=nullable, comment=comment)


def _number(name: str, target: str, comment: str) -> sa.Column[int]:
    key = sa.ForeignKey(f"{target}.id", name=f"fk_split_candidate_{name}_{target}")
    return sa.Column(name, ID, key, nullable=False, comment=comment)
