"""Tables of pages and of their content, stored once per content."""

import sqlalchemy as sa

from offing.store.tables.schema import Json, id_column, metadata, moment, reference, text

body = sa.Table(
    "body",
    metadata,
    sa.Column("sha256", sa.String(64), primary_key=True, comment="digest of the unpacked content"),
    sa.Column("packed", sa.LargeBinary(), nullable=False, comment="content, zlib"),
    comment="what pages held, each content once",
)

page = sa.Table(
    "page",
    metadata,
    id_column(),
    reference("entry_id", "entry", "entry for whose link it was fetched"),
    text("url", "address that was asked"),
    text("final_url", "address that answered, after redirects"),
    text("final_url_key", "identity of that address"),
    sa.Column("status", sa.Integer(), nullable=False, comment="HTTP status"),
    text("content_type", "as answered"),
    sa.Column("headers", Json, nullable=False, comment="as answered, lower-case names"),
    sa.Column("sha256", sa.String(64), sa.ForeignKey("body.sha256"), nullable=False, comment="its content"),
    moment("fetched_at", "when it was fetched"),
    text("reservation", "what the publisher reserves: noarchive, tdm"),
    text("etag", "validator, byte for byte", nullable=True),
    text("last_modified", "validator, byte for byte", nullable=True),
    sa.UniqueConstraint("entry_id"),
    sa.Index("ix_page_final_url_key", "final_url_key"),
    sa.Index("ix_page_sha256", "sha256"),
    comment="the answer fetched for an entry's link",
)
