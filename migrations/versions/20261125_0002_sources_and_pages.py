"""What ingest remembers of sources and pages: polls, alarms, moves, pages as feeds, revisions, tombstones."""

import hashlib
import re

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261125_0002"
down_revision = "20261125_0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)
KINDS = ("feed", "page")
ALARMS = ("silent", "repeating", "undated", "bodiless", "flooding", "endless-304")
OUTCOMES = ("ok", "partial", "error", "blocked", "unchanged", "gone", "retry_later", "moved", "skip")
# Without them each row that is pruned costs a reading of the whole table that may point to it.
LOOKED_UP_WHEN_PRUNED = (
    ("page", "sha256"),
    ("revision", "sha256"),
    ("entry", "same_as"),
    ("evidence", "article_id"),
    ("candidate", "duplicate_of"),
    ("decision", "duplicate_of"),
    ("status_event", "candidate_id"),
)
COMPLETENESS = ("complete", "truncated", "paywalled", "summary-only")


FORMS = ("rss", "atom", "json", "sitemap", "page")
ADDRESS = re.compile(r"(https?)://([^/?#]+)([^#]*)", re.IGNORECASE)


def upgrade() -> None:
    _feeds()
    _feed_keys()
    _polls()
    _entries()
    _pages()
    _articles()
    with op.batch_alter_table("work", recreate="never") as work:
        work.add_column(_text("set_aside_by", "version of the code that set it aside"))
        work.add_column(
            _text("fault", "class of the fault that set it aside: hang, memory, crash, or an exception's name")
        )
        work.add_column(_text("trace", "last lines of the traceback, where the fault had one"))
    held = sa.text("quarantined_at IS NOT NULL")
    op.create_index("ix_work_quarantined", "work", ["quarantined_at"], sqlite_where=held, postgresql_where=held)
    for table, column in LOOKED_UP_WHEN_PRUNED:
        op.create_index(f"ix_{table}_{column}", table, [column])


def _feeds() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE feed RENAME CONSTRAINT ck_feed_kind TO ck_feed_publisher")
        op.execute("COMMENT ON COLUMN feed.url_key IS 'identity of the address, see offing.urls.feed_key'")
    op.execute("ALTER TABLE feed RENAME COLUMN kind TO publisher")
    with op.batch_alter_table("feed", recreate="never") as feed:
        feed.add_column(_words("feed.kind", KINDS, "whether a feed or a page of links is watched", default="feed"))
        feed.add_column(_text("links", "CSS selector of the links of a watched page"))
        feed.add_column(_text("dates", "where a watched page has the dates of its links"))
        feed.add_column(_text("moved_to", "where it says it has moved for good", nullable=True))
        feed.add_column(sa.Column("moved_since", MOMENT, nullable=True, comment="since when it says so"))
        feed.add_column(
            sa.Column("moved_times", sa.Integer(), nullable=False, server_default="0", comment="how often it said so")
        )
        feed.add_column(_words("feed.alarm", ALARMS, "what is odd about what it delivers", nullable=True))
        feed.add_column(_text("alarm_cause", "what is odd, in a sentence"))
        feed.add_column(sa.Column("alarm_since", MOMENT, nullable=True, comment="since when"))
        feed.add_column(sa.Column("removed_at", MOMENT, nullable=True, comment="when a person took it off the list"))
        feed.add_column(_text("removed_by", "who took it off"))
    # Nothing was ever written to `form`; made anew, it may say that a page is watched.
    op.execute("ALTER TABLE feed DROP COLUMN form")
    with op.batch_alter_table("feed", recreate="never") as feed:
        feed.add_column(_words("feed.form", FORMS, "format that its document turned out to have", nullable=True))


def _feed_keys() -> None:
    """The identity of feeds gets narrower: the address byte for byte. The rule stands here as it was then."""
    feed = sa.table("feed", sa.column("id", ID), sa.column("url", sa.Text()), sa.column("url_key", sa.Text()))
    connection = op.get_bind()
    taken: set[str] = set()
    for row in connection.execute(sa.select(feed.c.id, feed.c.url).order_by(feed.c.id)).all():
        key = _feed_key(row.url)
        if key is None or key in taken:  # no address, or two rows that were one all along: the second stays as it is
            continue
        taken.add(key)
        connection.execute(sa.update(feed).where(feed.c.id == row.id).values(url_key=key))


def _feed_key(url: str) -> str | None:
    found = ADDRESS.match(url.strip())
    if not found:
        return None
    scheme = found[1].lower()
    user, at, host = found[2].rpartition("@")
    host = host.lower().removesuffix(":80" if scheme == "http" else ":443")
    rest = found[3] if found[3].startswith("/") else f"/{found[3]}"
    return hashlib.sha256(f"feed:1:{scheme}://{user}{at}{host}{rest}".encode("utf-8", "replace")).hexdigest()


