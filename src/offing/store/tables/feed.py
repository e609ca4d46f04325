"""Table of feeds."""

import sqlalchemy as sa

from offing.model.feed import FeedForm, FeedState, PollOutcome
from offing.model.vocabulary import SourceKind
from offing.store.tables.schema import Json, id_column, metadata, moment, text, words

feed = sa.Table(
    "feed",
    metadata,
    id_column(),
    text("url", "address that is polled"),
    text("url_key", "identity of the address, see offing.urls"),
    text("title", "name of the source"),
    sa.Column("groups", Json, nullable=False, comment="groups it belongs to, a list of ids"),
    text("country", "ISO 3166-1 alpha-3 of the publisher", nullable=True),
    text("language", "ISO 639-1 of its articles", nullable=True),
    words("kind", SourceKind, "what kind of publisher stands behind it"),
    text("timezone", "IANA zone where a date carries none", nullable=True),
    sa.Column("unverified", sa.Boolean(), nullable=False, comment="shipped without having been seen at work"),
    sa.Column("interval_minutes", sa.Integer(), nullable=True, comment="overrides the policy"),
    words("state", FeedState, "whether it can be relied upon now"),
    words("form", FeedForm, "format that its document turned out to have", nullable=True),
    words("outcome", PollOutcome, "how the last poll ended", nullable=True),
    text("cause", "why, in a sentence"),
    text("next_step", "what to do, in a sentence"),
    text("etag", "validator of the last whole document, byte for byte", nullable=True),
    text("last_modified", "validator of the last whole document, byte for byte", nullable=True),
    text("body_hash", "SHA-256 of the last whole document", nullable=True),
    sa.Column("failures", sa.Float(), nullable=False, server_default="0", comment="weight of failures in a row"),
    moment("first_gone_at", "since when it answers 404 or 410", nullable=True),
    moment("since_full", "when its document was last read in full", nullable=True),
    moment("last_poll_at", "when it was last asked", nullable=True),
    moment("added_at", "when it was made active"),
    text("added_by", "who made it active"),
    sa.UniqueConstraint("url_key"),
    comment="one address polled on a schedule",
)
