"""Tables of the second reader: its answers, the state of each article, its opinions, the usage of each day."""

import sqlalchemy as sa

from offing.model.review.second_reader import TurnState
from offing.store.tables.schema import Json, id_column, metadata, moment, reference, text, words

second_answer = sa.Table(
    "second_answer",
    metadata,
    id_column(),
    sa.Column("digest", sa.String(64), nullable=False, comment="SHA-256 of the text that was sent"),
    sa.Column("model", sa.String(200), nullable=False, comment="who was asked, as the endpoint calls it"),
    sa.Column("prompt", sa.String(12), nullable=False, comment="version of the question"),
    text("content", "the answer as it came, unchecked"),
    sa.Column("prompt_tokens", sa.Integer(), nullable=False, comment="what was sent"),
    sa.Column("answer_tokens", sa.Integer(), nullable=False, comment="what was answered"),
    sa.Column("seconds", sa.Float(), nullable=False, comment="how long the answer took"),
    moment("at", "when it came"),
    sa.UniqueConstraint("digest", "model", "prompt"),
    comment="answers of the second reader, so that nothing is asked for twice",
)

second_turn = sa.Table(
    "second_turn",
    metadata,
    sa.Column(
        "article_id",
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        sa.ForeignKey("article.id"),
        primary_key=True,
        autoincrement=False,
        comment="the article",
    ),
    sa.Column("digest", sa.String(64), nullable=False, comment="SHA-256 of the text that was sent"),
    words("state", TurnState, "where it stands"),
    sa.Column("tries", sa.Integer(), nullable=False, comment="answers that could not be had or used"),
    moment("due_at", "when it is asked about again, where it waits", nullable=True),
    text("cause", "why it is not read"),
    moment("at", "when it was asked about last"),
    sa.Index("ix_second_turn_state", "state"),
    sa.Index("ix_second_turn_digest", "digest"),
    comment="where each article stands with the second reader",
)

second_opinion = sa.Table(
    "second_opinion",
    metadata,
    sa.Column(
        "telling_id",
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        sa.ForeignKey("story_article.id"),
        primary_key=True,
        autoincrement=False,
        comment="the telling",
    ),
    reference("article_id", "article", "its article"),
    text("model", "who says so"),
    sa.Column("opinion", Json, nullable=True, comment="what it tells of the project, checked, with quotes"),
    sa.Column("finds_none", sa.Boolean(), nullable=False, comment="it finds no such project in the article"),
    moment("at", "when"),
    sa.Index("ix_second_opinion_article_id", "article_id"),
    comment="what the second reader says of a telling; never in the place of what the telling says",
)

second_day = sa.Table(
    "second_day",
    metadata,
    sa.Column("day", sa.String(10), primary_key=True, comment="UTC day"),
    sa.Column("asked", sa.Integer(), nullable=False, comment="requests"),
    sa.Column("cached", sa.Integer(), nullable=False, comment="answers that were at hand"),
    sa.Column("failed", sa.Integer(), nullable=False, comment="requests without a usable answer"),
    sa.Column("prompt_tokens", sa.BigInteger(), nullable=False, comment="sent"),
    sa.Column("answer_tokens", sa.BigInteger(), nullable=False, comment="answered"),
    sa.Column("money", sa.BigInteger(), nullable=False, comment="millionths of the currency of reader.toml"),
    sa.Column("dropped", sa.Integer(), nullable=False, comment="values that do not stand in their article"),
    sa.Column("seconds", sa.Float(), nullable=False, comment="waited for answers"),
    comment="what the second reader took, day by day: what is asked counts before the answer is there",
)