def _polls() -> None:
    op.create_table(
        "poll",
        sa.Column("id", ID, primary_key=True, autoincrement=True, comment="number given by the database"),
        sa.Column("feed_id", ID, sa.ForeignKey("feed.id", name="fk_poll_feed_id_feed"), nullable=False, comment="feed"),
        sa.Column("at", MOMENT, nullable=False, comment="when it was asked"),
        _words("poll.outcome", OUTCOMES, "how it ended"),
        sa.Column("status", sa.Integer(), nullable=True, comment="HTTP status, where there was an answer"),
        sa.Column("seconds", sa.Float(), nullable=False, comment="how long the exchange took"),
        sa.Column("size", sa.Integer(), nullable=False, comment="bytes of the document, unpacked"),
        sa.Column("entries", sa.Integer(), nullable=False, comment="entries that could be used"),
        sa.Column("new_entries", sa.Integer(), nullable=False, comment="entries seen for the first time"),
        sa.Column("dated", sa.Integer(), nullable=False, comment="entries with a date"),
        sa.Column("with_text", sa.Integer(), nullable=False, comment="entries with a summary or text"),
        sa.Column("repeated", sa.Integer(), nullable=False, comment="entries under a new key that are known"),
        sa.Column("missed", sa.Integer(), nullable=False, comment="new entries older than the 304 before"),
        _text("cause", "why, in a sentence"),
        sa.PrimaryKeyConstraint("id", name="pk_poll"),
        comment="one exchange with a feed",
    )
    op.create_index("ix_poll_feed_id_at", "poll", ["feed_id", "at"])
    op.create_index("ix_poll_at", "poll", ["at"])


def _entries() -> None:
    with op.batch_alter_table("entry", recreate="never") as entry:
        entry.add_column(sa.Column("updated", MOMENT, nullable=True, comment="change as announced, where plausible"))
        entry.add_column(_text("announced_hash", "digest of what was announced last: a change is seen by it"))
    op.create_table(
        "tombstone",
        sa.Column("id", ID, primary_key=True, autoincrement=True, comment="number given by the database"),
        sa.Column("feed_id", ID, sa.ForeignKey("feed.id", name="fk_tombstone_feed_id_feed"), comment="feed"),
        _text("entry_key", "identity of the pruned entry within its feed"),
        _text("url_key", "identity of its page over all feeds"),
        sa.Column("pruned_at", MOMENT, nullable=False, comment="when it was pruned"),
        sa.PrimaryKeyConstraint("id", name="pk_tombstone"),
        sa.UniqueConstraint("feed_id", "entry_key", name="uq_tombstone_feed_id_entry_key"),
        comment="a pruned entry, so that it never comes back as new",
    )
    op.create_index("ix_tombstone_url_key", "tombstone", ["url_key"])


def _pages() -> None:
    with op.batch_alter_table("page", recreate="never") as page:
        page.add_column(_text("reservation", "what the publisher reserves: noarchive, tdm"))
        page.add_column(_text("etag", "validator, byte for byte", nullable=True))
        page.add_column(_text("last_modified", "validator, byte for byte", nullable=True))


def _articles() -> None:
    with op.batch_alter_table("article", recreate="never") as article:
        article.add_column(
            _words("article.completeness", COMPLETENESS, "whether the text is whole", default="complete")
        )
        article.add_column(_text("completeness_sign", "what told it, in a sentence"))
        article.add_column(_text("section", "section of the outlet, as written"))
        article.add_column(
            sa.Column("pages", JSON, nullable=True, comment="page of each paragraph, where it is a printed document")
        )
        article.add_column(
            sa.Column("withheld_at", MOMENT, nullable=True, comment="when all but its quotes was dropped, on request")
        )
    op.create_index("ix_article_domain_id", "article", ["domain", "id"])
    op.create_table(
        "revision",
        sa.Column("id", ID, primary_key=True, autoincrement=True, comment="number given by the database"),
        sa.Column(
            "article_id", ID, sa.ForeignKey("article.id", name="fk_revision_article_id_article"),
            nullable=False, comment="article that was changed",
        ),
        sa.Column("number", sa.Integer(), nullable=False, comment="1 for the first change"),
        sa.Column("found_at", MOMENT, nullable=False, comment="when the change was found"),
        _text("title", "headline as changed"),
        sa.Column("paragraphs", JSON, nullable=False, comment="main text as changed, a list of paragraphs"),
        _text("text_hash", "SHA-256 of the folded main text as changed"),
        sa.Column("sha256", sa.String(64), nullable=False, comment="digest of the page's content"),
        _text("diff", "unified diff against the text before"),
        sa.PrimaryKeyConstraint("id", name="pk_revision"),
        sa.UniqueConstraint("article_id", "number", name="uq_revision_article_id_number"),
        comment="a later text of an article; the first stands in the article, where quotes count",
    )  # fmt: skip


def _text(name: str, comment: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable, server_default=None if nullable else "", comment=comment)


def _words(
    place: str, allowed: tuple[str, ...], comment: str, *, default: str | None = None, nullable: bool = False
) -> sa.Column[str]:
    table, name = place.split(".")
    words = ", ".join(f"'{word}'" for word in allowed)
    check = sa.CheckConstraint(f"{name} IN ({words})", name=op.f(f"ck_{table}_{name}"))
    return sa.Column(name, sa.String(40), check, nullable=nullable, server_default=default, comment=comment)
