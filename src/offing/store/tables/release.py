"""Tables of releases: what was published, with its content."""

import sqlalchemy as sa

from offing.store.tables.schema import Json, id_column, metadata, moment, text

release = sa.Table(
    "release",
    metadata,
    sa.Column("version", sa.String(40), primary_key=True, comment="its number, never given twice"),
    sa.Column("number", sa.Integer(), nullable=False, comment="1 for the first release, in the order of publication"),
    moment("published_at", "when it was published"),
    text("published_by", "who published it"),
    sa.Column("records", sa.Integer(), nullable=False, comment="projects that it describes"),
    sa.Column("layout", Json, nullable=False, comment="its tables and their columns; empty where nothing was stored"),
    sa.Column("statistics", Json, nullable=False, comment="rows of each table, filled cells of each column"),
    moment("yanked_at", "when it was yanked", nullable=True),
    text("yanked_by", "who yanked it"),
    text("yanked_reason", "why it should not be used"),
    moment("adopted_at", "when it was adopted, where another site published it", nullable=True),
    text("adopted_by", "who adopted it"),
    sa.UniqueConstraint("number"),
    comment="an immutable, numbered snapshot of project records",
)

release_content = sa.Table(
    "release_content",
    metadata,
    sa.Column("project_id", sa.String(40), nullable=False, comment="the project"),
    sa.Column("first", sa.Integer(), nullable=False, comment="number of the first release that says this of it"),
    sa.Column("last", sa.Integer(), nullable=True, comment="number of the last one; empty while it still holds"),
    sa.Column("digest", sa.String(64), nullable=False, comment="SHA-256 of its published rows"),
    sa.Column("packed", sa.LargeBinary(), nullable=True, comment="its published rows, JSON, zlib"),
    sa.PrimaryKeyConstraint("project_id", "first"),
    comment="what releases say of each project; what stays the same is stored once",
)

release_document = sa.Table(
    "release_document",
    metadata,
    sa.Column("number", sa.Integer(), nullable=False, comment="number of the release"),
    sa.Column("name", sa.String(80), nullable=False, comment="name of the file"),
    sa.Column("packed", sa.LargeBinary(), nullable=False, comment="its content, zlib"),
    sa.PrimaryKeyConstraint("number", "name"),
    comment="the files of a release beside its tables, byte for byte",
)

release_check = sa.Table(
    "release_check",
    metadata,
    id_column(),
    moment("at", "when it was made"),
    text("by", "who made it"),
    sa.Column("records", sa.Integer(), nullable=False, comment="projects that a release would have described"),
    sa.Column("more", sa.Integer(), nullable=False, comment="findings beyond those that are kept"),
    text("changes", "what would have changed against the last release, in words"),
    comment="a look at all records before a release, also one that found nothing",
)

release_finding = sa.Table(
    "release_finding",
    metadata,
    sa.Column("key", sa.String(16), primary_key=True, comment="digest of what was found: the same while that is"),
    sa.Column("ordinal", sa.Integer(), nullable=False, comment="its place in the list"),
    text("rule", "name of the rule"),
    text("severity", "error or warning"),
    text("project_id", "the record; empty where it concerns the whole release"),
    text("field", "the field"),
    text("value", "the value"),
    text("problem", "what is wrong, in a sentence"),
    text("remedy", "what to do"),
    moment("at", "when the check was made"),
    sa.Index("ix_release_finding_ordinal", "ordinal"),
    comment="what the last check before a release found",
)

release_signoff = sa.Table(
    "release_signoff",
    metadata,
    id_column(),
    sa.Column("key", sa.String(16), nullable=False, comment="the finding that was looked at"),
    text("about", "that finding in words"),
    text("by", "who signed it off"),
    moment("at", "when"),
    text("note", "why it may be published"),
    sa.Index("ix_release_signoff_key", "key"),
    comment="warnings that somebody looked at and let pass; appended, never changed",
)
