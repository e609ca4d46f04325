"""Releases with their content, their author, what was found before them, and who signed it off."""

import json

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261202_0021"
down_revision = "20261202_0020"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
DEEDS = (
    *("log-in", "log-in-failed", "log-out", "decision", "undo", "second-reading"),
    *("lease-taken-over", "export", "user-changed", "publish", "yank", "sign-off"),
)
ALLOWED = f"deed IN ({', '.join(repr(deed) for deed in DEEDS)})"
# SQLite changes no constraint of a table that stands: the rows move into a new one.
NEW_ACTIVITY = f"""
CREATE TABLE activity_new (
    id INTEGER NOT NULL,
    at DATETIME NOT NULL,
    deed VARCHAR(40) NOT NULL CONSTRAINT ck_activity_deed CHECK ({ALLOWED}),
    "by" TEXT DEFAULT '' NOT NULL,
    about TEXT DEFAULT '' NOT NULL,
    candidate_id BIGINT,
    address TEXT DEFAULT '' NOT NULL,
    CONSTRAINT pk_activity PRIMARY KEY (id)
)
"""
ACTIVITY = 'id, at, deed, "by", about, candidate_id, address'


def upgrade() -> None:
    _deeds()
    kept = list(op.get_bind().execute(sa.text("SELECT * FROM release ORDER BY published_at, version")).mappings())
    op.drop_table("release")
    _releases()
    _content()
    _checks()
    _move(kept)


def _deeds() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("ck_activity_deed", "activity")
        op.create_check_constraint(op.f("ck_activity_deed"), "activity", sa.text(ALLOWED))
        return
    op.execute(NEW_ACTIVITY)
    op.execute(f"INSERT INTO activity_new ({ACTIVITY}) SELECT {ACTIVITY} FROM activity")  # noqa: S608 -- our own words
    op.execute("DROP TABLE activity")
    op.execute("ALTER TABLE activity_new RENAME TO activity")
    op.create_index("ix_activity_at", "activity", ["at"])
    _append_only("activity")


def _releases() -> None:
    op.create_table(
        "release",
        sa.Column("version", sa.String(40), nullable=False, comment="its number, never given twice"),
        sa.Column(
            "number", sa.Integer(), nullable=False, comment="1 for the first release, in the order of publication"
        ),
        _moment("published_at", "when it was published"),
        _text("published_by", "who published it"),
        sa.Column("records", sa.Integer(), nullable=False, comment="projects that it describes"),
        sa.Column(
            "layout", JSON, nullable=False, comment="its tables and their columns; empty where nothing was stored"
        ),
        sa.Column("statistics", JSON, nullable=False, comment="rows of each table, filled cells of each column"),
        _moment("yanked_at", "when it was yanked", nullable=True),
        _text("yanked_by", "who yanked it"),
        _text("yanked_reason", "why it should not be used"),
        sa.PrimaryKeyConstraint("version", name="pk_release"),
        sa.UniqueConstraint("number", name="uq_release_number"),
        comment="an immutable, numbered snapshot of project records",
    )


def _content() -> None:
    op.create_table(
        "release_content",
        sa.Column("project_id", sa.String(40), nullable=False, comment="the project"),
        sa.Column("first", sa.Integer(), nullable=False, comment="number of the first release that says this of it"),
        sa.Column("last", sa.Integer(), nullable=True, comment="number of the last one; empty while it still holds"),
        sa.Column("digest", sa.String(64), nullable=False, comment="SHA-256 of its published rows"),
        sa.Column("packed", sa.LargeBinary(), nullable=True, comment="its published rows, JSON, zlib"),
        sa.PrimaryKeyConstraint("project_id", "first", name="pk_release_content"),
        comment="what releases say of each project; what stays the same is stored once",
    )
    op.create_table(
        "release_document",
        sa.Column("number", sa.Integer(), nullable=False, comment="number of the release"),
        sa.Column("name", sa.String(80), nullable=False, comment="name of the file"),
        sa.Column("packed", sa.LargeBinary(), nullable=False, comment="its content, zlib"),
        sa.PrimaryKeyConstraint("number", "name", name="pk_release_document"),
        comment="the files of a release beside its tables, byte for byte",
    )


def _checks() -> None:
    op.create_table(
        "release_finding",
        sa.Column("key", sa.String(16), nullable=False, comment="digest of what was found: the same while that is"),
        sa.Column("ordinal", sa.Integer(), nullable=False, comment="its place in the list"),
        _text("rule", "name of the rule"),
        _text("severity", "error or warning"),
        _text("project_id", "the record; empty where it concerns the whole release"),
        _text("field", "the field"),
        _text("value", "the value"),
        _text("problem", "what is wrong, in a sentence"),
        _text("remedy", "what to do"),
        _moment("at", "when the check was made"),
        sa.PrimaryKeyConstraint("key", name="pk_release_finding"),
        comment="what the last check before a release found",
    )
    op.create_index("ix_release_finding_ordinal", "release_finding", ["ordinal"])
    op.create_table(
        "release_signoff",
        sa.Column("id", ID, autoincrement=True, nullable=False, comment="number given by the database"),
        sa.Column("key", sa.String(16), nullable=False, comment="the finding that was looked at"),
        _text("about", "that finding in words"),
        _text("by", "who signed it off"),
        _moment("at", "when"),
        _text("note", "why it may be published"),
        sa.PrimaryKeyConstraint("id", name="pk_release_signoff"),
        comment="warnings that somebody looked at and let pass; appended, never changed",
    )
    op.create_index("ix_release_signoff_key", "release_signoff", ["key"])
    _append_only("release_signoff")


def _move(kept: list[sa.RowMapping]) -> None:
    """Carry releases over with the ids that they promised; what they said of them was never stored."""
    plain = map(sa.column, ("version", "number", "published_at", "records"))
    release = sa.table("release", *plain, sa.column("layout", JSON), sa.column("statistics", JSON))
    content = sa.table("release_content", *map(sa.column, ("project_id", "first", "last", "digest")))
    for number, row in enumerate(kept, 1):
        digests = json.loads(row["digests"]) if isinstance(row["digests"], str) else row["digests"]
        last = None if number == len(kept) else number
        new = {"version": row["version"], "number": number, "published_at": row["published_at"]}
        op.bulk_insert(release, [{**new, "records": len(digests), "layout": [], "statistics": {}}])
        op.bulk_insert(
            content,
            [{"project_id": key, "first": number, "last": last, "digest": digest} for key, digest in digests.items()],
        )


def _append_only(table: str) -> None:
    """The database itself refuses to change or remove a row, whoever asks."""
    if op.get_bind().dialect.name == "sqlite":
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


def _moment(name: str, comment: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable, comment=comment)


def _text(name: str, comment: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False, comment=comment)
