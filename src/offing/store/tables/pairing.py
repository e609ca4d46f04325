"""Tables of pairs: what matching found, and what people decided on it."""

import sqlalchemy as sa

from offing.model.pairs.matching import Relation
from offing.model.pairs.pairing import Bond
from offing.store.tables.schema import Json, id_column, metadata, moment, reference, text, words

pair = sa.Table(
    "pair",
    metadata,
    id_column(),
    reference("candidate_id", "candidate", "the candidate"),
    text("target", "the item it may tell of: candidate:12, project:off-…, known:base:id"),
    words("relation", Relation, "what it is to that item"),
    sa.Column("score", sa.Float(), nullable=False, comment="0 to 1"),
    sa.Column("reasons", Json, nullable=False, comment="what agrees and what differs, in words"),
    moment("at", "when it was compared"),
    text("produced_by", "stage and version of its rules"),
    sa.UniqueConstraint("candidate_id", "target"),
    sa.Index("ix_pair_target", "target"),
    comment="what matching says of a candidate and something known",
)

pair_decision = sa.Table(
    "pair_decision",
    metadata,
    id_column(),
    text("one", "an item: telling:7, candidate:12, project:off-…, known:base:id"),
    text("other", "another item"),
    words("bond", Bond, "what they are to each other"),
    text("by", "who said so"),
    moment("at", "when"),
    text("reason", "why"),
    reference("undoes", "pair_decision", "the decision that this one takes back", nullable=True),
    sa.UniqueConstraint("undoes"),
    sa.Index("ix_pair_decision_one", "one"),
    sa.Index("ix_pair_decision_other", "other"),
    comment="who said of two items that they are one, linked or different; appended, never changed",
)
