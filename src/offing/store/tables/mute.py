"""Table of mutes: names that do not refer to a firm or lender in a given context."""

import sqlalchemy as sa

from offing.model.review.mute import MUTABLE
from offing.store.tables.schema import id_column, metadata, moment, text, words

mute = sa.Table(
    "mute",
    metadata,
    id_column(),
    words("kind", sorted(MUTABLE), "what the name is not"),
    text("key", "entity that is not meant, or a name that no list has"),
    text("alias", "how it stands, folded; empty for any way"),
    text("context", "words of the same paragraph; empty for any"),
    text("source", "registered domain of the outlet; empty for all"),
    text("by", "who laid it down"),
    moment("at", "when"),
    text("reason", "why"),
    text("undone_by", "who took it back"),
    moment("undone_at", "when", nullable=True),
    sa.Index("ix_mute_key", "key"),
    comment="a name that means no firm or lender where it stands like this, as a person said",
)
