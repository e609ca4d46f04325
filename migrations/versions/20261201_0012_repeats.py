"""Tellings that repeat others, and the outlets that do so."""

import sqlalchemy as sa
from alembic import op

revision = "20261201_0012"
down_revision = "20261127_0011"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
LEADING = sa.text("repeats IS NULL")
COMMENT = "the telling that it repeats and stands with"


def upgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    number = "BIGINT" if postgresql else "INTEGER"
    # Written out, as Alembic adds no reference to a table of SQLite that stands.
    points = "CONSTRAINT fk_story_article_repeats_story_article REFERENCES story_article (id)"
    op.execute(f"ALTER TABLE story_article ADD COLUMN repeats {number} {points}")
    if postgresql:
        op.execute(f"COMMENT ON COLUMN story_article.repeats IS '{COMMENT}'")
    op.create_index("ix_story_article_repeats", "story_article", ["repeats"])
    where = {"sqlite_where": LEADING, "postgresql_where": LEADING}
    op.create_index("ix_story_article_leading", "story_article", ["story_id"], **where)
    op.create_table(
        "repeat_outlet",
        sa.Column(
            "telling_id",
            ID,
            sa.ForeignKey("story_article.id", name="fk_repeat_outlet_telling_id_story_article"),
            nullable=False,
            comment="the telling that is repeated",
        ),
        sa.Column("outlet", sa.Text(), nullable=False, comment="who repeats it"),
        sa.Column("first_at", MOMENT, nullable=False, comment="when it first did"),
        sa.Column("last_at", MOMENT, nullable=False, comment="when it last did"),
        sa.PrimaryKeyConstraint("telling_id", "outlet", name="pk_repeat_outlet"),
        comment="the outlets that repeat a telling, each once, however many articles it does so in",
    )
