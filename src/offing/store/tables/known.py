"""Table of the known projects of other bases."""

import sqlalchemy as sa

from offing.store.tables.schema import Json, id_column, metadata, moment, text

known_project = sa.Table(
    "known_project",
    metadata,
    id_column(),
    text("source", "the base it comes from"),
    text("key", "its id there"),
    sa.Column("facts", Json, nullable=False, comment="what the base says, in the fields of a project"),
    text("description", "free text of the base"),
    sa.Column("year", sa.Integer(), nullable=True, comment="year of its commitment"),
    sa.Column("digest", sa.String(64), nullable=False, comment="of the row as imported: an equal one changes nothing"),
    moment("imported_at", "when it was imported or last changed"),
    sa.UniqueConstraint("source", "key"),
    comment="a project that another base has",
)
