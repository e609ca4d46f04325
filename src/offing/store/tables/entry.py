"""Tables of entries, and of those that were pruned."""

import sqlalchemy as sa

from offing.store.tables.schema import id_column, metadata, moment, reference, text

entry = sa.Table(
    "entry",
    metadata,
    id_column(),
    reference("feed_id", "feed", "feed that announced it; null when a person added it", nullable=True),
    text("entry_key", "identity within its feed"),
    text("url", "link as announced"),
    text("url_key", "identity of the page over all feeds"),
    reference("same_as", "entry", "the entry that announced the same page first", nullable=True),
    text("title", "title as announced"),
    text("summary", "summary as announced"),
    text("guid", "identifier as announced", nullable=True),
    moment("published", "date as announced, where plausible", nullable=True),
    text("published_raw", "the feed's own words for the date", nullable=True),
    text("author", "author as announced", nullable=True),
    text("language", "ISO 639-1, of the entry or its feed", nullable=True),
    moment("seen_at", "when it was first seen"),
    text("added_by", "who added it, where a person did"),
    moment("updated", "change as announced, where plausible", nullable=True),
    text("announced_hash", "digest of what was announced last: a change is seen by it"),
    sa.UniqueConstraint("feed_id", "entry_key"),
    sa.Index("ix_entry_url_key", "url_key"),
    sa.Index("ix_entry_same_as", "same_as"),
    # One page is fetched for one entry only, however many feeds announce it.
    sa.Index(
        "uq_entry_first_of_page",
        "url_key",
        unique=True,
        sqlite_where=sa.text("same_as IS NULL"),
        postgresql_where=sa.text("same_as IS NULL"),
    ),
    comment="one item as a feed announced it",
)

tombstone = sa.Table(
    "tombstone",
    metadata,
    id_column(),
    reference("feed_id", "feed", "feed", nullable=True),
    text("entry_key", "identity of the pruned entry within its feed"),
    text("url_key", "identity of its page over all feeds"),
    moment("pruned_at", "when it was pruned"),
    sa.UniqueConstraint("feed_id", "entry_key"),
    sa.Index("ix_tombstone_url_key", "url_key"),
    comment="a pruned entry, so that it never comes back as new",
)
