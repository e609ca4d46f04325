"""Table of activity; append-only, enforced by the database."""

import sqlalchemy as sa

from offing.model.operation.activity import ActivityKind
from offing.store.tables.schema import id_column, metadata, moment, text, words

activity = sa.Table(
    "activity",
    metadata,
    id_column(),
    moment("at", "when"),
    words("action", (action for action in ActivityKind if not action.has_own_table), "what was done"),
    text("by", "who; empty where nobody of ours is known to have done it"),
    text("about", "the rest of it: whose account, which file, from whom"),
    sa.Column("candidate_id", sa.BigInteger(), nullable=True, comment="on which candidate; it may be gone since"),
    text("address", "from where, where it came by the network"),
    sa.Index("ix_activity_at", "at"),
    comment="who did what, when, beside decisions",
)
