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

candidate_figure = sa.Table(
    "candidate_figure",
    metadata,
    sa.Column(
        "candidate_id",
        Id,
        sa.ForeignKey("candidate.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        comment="the candidate",
    ),
    sa.Column("newest", sa.BigInteger(), nullable=False, comment="its newest article, seconds since 1970; 0: undated"),
    sa.Column("usd", sa.Float(), nullable=False, comment="its largest sum in US dollars; 0: none"),
    sa.Column("quote_doubt", sa.Boolean(), nullable=False, comment="the words of a quote do not state its value"),
    sa.Column("second_doubt", sa.Boolean(), nullable=False, comment="the second reader differs"),
    sa.Column("outlet_doubt", sa.Boolean(), nullable=False, comment="outlets give different values"),
    sa.Index("ix_candidate_figure_newest", "newest", "candidate_id"),
    sa.Index("ix_candidate_figure_usd", "usd", "candidate_id"),
    comment="what candidates are sorted and narrowed by; deleted when they change, measured before it is asked for",
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
