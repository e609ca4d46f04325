"""Review by several people: kinds of log-ins, leases, second readings, activity."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261125_0005"
down_revision = "20261125_0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)
KEYS = ("browser", "proxy", "token", "link")
JUDGEMENTS = ("accept", "reject", "defer", "duplicate", "undo")
DEEDS = (
    *("log-in", "log-in-failed", "log-out", "decision", "undo", "second-reading"),
    *("lease-taken-over", "export", "user-changed"),
)


def upgrade() -> None:
    _log_ins()
    _leases()
    _readings()
    _activity()


def _log_ins() -> None:
    with op.batch_alter_table("session", recreate="never") as session:
        session.add_column(
            sa.Column("key", sa.String(40), nullable=False, server_default="browser", comment="what opened it")
        )
    if op.get_bind().dialect.name == "postgresql":
        op.create_check_constraint(op.f("ck_session_key"), "session", sa.text(_among("key", KEYS)))


def _leases() -> None:
    op.create_table(
        "lease",
        sa.Column(
            "candidate_id",
            ID,
            sa.ForeignKey("candidate.id", name="fk_lease_candidate_id_candidate", ondelete="CASCADE"),
            autoincrement=False,
            nullable=False,
            comment="what they look at",
        ),
        sa.Column("by", sa.Text(), server_default="", nullable=False, comment="who"),
        sa.Column("since", MOMENT, nullable=False, comment="since when"),
        sa.Column("until", MOMENT, nullable=False, comment="when it runs out unless it is renewed"),
        sa.PrimaryKeyConstraint("candidate_id", name="pk_lease"),
        comment="who is looking at a candidate",
    )


def _readings() -> None:
    op.create_table(
        "reading",
        sa.Column("id", ID, autoincrement=True, nullable=False, comment="number given by the database"),
        _candidate("reading", "candidate_id", "what was read a second time", nullable=False),
        _word("reading", "judgement", JUDGEMENTS, "how the second reader judged"),
        sa.Column("by", sa.Text(), server_default="", nullable=False, comment="who read"),
        sa.Column("at", MOMENT, nullable=False, comment="when"),
        sa.Column("reason", sa.Text(), server_default="", nullable=False, comment="why"),
        sa.Column("after", JSON, nullable=False, comment="fields that the second reader corrected"),
        _candidate("reading", "duplicate_of", "the candidate that this one doubles", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_reading"),
        sa.UniqueConstraint("candidate_id", name="uq_reading_candidate_id"),
        comment="what a second reader said who did not see the first one's decision; it changes nothing else",
    )
    op.create_index("ix_reading_duplicate_of", "reading", ["duplicate_of"])


def _activity() -> None:
    op.create_table(
        "activity",
        sa.Column("id", ID, autoincrement=True, nullable=False, comment="number given by the database"),
        sa.Column("at", MOMENT, nullable=False, comment="when"),
        _word("activity", "deed", DEEDS, "what was done"),
        sa.Column(
            "by",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="who; empty where nobody of ours is known to have done it",
        ),
        sa.Column(
            "about",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="the rest of it: whose account, which file, from whom",
        ),
        sa.Column("candidate_id", sa.BigInteger(), nullable=True, comment="on which candidate; it may be gone since"),
        sa.Column(
            "address",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="from where, where it came by the network",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_activity"),
        comment="who did what, when, beside decisions",
    )
    op.create_index("ix_activity_at", "activity", ["at"])
    _append_only("activity")


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


def _candidate(table: str, name: str, comment: str, *, nullable: bool) -> sa.Column[int]:
    target = sa.ForeignKey("candidate.id", name=f"fk_{table}_{name}_candidate")
    return sa.Column(name, ID, target, nullable=nullable, comment=comment)


def _word(table: str, name: str, allowed: tuple[str, ...], comment: str) -> sa.Column[str]:
    check = sa.CheckConstraint(_among(name, allowed), name=op.f(f"ck_{table}_{name}"))
    return sa.Column(name, sa.String(40), check, nullable=False, comment=comment)


def _among(name: str, allowed: tuple[str, ...]) -> str:
    return f"{name} IN ({', '.join(repr(value) for value in allowed)})"
