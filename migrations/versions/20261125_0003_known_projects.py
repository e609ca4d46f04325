"""Known projects of other bases; summits, plans and initiatives as context; quotes that prove the date of an event."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261125_0003"
down_revision = "20261125_0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
FIELDS = (
    *("countries", "firms", "lenders", "amounts", "sector", "status", "record_type", "mode"),
    *("counterparts", "concerns", "quantities", "places", "event_date"),
)
ALLOWED = f"field IN ({', '.join(repr(field) for field in FIELDS)})"
# SQLite changes no constraint of a table that stands: the rows move into a new one.
NEW_EVIDENCE = f"""
CREATE TABLE evidence_new (
    id INTEGER NOT NULL,
    candidate_id INTEGER NOT NULL,
    article_id INTEGER NOT NULL,
    field VARCHAR(40) NOT NULL CONSTRAINT ck_evidence_field CHECK ({ALLOWED}),
    value TEXT DEFAULT '' NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT DEFAULT '' NOT NULL,
    speaker VARCHAR(40) CONSTRAINT ck_evidence_speaker CHECK (speaker IN ('host-official', 'chinese-official',
        'company', 'state-media', 'media', 'ngo', 'unnamed')),
    CONSTRAINT pk_evidence PRIMARY KEY (id),
    CONSTRAINT uq_evidence_candidate_id_article_id_field_value_start_end
        UNIQUE (candidate_id, article_id, field, value, start, "end"),
    CONSTRAINT fk_evidence_candidate_id_candidate FOREIGN KEY(candidate_id) REFERENCES candidate (id),
    CONSTRAINT fk_evidence_article_id_article FOREIGN KEY(article_id) REFERENCES article (id)
)
"""
COLUMNS = 'id, candidate_id, article_id, field, value, start, "end", quote, speaker'


def upgrade() -> None:
    _known_projects()
    _contexts()
    if op.get_bind().dialect.name == "sqlite":
        op.execute(NEW_EVIDENCE)
        op.execute(f"INSERT INTO evidence_new ({COLUMNS}) SELECT {COLUMNS} FROM evidence")  # noqa: S608 -- our own words
        op.execute("DROP TABLE evidence")
        op.execute("ALTER TABLE evidence_new RENAME TO evidence")
        op.create_index("ix_evidence_article_id", "evidence", ["article_id"])
    else:
        op.drop_constraint("ck_evidence_field", "evidence")
        op.create_check_constraint(op.f("ck_evidence_field"), "evidence", sa.text(ALLOWED))


def _known_projects() -> None:
    op.create_table(
        "known_project",
        sa.Column("id", ID, autoincrement=True, nullable=False, comment="number given by the database"),
        sa.Column("source", sa.Text(), server_default="", nullable=False, comment="the base it comes from"),
        sa.Column("key", sa.Text(), server_default="", nullable=False, comment="its id there"),
        sa.Column("facts", JSON, nullable=False, comment="what the base says, in the fields of a project"),
        sa.Column("description", sa.Text(), server_default="", nullable=False, comment="free text of the base"),
        sa.Column("year", sa.Integer(), nullable=True, comment="year of its commitment"),
        sa.Column(
            "digest", sa.String(64), nullable=False, comment="of the row as imported: an equal one changes nothing"
        ),
        sa.Column(
            "imported_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when it was imported or last changed",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_known_project"),
        sa.UniqueConstraint("source", "key", name="uq_known_project_source_key"),
        comment="a project that another base has",
    )


def _contexts() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "context",
        sa.Column("id", ID, primary_key=True, autoincrement=True, comment="number given by the database"),
        sa.Column(
            "article_id",
            ID,
            sa.ForeignKey("article.id", name="fk_context_article_id_article"),
            nullable=False,
            comment="article that tells it",
        ),
        sa.Column(
            "kind",
            sa.String(40),
            sa.CheckConstraint("kind IN ('summit', 'plan', 'initiative')", name=op.f("ck_context_kind")),
            nullable=False,
            comment="summit, plan or initiative",
        ),
        sa.Column("regions", JSON, nullable=False, comment="ids of regions of config/context.toml"),
        sa.Column("countries", JSON, nullable=False, comment="ISO 3166-1 alpha-3, those most spoken of first"),
        sa.Column("start", sa.Integer(), nullable=False, comment="first character of the quote, in the article's text"),
        sa.Column("end", sa.Integer(), nullable=False, comment="one past the last character"),
        sa.Column("quote", sa.Text(), server_default="", nullable=False, comment="the sentence that tells what it is"),
        sa.Column("found_at", moment, nullable=False, comment="when it was found"),
        sa.Column(
            "produced_by", sa.Text(), server_default="", nullable=False, comment="stage and version of its rules"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_context"),
        sa.UniqueConstraint("article_id", name="uq_context_article_id"),
        comment="a summit, plan or initiative that an article tells of; never in the queue",
    )
