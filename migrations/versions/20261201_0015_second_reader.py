"""What a second reader answered, where each article stands with it, its opinions, and what each day took."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261201_0015"
down_revision = "20261201_0014"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
STATES = ("waiting", "read", "unread")


def upgrade() -> None:
    op.create_table(
        "second_answer",
        sa.Column("id", ID, autoincrement=True, nullable=False, comment="number given by the database"),
        sa.Column("digest", sa.String(64), nullable=False, comment="SHA-256 of the text that was sent"),
        sa.Column("model", sa.String(200), nullable=False, comment="who was asked, as the endpoint calls it"),
        sa.Column("prompt", sa.String(12), nullable=False, comment="version of the question"),
        sa.Column("content", sa.Text(), server_default="", nullable=False, comment="the answer as it came, unchecked"),
        sa.Column("prompt_tokens", sa.Integer(), nullable=False, comment="what was sent"),
        sa.Column("answer_tokens", sa.Integer(), nullable=False, comment="what was answered"),
        sa.Column("seconds", sa.Float(), nullable=False, comment="how long the answer took"),
        _moment("at", "when it came"),
        sa.PrimaryKeyConstraint("id", name="pk_second_answer"),
        sa.UniqueConstraint("digest", "model", "prompt", name="uq_second_answer_digest_model_prompt"),
        comment="answers of the second reader, so that nothing is asked for twice",
    )
    _turns()
    _opinions()
    _days()


def _turns() -> None:
    allowed = ", ".join(f"'{value}'" for value in STATES)
    check = sa.CheckConstraint(f"state IN ({allowed})", name=op.f("ck_second_turn_state"))
    op.create_table(
        "second_turn",
        _reference("second_turn", "article_id", "article", "the article"),
        sa.Column("digest", sa.String(64), nullable=False, comment="SHA-256 of the text that was sent"),
        sa.Column("state", sa.String(40), check, nullable=False, comment="where it stands"),
        sa.Column("tries", sa.Integer(), nullable=False, comment="answers that could not be had or used"),
        _moment("due_at", "when it is asked about again, where it waits", nullable=True),
        sa.Column("cause", sa.Text(), server_default="", nullable=False, comment="why it is not read"),
        _moment("at", "when it was asked about last"),
        sa.PrimaryKeyConstraint("article_id", name="pk_second_turn"),
        comment="where each article stands with the second reader",
    )
    op.create_index("ix_second_turn_state", "second_turn", ["state"])
    op.create_index("ix_second_turn_digest", "second_turn", ["digest"])


def _opinions() -> None:
    op.create_table(
        "second_opinion",
        _reference("second_opinion", "telling_id", "story_article", "the telling"),
        _reference("second_opinion", "article_id", "article", "its article"),
        sa.Column("model", sa.Text(), server_default="", nullable=False, comment="who says so"),
        sa.Column("opinion", JSON, nullable=True, comment="what it tells of the project, checked, with quotes"),
        sa.Column("finds_none", sa.Boolean(), nullable=False, comment="it finds no such project in the article"),
        _moment("at", "when"),
        sa.PrimaryKeyConstraint("telling_id", name="pk_second_opinion"),
        comment="what the second reader says of a telling; never in the place of what the telling says",
    )
    op.create_index("ix_second_opinion_article_id", "second_opinion", ["article_id"])


def _days() -> None:
    op.create_table(
        "second_day",
        sa.Column("day", sa.String(10), nullable=False, comment="UTC day"),
        sa.Column("asked", sa.Integer(), nullable=False, comment="requests"),
        sa.Column("cached", sa.Integer(), nullable=False, comment="answers that were at hand"),
        sa.Column("failed", sa.Integer(), nullable=False, comment="requests without a usable answer"),
        sa.Column("prompt_tokens", sa.BigInteger(), nullable=False, comment="sent"),
        sa.Column("answer_tokens", sa.BigInteger(), nullable=False, comment="answered"),
        sa.Column("money", sa.BigInteger(), nullable=False, comment="millionths of the currency of reader.toml"),
        sa.Column("dropped", sa.Integer(), nullable=False, comment="values that do not stand in their article"),
        sa.Column("seconds", sa.Float(), nullable=False, comment="waited for answers"),
        sa.PrimaryKeyConstraint("day", name="pk_second_day"),
        comment="what the second reader took, day by day: what is asked counts before the answer is there",
    )


def _moment(name: str, comment: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable, comment=comment)


def _reference(table: str, name: str, target: str, comment: str) -> sa.Column[int]:
    key = sa.ForeignKey(f"{target}.id", name=f"fk_{table}_{name}_{target}")
    return sa.Column(name, ID, key, autoincrement=False, nullable=False, comment=comment)
