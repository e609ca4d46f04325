"""Table of second readings; the only change to a row is its revocation."""

import sqlalchemy as sa

from offing.model.review.decision import Judgement
from offing.store.tables.schema import Json, id_column, metadata, moment, reference, text, words

second_reading = sa.Table(
    "reading",
    metadata,
    id_column(),
    reference("candidate_id", "candidate", "what was read a second time"),
    words("judgement", Judgement, "how the second reader judged"),
    text("by", "who read"),
    moment("at", "when"),
    text("reason", "why"),
    sa.Column("after", Json, nullable=False, comment="fields that the second reader corrected"),
    reference("duplicate_of", "candidate", "the candidate that this one doubles", nullable=True),
    moment("undone_at", "when its reader took it back", nullable=True),
    sa.Index(
        "uq_reading_standing",
        "candidate_id",
        unique=True,
        sqlite_where=sa.text("undone_at IS NULL"),
        postgresql_where=sa.text("undone_at IS NULL"),
    ),
    sa.Index("ix_reading_by_id", "by", "id"),
    sa.Index("ix_reading_duplicate_of", "duplicate_of"),
    comment="what a second reader said who did not see the first one's decision; it changes nothing else",
)
