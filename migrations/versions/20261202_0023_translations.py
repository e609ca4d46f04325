"""Machine translations of texts, and what each day took."""

import sqlalchemy as sa
from alembic import op

revision = "20261202_0023"
down_revision = "20261202_0022"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
BACKENDS = ("libretranslate", "argos")


def upgrade() -> None:
    allowed = ", ".join(f"'{value}'" for value in BACKENDS)
    check = sa.CheckConstraint(f"backend IN ({allowed})", name=op.f("ck_translation_backend"))
    op.create_table(
        "translation",
        sa.Column("id", ID, autoincrement=True, nullable=False, comment="number given by the database"),
        sa.Column("digest", sa.String(64), nullable=False, comment="SHA-256 of the text that was translated"),
        sa.Column("source", sa.String(12), nullable=False, comment="language of that text; empty if unknown"),
        sa.Column("target", sa.String(12), nullable=False, comment="language of the translation"),
        sa.Column("backend", sa.String(40), check, nullable=False, comment="what translated it"),
        sa.Column("content", sa.Text(), server_default="", nullable=False, comment="the translation"),
        sa.Column("at", MOMENT, nullable=False, comment="when it was made"),
        sa.PrimaryKeyConstraint("id", name="pk_translation"),
        sa.UniqueConstraint(
            "digest", "source", "target", "backend", name="uq_translation_digest_source_target_backend"
        ),
        comment="machine translations of titles, paragraphs and quotes: for reading, never evidence, in no release",
    )
    op.create_index("ix_translation_at", "translation", ["at"])
    op.create_table(
        "translation_day",
        sa.Column("day", sa.String(10), nullable=False, comment="UTC day"),
        sa.Column("asked", sa.Integer(), nullable=False, comment="requests"),
        sa.Column("failed", sa.Integer(), nullable=False, comment="requests without a usable answer"),
        sa.Column("characters", sa.BigInteger(), nullable=False, comment="sent"),
        sa.PrimaryKeyConstraint("day", name="pk_translation_day"),
        comment="what translations took, day by day: what is asked counts before the answer is there",
    )
