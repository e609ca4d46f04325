"""Tables of the known projects of other bases, and of the names by which projects are recognised."""

import sqlalchemy as sa

from offing.store.tables.schema import Json, id_column, metadata, moment, reference, text

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

known_key = sa.Table(
    "known_key",
    metadata,
    sa.Column("key", sa.String(120), nullable=False, comment="country with party, place or sum; a rare word"),
    reference("known_id", "known_project", "what can be found by it"),
    sa.PrimaryKeyConstraint("key", "known_id"),
    sa.Index("ix_known_key_known_id", "known_id"),
    comment="by which a candidate finds the known projects it may tell of, without reading all",
)

project_name = sa.Table(
    "project_name",
    metadata,
    id_column(),
    text("target", "whose name it is: project:off-…, known:base:id"),
    text("name", "a name of its own: of a system, a site or a body on the host's side"),
    sa.Column("countries", Json, nullable=False, comment="ISO 3166-1 alpha-3, where it stands"),
    sa.Column("sector", sa.String(40), nullable=True, comment="what the project is about, where known"),
    sa.Column("stamp", sa.String(64), nullable=False, comment="version of the record or digest of the row it is of"),
    sa.UniqueConstraint("target", "name"),
    sa.Index("ix_project_name_target", "target"),
    comment="names by which later news of a project is known although no Chinese party is named",
)

name_sought = sa.Table(
    "name_sought",
    metadata,
    sa.Column("target", sa.Text(), nullable=False, comment="whose name it is, as names are loaded"),
    sa.Column("name", sa.Text(), nullable=False, comment="the name"),
    sa.Column("reached", sa.Integer(), nullable=False, comment="articles from this id on were looked through"),
    sa.PrimaryKeyConstraint("target", "name"),
    comment="for which names of known projects articles that were passed over before were looked through",
)
