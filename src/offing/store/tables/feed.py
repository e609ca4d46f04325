"""Tables of feeds, of the exchanges with them, and of what differs in what they bring."""

import sqlalchemy as sa

from offing.model.sources.feed import KEPT_STATES, FeedAlarm, FeedForm, FeedKind, PollOutcome
from offing.model.sources.symptom import SymptomKind
from offing.model.values.vocabulary import SourceKind
from offing.store.tables.schema import Id, Json, id_column, metadata, moment, reference, text, words

feed = sa.Table(
    "feed",
    metadata,
    id_column(),
    text("url", "address that is polled"),
    text("url_key", "identity of the address, see offing.urls.feed_key"),
    text("title", "name of the source"),
    sa.Column("groups", Json, nullable=False, comment="groups it belongs to, a list of ids"),
    text("country", "ISO 3166-1 alpha-3 of the publisher", nullable=True),
    text("language", "ISO 639-1 of its articles", nullable=True),
    words("publisher", SourceKind, "what kind of publisher stands behind it"),
    text("timezone", "IANA zone where a date carries none", nullable=True),
    sa.Column("unverified", sa.Boolean(), nullable=False, comment="shipped without having been seen at work"),
    sa.Column("interval_minutes", sa.Integer(), nullable=True, comment="overrides the policy"),
    words("state", KEPT_STATES, "whether it can be relied upon now"),
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
    words("kind", FeedKind, "whether a feed or a page of links is watched", default=FeedKind.FEED),
    text("links", "CSS selector of the links of a watched page"),
    text("dates", "where a watched page has the dates of its links"),
    text("moved_to", "where it says it has moved for good", nullable=True),
    moment("moved_since", "since when it says so", nullable=True),
    sa.Column("moved_times", sa.Integer(), nullable=False, server_default="0", comment="how often it said so"),
    words("alarm", FeedAlarm, "what is odd about what it delivers", nullable=True),
    text("alarm_cause", "what is odd, in a sentence"),
    moment("alarm_since", "since when", nullable=True),
    moment("removed_at", "when a person took it off the list", nullable=True),
    text("removed_by", "who took it off"),
    sa.UniqueConstraint("url_key"),
    comment="one address polled on a schedule",
)

poll = sa.Table(
    "poll",
    metadata,
    id_column(),
    reference("feed_id", "feed", "feed"),
    moment("at", "when it was asked"),
    words("outcome", PollOutcome, "how it ended"),
    sa.Column("status", sa.Integer(), nullable=True, comment="HTTP status, where there was an answer"),
    sa.Column("seconds", sa.Float(), nullable=False, comment="how long the exchange took"),
    sa.Column("size", sa.Integer(), nullable=False, comment="bytes of the document, unpacked"),
    sa.Column("entries", sa.Integer(), nullable=False, comment="entries that could be used"),
    sa.Column("new_entries", sa.Integer(), nullable=False, comment="entries seen for the first time"),
    sa.Column("dated", sa.Integer(), nullable=False, comment="entries with a date"),
    sa.Column("with_text", sa.Integer(), nullable=False, comment="entries with a summary or text"),
    sa.Column("repeated", sa.Integer(), nullable=False, comment="entries under a new key that are known"),
    sa.Column("missed", sa.Integer(), nullable=False, comment="new entries older than the 304 before"),
    text("cause", "why, in a sentence"),
    sa.Index("ix_poll_feed_id_at", "feed_id", "at"),
    sa.Index("ix_poll_at", "at"),
    # Counts what feeds bring by day without reading the exchanges themselves.
    sa.Index(
        "ix_poll_new",
        *("at", "feed_id", "new_entries"),
        sqlite_where=sa.text("new_entries > 0"),
        postgresql_where=sa.text("new_entries > 0"),
    ),
    comment="one exchange with a feed",
)

feed_day = sa.Table(
    "feed_day",
    metadata,
    sa.Column("feed_id", Id, sa.ForeignKey("feed.id"), primary_key=True, comment="feed"),
    sa.Column("day", sa.String(10), primary_key=True, comment="UTC day"),
    sa.Column("pages", sa.Integer(), nullable=False, comment="pages that were read for articles"),
    sa.Column("articles", sa.Integer(), nullable=False, comment="those that held one"),
    sa.Column("titles", sa.Integer(), nullable=False, comment="different titles of these"),
    sa.Column("texts", sa.Integer(), nullable=False, comment="different texts of these"),
    sa.Column("dated", sa.Integer(), nullable=False, comment="articles with a date"),
    sa.Column("signed", sa.Integer(), nullable=False, comment="articles with an author"),
    sa.Column("whole", sa.Integer(), nullable=False, comment="articles with their whole text"),
    sa.Column("length", sa.Integer(), nullable=False, comment="median characters of their texts"),
    sa.Column("lag", sa.Float(), nullable=True, comment="hours from the newest date of an article to the day's end"),
    sa.Column("languages", Json, nullable=False, comment="number of articles by language"),
    sa.Index("ix_feed_day_day", "day"),
    comment="what the pages of a feed yielded in a day: the past that it is measured against",
)

symptom = sa.Table(
    "symptom",
    metadata,
    id_column(),
    reference("feed_id", "feed", "feed; null where it concerns the site as a whole", nullable=True),
    words("kind", SymptomKind, "what differs from the feed's own past"),
    text("cause", "how, in a sentence"),
    text("next_step", "what to do, in a sentence"),
    moment("since", "when it was first found"),
    moment("confirmed_at", "when it was last found"),
    sa.Index("ix_symptom_feed_id", "feed_id"),
    comment="what feeds deliver otherwise than before, although they answer; gone when it is over",
)
