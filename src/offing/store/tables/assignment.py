"""Tables of assignments and of the rules that make them; the only change to a row is its end."""

import sqlalchemy as sa

from offing.store.tables.schema import Id, id_column, metadata, moment, reference, text

_STANDS = sa.text("ended_at IS NULL")

assignment_rule = sa.Table(
    "assignment_rule",
    metadata,
    id_column(),
    text("query", "the countries, languages and sectors that it is for, as a query string of the queue"),
    text("person", "to whom it assigns"),
    text("by", "who made it"),
    moment("at", "when"),
    moment("ended_at", "when it was taken back", nullable=True),
    text("ended_by", "who took it back"),
    comment="rules by which candidates are assigned that nobody assigned by hand",
)

assignment = sa.Table(
    "assignment",
    metadata,
    id_column(),
    sa.Column(
        "candidate_id",
        Id,
        sa.ForeignKey("candidate.id", ondelete="CASCADE"),
        nullable=False,
        comment="what is to be judged",
    ),
    text("person", "who is to judge it; empty: nobody, whatever the rules say"),
    text("by", "who assigned it; empty where a rule did"),
    reference("rule_id", "assignment_rule", "the rule that did", nullable=True),
    moment("at", "since when"),
    moment("ended_at", "until when", nullable=True),
    text("ended_by", "who gave the candidate back to the rules; empty where another assignment took its place"),
    sa.Index("uq_assignment_standing", "candidate_id", unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS),
    sa.Index("ix_assignment_candidate_id", "candidate_id"),
    sa.Index("ix_assignment_person_candidate_id", "person", "candidate_id"),
    comment="who is to judge a candidate, and who was before",
)
