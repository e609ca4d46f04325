"""Symptoms of feeds, and what feeds yielded by day; articles are found by the time at which they were drawn."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261203_0030"
down_revision = "20261203_0029"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
KINDS = ("thin", "same-titles", "same-texts", "old-dates", "length", "incomplete", "language")
COUNTS = (
    ("pages", "pages that were read for articles"),
    ("articles", "those that held one"),
    ("titles", "different titles of these"),
    ("texts", "different texts of these"),
    ("dated", "articles with a date"),
    ("signed", "articles with an author"),
    ("whole", "articles with their whole text"),
    ("length", "median characters of their texts"),
)


def upgrade() -> None:
    lag = "hours from the newest date of an article to the day's end"
    op.create_table(
        "feed_day",
        sa.Column("feed_id", ID, _feed("feed_day"), nullable=False, comment="feed"),
        sa.Column("day", sa.String(10), nullable=False, comment="UTC day"),
        *(sa.Column(name, sa.Integer(), nullable=False, comment=comment) for name, comment in COUNTS),
        sa.Column("lag", sa.Float(), nullable=True, comment=lag),
        sa.Column("languages", JSON, nullable=False, comment="number of articles by language"),
        sa.PrimaryKeyConstraint("feed_id", "day", name="pk_feed_day"),
        comment="what the pages of a feed yielded in a day: the past that it is measured against",
    )
    op.create_index("ix_feed_day_day", "feed_day", ["day"])
    whose = "feed; null where it concerns the site as a whole"
    kinds = sa.CheckConstraint(f"kind IN ({', '.join(map(repr, KINDS))})", name="ck_symptom_kind")
    op.create_table(
        "symptom",
        sa.Column("id", ID, autoincrement=True, nullable=False, comment="number given by the database"),
        sa.Column("feed_id", ID, _feed("symptom"), nullable=True, comment=whose),
        sa.Column("kind", sa.String(40), kinds, nullable=False, comment="what differs from the feed's own past"),
        _text("cause", "how, in a sentence"),
        _text("next_step", "what to do, in a sentence"),
        _moment("since", "when it was first found"),
        _moment("confirmed_at", "when it was last found"),
        sa.PrimaryKeyConstraint("id", name="pk_symptom"),
        comment="what feeds deliver otherwise than before, although they answer; gone when it is over",
    )
    op.create_index("ix_symptom_feed_id", "symptom", ["feed_id"])
    op.create_index("ix_article_extracted_at", "article", ["extracted_at"])


def _feed(table: str) -> sa.ForeignKey:
    return sa.ForeignKey("feed.id", name=f"fk_{table}_feed_id_feed")


def _text(name: str, comment: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), server_default="", nullable=False, comment=comment)


def _moment(name: str, comment: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False, comment=comment)
