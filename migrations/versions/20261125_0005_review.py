"""Review by several people, and the queue's search: log-ins, leases, second readings, activity, facets, filters."""

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
FACETS = ("country", "sector", "language", "source", "firm", "lender", "status", "person")
WORDS_CAN_BE_FORGOTTEN = (3, 43)  # SQLite from which an FTS5 table without the texts themselves lets rows go
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
    _proofs()
    _queue()
    _search()
    _saved_filters()
    _mutes()


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


def _proofs() -> None:
    with op.batch_alter_table("decision", recreate="never") as decision:
        decision.add_column(
            sa.Column("proofs", JSON, nullable=True, comment="quotes that a person gave for the edited values")
        )
    op.create_index("ix_decision_by_id", "decision", ["by", "id"])


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


def _queue() -> None:
    """One index holds all that orders the queue, so that no candidate is read that is not shown."""
    op.drop_index("ix_candidate_state_above_cut_score", "candidate")
    op.create_index("ix_candidate_created_at", "candidate", ["created_at"])
    op.drop_index("ix_candidate_merged_into", "candidate")
    few = sa.text("merged_into IS NOT NULL")
    op.create_index("ix_candidate_merged_into", "candidate", ["merged_into"], sqlite_where=few, postgresql_where=few)
    op.create_index(
        "ix_candidate_queue",
        "candidate",
        ["state", "above_cut", sa.text("score DESC"), "id", "kind", "merged_into", "audit_day", "defer_until"],
    )
    op.create_table(
        "candidate_facet",
        sa.Column(
            "candidate_id",
            ID,
            sa.ForeignKey("candidate.id", name="fk_candidate_facet_candidate_id_candidate", ondelete="CASCADE"),
            autoincrement=False,
            nullable=False,
            comment="the candidate",
        ),
        _word("candidate_facet", "facet", FACETS, "what it is a value of"),
        sa.Column(
            "value",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="code, id or name in small letters; people's corrections count",
        ),
        sa.PrimaryKeyConstraint("candidate_id", "facet", "value", name="pk_candidate_facet"),
        comment="the values by which a candidate is found and counted, drawn from it by `offing db reindex`",
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_candidate_facet_facet_value_candidate_id", "candidate_facet", ["facet", "value", "candidate_id"]
    )


def _search() -> None:
    """The words of candidates, to be searched; SQLAlchemy knows no such table."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TABLE candidate_search (candidate_id BIGINT NOT NULL CONSTRAINT pk_candidate_search PRIMARY KEY "
            "CONSTRAINT fk_candidate_search_candidate_id_candidate REFERENCES candidate (id) ON DELETE CASCADE, "
            "words TSVECTOR NOT NULL) WITH (toast_tuple_target = 128)"  # the rows stay small that a search runs over
        )
        op.execute("COMMENT ON TABLE candidate_search IS 'the words of candidates, to be searched'")
        op.execute("CREATE INDEX ix_candidate_search_words ON candidate_search USING gin (words)")
        return
    version = tuple(map(int, op.get_bind().exec_driver_sql("SELECT sqlite_version()").scalar_one().split(".")))
    bare = ", content='', contentless_delete=1" if version >= WORDS_CAN_BE_FORGOTTEN else ""
    op.execute(
        "CREATE VIRTUAL TABLE candidate_search USING fts5"
        f"(words, tokenize='unicode61 remove_diacritics 0', prefix='2'{bare})"
    )
    op.execute(
        "CREATE TRIGGER candidate_search_goes AFTER DELETE ON candidate "
        "BEGIN DELETE FROM candidate_search WHERE rowid = old.id; END"
    )


def _saved_filters() -> None:
    op.create_table(
        "saved_filter",
        sa.Column("id", ID, autoincrement=True, nullable=False, comment="number given by the database"),
        sa.Column("owner", sa.Text(), server_default="", nullable=False, comment="whose it is"),
        sa.Column("name", sa.Text(), server_default="", nullable=False, comment="what they call it"),
        sa.Column("query", sa.Text(), server_default="", nullable=False, comment="the filter, as a query string"),
        sa.Column("created_at", MOMENT, nullable=False, comment="when it was saved or last changed"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_filter"),
        sa.UniqueConstraint("owner", "name", name="uq_saved_filter_owner_name"),
        comment="a filter of the queue that a person keeps",
    )


def _mutes() -> None:
    op.create_table(
        "mute",
        sa.Column("id", ID, autoincrement=True, nullable=False, comment="number given by the database"),
        _word("mute", "kind", ("firm", "lender"), "what the name is not"),
        _words("key", "entity that is not meant, or a name that no list has"),
        _words("alias", "how it stands, folded; empty for any way"),
        _words("context", "words of the same paragraph; empty for any"),
        _words("source", "registered domain of the outlet; empty for all"),
        _words("by", "who laid it down"),
        sa.Column("at", MOMENT, nullable=False, comment="when"),
        _words("reason", "why"),
        _words("undone_by", "who took it back"),
        sa.Column("undone_at", MOMENT, nullable=True, comment="when"),
        sa.PrimaryKeyConstraint("id", name="pk_mute"),
        comment="a name that means no firm or lender where it stands like this, as a person said",
    )
    op.create_index("ix_mute_key", "mute", ["key"])


def _words(name: str, comment: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False, comment=comment)


def _candidate(table: str, name: str, comment: str, *, nullable: bool) -> sa.Column[int]:
    target = sa.ForeignKey("candidate.id", name=f"fk_{table}_{name}_candidate")
    return sa.Column(name, ID, target, nullable=nullable, comment=comment)


def _word(table: str, name: str, allowed: tuple[str, ...], comment: str) -> sa.Column[str]:
    check = sa.CheckConstraint(_among(name, allowed), name=op.f(f"ck_{table}_{name}"))
    return sa.Column(name, sa.String(40), check, nullable=False, comment=comment)


def _among(name: str, allowed: tuple[str, ...]) -> str:
    return f"{name} IN ({', '.join(repr(value) for value in allowed)})"
