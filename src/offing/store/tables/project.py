"""Tables of project records and their life lines."""

import sqlalchemy as sa

from offing.model.vocabulary import Status
from offing.store.tables.schema import Json, id_column, metadata, moment, reference, text, words

project = sa.Table(
    "project",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True, comment="permanent id, such as off-2026-000123"),
    sa.Column("year", sa.Integer(), nullable=False, comment="year in which the id was given"),
    sa.Column("number", sa.Integer(), nullable=False, comment="number within the year"),
    sa.Column("facts", Json, nullable=False, comment="its confirmed fields"),
    moment("created_at", "when it was promoted"),
    moment("changed_at", "when it was last changed"),
    sa.Column("version", sa.Integer(), nullable=False, comment="raised by each change"),
    sa.Column("redirects_to", sa.String(40), sa.ForeignKey("project.id"), nullable=True, comment="after a merge"),
    text("withdrawn", "why it was withdrawn", nullable=True),
    sa.UniqueConstraint("year", "number"),
    comment="a confirmed project",
)

project_candidate = sa.Table(
    "project_candidate",
    metadata,
    reference("candidate_id", "candidate", "an accepted candidate"),
    sa.Column("project_id", sa.String(40), sa.ForeignKey("project.id"), nullable=False, comment="the record it made"),
    moment("promoted_at", "when"),
    sa.PrimaryKeyConstraint("candidate_id"),
    sa.Index("ix_project_candidate_project_id", "project_id"),
    comment="which candidates a record was made from",
)

status_event = sa.Table(
    "status_event",
    metadata,
    id_column(),
    sa.Column("project_id", sa.String(40), sa.ForeignKey("project.id"), nullable=False, comment="the project"),
    words("status", Status, "its state in the world"),
    sa.Column("day", sa.Date(), nullable=True, comment="day of the article that reports it"),
    reference("candidate_id", "candidate", "the candidate that brought it"),
    text("url", "article that reports it"),
    text("quote", "the words that prove it"),
    sa.UniqueConstraint("project_id", "candidate_id", "status"),
    sa.Index("ix_status_event_candidate_id", "candidate_id"),
    comment="one point of a project's life line",
)
