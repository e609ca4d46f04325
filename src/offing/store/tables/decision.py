"""Tables of decisions, and of the comments beside them; append-only, enforced by the database."""

import sqlalchemy as sa

from offing.model.review.decision import Judgement
from offing.store.tables.schema import Json, id_column, metadata, moment, reference, text, words

decision = sa.Table(
    "decision",
    metadata,
    id_column(),
    reference("candidate_id", "candidate", "what was judged"),
    words("judgement", Judgement, "the value of the decision"),
    text("by", "who judged"),
    moment("at", "when"),
    text("reason", "why"),
    sa.Column("before", Json, nullable=False, comment="edited fields, values before"),
    sa.Column("after", Json, nullable=False, comment="edited fields, values after"),
    reference("duplicate_of", "candidate", "the candidate that this one doubles", nullable=True),
    moment("until", "when a deferred one comes back", nullable=True),
    text("into", "the item whose update it was accepted as: project:off-…, known:base:id", nullable=True),
    reference("undoes", "decision", "the decision that this one takes back", nullable=True),
    sa.Column("proofs", Json, nullable=True, comment="quotes that a person gave for the edited values"),
    text("token", "the caller's mark: the same request twice is one decision", nullable=True),
    sa.UniqueConstraint("candidate_id", "token"),
    sa.UniqueConstraint("undoes"),
    sa.Index("ix_decision_at", "at"),
    sa.Index("ix_decision_by_id", "by", "id"),
    sa.Index("ix_decision_duplicate_of", "duplicate_of"),
    comment="who judged what, when, why",
)

comment = sa.Table(
    "comment",
    metadata,
    id_column(),
    reference("changes", "comment", "the comment whose wording this one replaces", nullable=True),
    text("item", "what it is about: candidate:12, project:off-…"),
    text("by", "who said it"),
    moment("at", "when"),
    text("text", "what was said; empty: the comment was deleted"),
    text("token", "mark of the form: the same one sent twice is one comment", nullable=True),
    sa.UniqueConstraint("by", "token"),
    sa.Index("ix_comment_item", "item"),
    sa.Index("ix_comment_changes", "changes"),
    comment="what people say about candidates and projects; appended, never changed",
)

comment_mention = sa.Table(
    "comment_mention",
    metadata,
    id_column(),
    reference("comment_id", "comment", "the comment, in its first wording"),
    text("person", "who is called by it"),
    moment("opened_at", "when they opened it", nullable=True),
    sa.UniqueConstraint("comment_id", "person"),
    sa.Index("ix_comment_mention_person", "person"),
    comment="who is called by a comment, until they open it",
)
