"""Tables of project records and their life lines."""

import sqlalchemy as sa

from offing.model.values.vocabulary import EventKind, Status
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
    reference("begun_by", "candidate", "the candidate for which its id was given", nullable=True),
    sa.UniqueConstraint("year", "number"),
    sa.Index("ix_project_begun_by", "begun_by"),
    sa.Index(
        "ix_project_redirects_to",
        "redirects_to",
        sqlite_where=sa.text("redirects_to IS NOT NULL"),
        postgresql_where=sa.text("redirects_to IS NOT NULL"),
    ),
    comment="a confirmed project",
)

project_candidate = sa.Table(
    "project_candidate",
    metadata,
    reference("candidate_id", "candidate", "an accepted candidate"),
    sa.Column(
        "project_id", sa.String(40), sa.ForeignKey("project.id"), nullable=False, comment="the record it came to"
    ),
    moment("promoted_at", "when"),
    sa.PrimaryKeyConstraint("candidate_id"),
    sa.Index("ix_project_candidate_project_id", "project_id"),
    comment="which candidates a record was made from; a merge changes nothing here",
)

event = sa.Table(
    "event",
    metadata,
    id_column(),
    sa.Column("project_id", sa.String(40), sa.ForeignKey("project.id"), nullable=False, comment="the project"),
    words("kind", EventKind, "what it tells"),
    words("status", Status, "the project's state in the world, where it tells one", nullable=True),
    text("told", "when it came about, ISO 8601 as precise as told: 2026-03; empty where not told"),
    sa.Column(
        "day", sa.Date(), nullable=True, comment="its place on the line: first day of `told`, else of the article"
    ),
    reference("candidate_id", "candidate", "the candidate that brought it"),
    text("url", "article that reports it"),
    text("quote", "the words that prove it"),
    sa.Column("changes", Json, nullable=True, comment="what changed: field, then values before and after"),
    text("set_aside_by", "who chose another account over it", nullable=True),
    moment("set_aside_at", "when", nullable=True),
    sa.UniqueConstraint("project_id", "candidate_id", "kind", "status"),
    sa.Index("ix_event_project_id_day", "project_id", "day"),
    sa.Index("ix_event_candidate_id", "candidate_id"),
    comment="one point of a project's life line",
)

aside = sa.Table(
    "aside",
    metadata,
    id_column(),
    reference("candidate_id", "candidate", "the candidate that brought the account"),
    reference(
        "chosen",
        "candidate",
        "the candidate whose account was chosen over it; empty where that was not kept",
        nullable=True,
    ),
    words("kind", EventKind, "what its event tells"),
    words("status", Status, "the status that it tells, where it tells one", nullable=True),
    text("by", "who chose another account over it"),
    moment("at", "when"),
    sa.UniqueConstraint("candidate_id", "kind", "status", "chosen"),
    comment="an account that a person set aside, whether or not its event stands in a life line now",
)
