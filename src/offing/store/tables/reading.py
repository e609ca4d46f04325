"""Table of second readings; rows are appended, never changed."""

import sqlalchemy as sa

from offing.model.decision import Judgement
from offing.store.tables.schema import Json, id_column, metadata, moment, reference, text, words

reading = sa.Table(
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
    sa.UniqueConstraint("candidate_id"),
    sa.Index("ix_reading_duplicate_of", "duplicate_of"),
    comment="what a second reader said who did not see the first one's decision; it changes nothing else",
)
