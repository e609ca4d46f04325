"""Table of context: what is not a project but useful background."""

import sqlalchemy as sa

from offing.model.reading.context import ContextKind
from offing.store.tables.schema import Json, id_column, metadata, moment, reference, text, words

context = sa.Table(
    "context",
    metadata,
    id_column(),
    reference("article_id", "article", "article that tells it"),
    words("kind", ContextKind, "summit, plan or initiative"),
    sa.Column("regions", Json, nullable=False, comment="ids of regions of config/context.toml"),
    sa.Column("countries", Json, nullable=False, comment="ISO 3166-1 alpha-3, those most spoken of first"),
    sa.Column("start", sa.Integer(), nullable=False, comment="first character of the quote, in the article's text"),
    sa.Column("end", sa.Integer(), nullable=False, comment="one past the last character"),
    text("quote", "the sentence that tells what it is"),
    moment("found_at", "when it was found"),
    text("produced_by", "stage and version of its rules"),
    sa.UniqueConstraint("article_id"),
    comment="a summit, plan or initiative that an article tells of; never in the queue",
)
