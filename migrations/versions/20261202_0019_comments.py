"""People talk about candidates and projects, and call each other."""

import sqlalchemy as sa
from alembic import op

revision = "20261202_0019"
down_revision = "20261202_0018"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "comment",
        _number(),
        sa.Column(
            "changes",
            ID,
            sa.ForeignKey("comment.id", name="fk_comment_changes_comment"),
            nullable=True,
            comment="the comment whose wording this one replaces",
        ),
        _text("thing", "what it is about: candidate:12, project:off-…"),
        _text("by", "who said it"),
        _moment("at", "when", nullable=False),
        _text("text", "what was said; empty: the comment was deleted"),
        sa.Column(
            "token", sa.Text(), nullable=True, comment="mark of the form: the same one sent twice is one comment"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_comment"),
        sa.UniqueConstraint("by", "token", name="uq_comment_by_token"),
        comment="what people say about candidates and projects; appended, never changed",
    )
    op.create_index("ix_comment_thing", "comment", ["thing"])
    op.create_index("ix_comment_changes", "comment", ["changes"])
    _append_only("comment")
    op.create_table(
        "comment_mention",
        _number(),
        sa.Column(
            "comment_id",
            ID,
            sa.ForeignKey("comment.id", name="fk_comment_mention_comment_id_comment"),
            nullable=False,
            comment="the comment, in its first wording",
        ),
        _text("person", "who is called by it"),
        _moment("opened_at", "when they opened it", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_comment_mention"),
        sa.UniqueConstraint("comment_id", "person", name="uq_comment_mention_comment_id_person"),
        comment="who is called by a comment, until they open it",
    )
    op.create_index("ix_comment_mention_person", "comment_mention", ["person"])


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


def _number() -> sa.Column[int]:
    return sa.Column("id", ID, autoincrement=True, nullable=False, comment="number given by the database")


def _text(name: str, comment: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False, comment=comment)


def _moment(name: str, comment: str, *, nullable: bool) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable, comment=comment)
