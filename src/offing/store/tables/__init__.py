"""The tables, one file per noun; importing this package fills `metadata`."""

from offing.store.tables.article import article, mention, revision
from offing.store.tables.candidate import candidate, evidence, story, story_article
from offing.store.tables.context import context
from offing.store.tables.decision import decision
from offing.store.tables.entry import entry, tombstone
from offing.store.tables.feed import feed, poll
from offing.store.tables.known import known_project
from offing.store.tables.page import body, page
from offing.store.tables.project import project, project_candidate, status_event
from offing.store.tables.release import release
from offing.store.tables.run import outcome, pace, robots, run, run_lock, work
from offing.store.tables.schema import metadata
from offing.store.tables.user import session, user

__all__ = [
    "article",
    "body",
    "candidate",
    "context",
    "decision",
    "entry",
    "evidence",
    "feed",
    "known_project",
    "mention",
    "metadata",
    "outcome",
    "pace",
    "page",
    "poll",
    "project",
    "project_candidate",
    "release",
    "revision",
    "robots",
    "run",
    "run_lock",
    "session",
    "status_event",
    "story",
    "story_article",
    "tombstone",
    "user",
    "work",
]
