"""Tables of articles, their later texts, their mentions, and machine translations of texts."""

import sqlalchemy as sa

from offing.model.reading.mention import MentionKind
from offing.model.review.translation import TranslationBackend
from offing.model.sources.article import Completeness
from offing.store.tables.schema import Json, id_column, metadata, moment, reference, text, words

article = sa.Table(
    "article",
    metadata,
    id_column(),
    reference("page_id", "page", "page it was drawn from"),
    text("url", "canonical address of the page"),
    text("url_key", "identity of that address"),
    text("title", "headline without the outlet's name"),
    sa.Column("paragraphs", Json, nullable=False, comment="main text, a list of paragraphs"),
    text("language", "ISO 639-1, detected on the text"),
    moment("published", "when it was published", nullable=True),
    text("published_source", "where that date was found"),
    text("author", "as written", nullable=True),
    text("outlet", "name of the publisher"),
    text("domain", "registered domain"),
    text("country", "ISO 3166-1 alpha-3 of the publisher, where the feed says it", nullable=True),
    text("method", "how the text was found"),
    sa.Column("cut", sa.Boolean(), nullable=False, comment="longer than the limit, so cut"),
    text("text_hash", "SHA-256 of the folded main text: copies share it"),
    moment("extracted_at", "when it was drawn from its page"),
    sa.Column("score", sa.Float(), nullable=True, comment="best score of its proposals, once proposed"),
    moment("proposed_at", "when it was proposed from", nullable=True),
    sa.Column("audit_day", sa.String(10), nullable=True, comment="day for whose audit sample it was drawn"),
    text("produced_by", "stage and version of its rules"),
    words("completeness", Completeness, "whether the text is whole", default=Completeness.COMPLETE),
    text("completeness_sign", "what told it, in a sentence"),
    text("section", "section of the outlet, as written"),
    sa.Column("pages", Json, nullable=True, comment="page of each paragraph, where it is a printed document"),
    moment("withheld_at", "when all but its quotes was dropped, on request", nullable=True),
    sa.UniqueConstraint("page_id"),
    sa.UniqueConstraint("url_key"),
    sa.Index("ix_article_text_hash", "text_hash"),
    sa.Index("ix_article_proposed_at", "proposed_at"),
    sa.Index("ix_article_extracted_at", "extracted_at"),
    sa.Index("ix_article_domain_id", "domain", "id"),
    comment="title, text, date, language and author drawn from a page",
)

revision = sa.Table(
    "revision",
    metadata,
    id_column(),
    reference("article_id", "article", "article that was changed"),
    sa.Column("number", sa.Integer(), nullable=False, comment="1 for the first change"),
    moment("found_at", "when the change was found"),
    text("title", "headline as changed"),
    sa.Column("paragraphs", Json, nullable=False, comment="main text as changed, a list of paragraphs"),
    text("text_hash", "SHA-256 of the folded main text as changed"),
    sa.Column("sha256", sa.String(64), nullable=False, comment="digest of the page's content"),
    text("diff", "unified diff against the text before"),
    sa.UniqueConstraint("article_id", "number"),
    sa.Index("ix_revision_sha256", "sha256"),
    comment="a later text of an article; the first stands in the article, where quotes count",
)

mention = sa.Table(
    "mention",
    metadata,
    id_column(),
    reference("article_id", "article", "article it stands in"),
    words("kind", MentionKind, "what it speaks of"),
    sa.Column("start", sa.Integer(), nullable=False, comment="first character, in the article's text"),
    sa.Column("end", sa.Integer(), nullable=False, comment="one past the last character"),
    text("surface", "the characters themselves"),
    text("key", "id of the entity or value of the cue", nullable=True),
    text("name", "canonical name"),
    sa.Column("value", Json, nullable=True, comment="money, quantity or date"),
    sa.Column("weight", sa.Float(), nullable=False, comment="how strongly it speaks for its key"),
    text("by", "rule or list that found it"),
    sa.Index("ix_mention_article_id", "article_id"),
    sa.Index("ix_mention_kind_key", "kind", "key"),
    comment="a span of an article with a kind",
)

translation = sa.Table(
    "translation",
    metadata,
    id_column(),
    sa.Column("digest", sa.String(64), nullable=False, comment="SHA-256 of the text that was translated"),
    sa.Column("source", sa.String(12), nullable=False, comment="language of that text; empty if unknown"),
    sa.Column("target", sa.String(12), nullable=False, comment="language of the translation"),
    words("backend", TranslationBackend, "what translated it"),
    text("content", "the translation"),
    moment("at", "when it was made"),
    sa.UniqueConstraint("digest", "source", "target", "backend"),
    sa.Index("ix_translation_at", "at"),
    comment="machine translations of titles, paragraphs and quotes: for reading, never evidence, in no release",
)

translation_day = sa.Table(
    "translation_day",
    metadata,
    sa.Column("day", sa.String(10), primary_key=True, comment="UTC day"),
    sa.Column("asked", sa.Integer(), nullable=False, comment="requests"),
    sa.Column("failed", sa.Integer(), nullable=False, comment="requests without a usable answer"),
    sa.Column("characters", sa.BigInteger(), nullable=False, comment="sent"),
    comment="what translations took, day by day: what is asked counts before the answer is there",
)
