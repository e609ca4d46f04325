"""Quotes that prove the terms of a loan."""

import sqlalchemy as sa
from alembic import op

revision = "20261127_0011"
down_revision = "20261126_0010"
branch_labels = None
depends_on = None

FIELDS = (
    *("countries", "firms", "lenders", "amounts", "terms", "sector", "status", "record_type", "mode"),
    *("counterparts", "concerns", "quantities", "places", "event_date", "events"),
)
ALLOWED = f"field IN ({', '.join(repr(field) for field in FIELDS)})"
# SQLite changes no constraint of a table that stands: the rows move into a new one.
NEW_EVIDENCE = f"""
CREATE TABLE evidence_new (
    id INTEGER NOT NULL,
    candidate_id INTEGER NOT NULL,
    article_id INTEGER NOT NULL,
    telling_id INTEGER,
    field VARCHAR(40) NOT NULL CONSTRAINT ck_evidence_field CHECK ({ALLOWED}),
    value TEXT DEFAULT '' NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT DEFAULT '' NOT NULL,
    speaker VARCHAR(40) CONSTRAINT ck_evidence_speaker CHECK (speaker IN ('host-official', 'chinese-official',
        'company', 'state-media', 'media', 'ngo', 'unnamed')),
    CONSTRAINT pk_evidence PRIMARY KEY (id),
    CONSTRAINT uq_evidence_telling_id_field_value_start_end UNIQUE (telling_id, field, value, start, "end"),
    CONSTRAINT fk_evidence_candidate_id_candidate FOREIGN KEY(candidate_id) REFERENCES candidate (id),
    CONSTRAINT fk_evidence_article_id_article FOREIGN KEY(article_id) REFERENCES article (id),
    CONSTRAINT fk_evidence_telling_id_story_article FOREIGN KEY(telling_id) REFERENCES story_article (id)
)
"""
COLUMNS = 'id, candidate_id, article_id, telling_id, field, value, start, "end", quote, speaker'


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("ck_evidence_field", "evidence")
        op.create_check_constraint(op.f("ck_evidence_field"), "evidence", sa.text(ALLOWED))
        return
    op.execute(NEW_EVIDENCE)
    op.execute(f"INSERT INTO evidence_new ({COLUMNS}) SELECT {COLUMNS} FROM evidence")  # noqa: S608 -- our own words
    op.execute("DROP TABLE evidence")
    op.execute("ALTER TABLE evidence_new RENAME TO evidence")
    op.create_index("ix_evidence_article_id", "evidence", ["article_id"])
    op.create_index("ix_evidence_candidate_id", "evidence", ["candidate_id"])
