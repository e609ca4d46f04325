"""Table of releases."""

import sqlalchemy as sa

from offing.store.tables.schema import Json, metadata, moment

release = sa.Table(
    "release",
    metadata,
    sa.Column("version", sa.String(40), primary_key=True, comment="its number, never given twice"),
    moment("published_at", "when it was published"),
    sa.Column("digests", Json, nullable=False, comment="project id to SHA-256 of its published row"),
    comment="an immutable, numbered snapshot of project records",
)
