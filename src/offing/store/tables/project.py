"""Tables of project records and their life lines."""

import sqlalchemy as sa

from offing.model.projects.record_change import Operation, RecordAction
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
    sa.Column("by_hand", Json, nullable=True, comment="the values that people set: who, when, why, source"),
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
    text("event_date", "when it came about, ISO 8601 as precise as the source: 2026-03; empty where it has no date"),
    sa.Column(
        "day", sa.Date(), nullable=True, comment="its place on the line: first day of `event_date`, else of the article"
    ),
    reference("candidate_id", "candidate", "the candidate that brought it; none where a person did", nullable=True),
    text("url", "article that reports it"),
    text("quote", "the words that prove it"),
    text("release", "the adopted release that brought it; empty for one of this site"),
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

record_change = sa.Table(
    "record_change",
    metadata,
    id_column(),
    sa.Column("project_id", sa.String(40), sa.ForeignKey("project.id"), nullable=False, comment="the record"),
    words("action", RecordAction, "what was done to it"),
    text("by", "who did it; empty where that was not kept"),
    moment("at", "when"),
    text("reason", "why"),
    text("source", "the address or document on which a person relied"),
    text("field", "the corrected field"),
    words("operation", Operation, "what the correction does", nullable=True),
    sa.Column("before", Json, nullable=True, comment="the value that it took out"),
    sa.Column("after", Json, nullable=True, comment="the value that it put in"),
    text("on", "when a corrected status came about, ISO 8601 as precise as known"),
    sa.Column("candidate_ids", Json, nullable=True, comment="the candidates that joined, left or were split off"),
    sa.Column(
        "other",
        sa.String(40),
        sa.ForeignKey("project.id"),
        nullable=True,
        comment="the record merged into, or made by a split",
    ),
    reference("undoes", "record_change", "the change that this one takes back", nullable=True),
    sa.UniqueConstraint("undoes"),
    sa.Index("ix_record_change_project_id", "project_id"),
    sa.Index("ix_record_change_other", "other"),
    sa.Index("ix_record_change_at", "at"),
    comment="who changed which record, when, why; appended, never changed",
)

split_candidate = sa.Table(
    "split_candidate",
    metadata,
    reference("change_id", "record_change", "the split"),
    reference("candidate_id", "candidate", "a candidate that it moved"),
    sa.Column(
        "project_id", sa.String(40), sa.ForeignKey("project.id"), nullable=False, comment="the record it went to"
    ),
    sa.PrimaryKeyConstraint("change_id", "candidate_id"),
    sa.Index("ix_split_candidate_candidate_id", "candidate_id"),
    comment="which candidates the splits in force moved; the newest split of a candidate counts",
)
