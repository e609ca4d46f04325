"""Tables by which candidates are narrowed, counted and searched, and saved filters.

The search index is not an SQLAlchemy table: `candidate_search` is an FTS5 table on SQLite and a table with a
tsvector on PostgreSQL. Only migrations create it and only `offing.store.candidates.search` uses it.
"""

import sqlalchemy as sa

from offing.model.review.queue import Facet
from offing.store.tables.schema import Id, id_column, metadata, moment, text, words

candidate_facet = sa.Table(
    "candidate_facet",
    metadata,
    sa.Column(
        "candidate_id",
        Id,
        sa.ForeignKey("candidate.id", ondelete="CASCADE"),
        autoincrement=False,
        nullable=False,
        comment="the candidate",
    ),
    words("facet", Facet, "what it is a value of"),
    text("value", "code, id or name in small letters; people's corrections count"),
    sa.PrimaryKeyConstraint("candidate_id", "facet", "value"),
    sa.Index("ix_candidate_facet_facet_value_candidate_id", "facet", "value", "candidate_id"),
    comment="the values by which a candidate is found and counted, drawn from it by `offing db reindex`",
    sqlite_with_rowid=False,
)

saved_filter = sa.Table(
    "saved_filter",
    metadata,
    id_column(),
    text("owner", "whose it is"),
    text("name", "what they call it"),
    text("query", "the filter, as a query string"),
    moment("created_at", "when it was saved or last changed"),
    sa.UniqueConstraint("owner", "name"),
    comment="a filter of the queue that a person keeps",
)
