"""The tables, one file per noun; importing this package fills `metadata`."""

from offing.store.tables.activity import activity
from offing.store.tables.article import article, mention, revision, translation, translation_day
from offing.store.tables.assignment import assignment, assignment_rule
from offing.store.tables.candidate import candidate, evidence, repeat_outlet, story, story_article, story_key
from offing.store.tables.context import context
from offing.store.tables.decision import comment, comment_mention, decision
from offing.store.tables.entry import entry, tombstone
from offing.store.tables.feed import feed, feed_day, poll, symptom
from offing.store.tables.known_project import known_key, known_project, name_sought, project_name
from offing.store.tables.lease import lease
from offing.store.tables.mute import mute
from offing.store.tables.page import body, page
from offing.store.tables.pairing import pair, pair_decision
from offing.store.tables.project import aside, event, project, project_candidate, record_change, split_candidate
from offing.store.tables.release import (
    release,
    release_check,
    release_content,
    release_document,
    release_finding,
    release_signoff,
)
from offing.store.tables.run import outcome, pace, robots, run, run_lock, work
from offing.store.tables.schema import metadata
from offing.store.tables.search import candidate_facet, candidate_figure, saved_filter
from offing.store.tables.second_reader import second_answer, second_day, second_opinion, second_turn
from offing.store.tables.second_reading import second_reading
from offing.store.tables.user import session, user

__all__ = [
    "activity",
    "article",
    "aside",
    "assignment",
    "assignment_rule",
    "body",
    "candidate",
    "candidate_facet",
    "candidate_figure",
    "comment",
    "comment_mention",
    "context",
    "decision",
    "entry",
    "event",
    "evidence",
    "feed",
    "feed_day",
    "known_key",
    "known_project",
    "lease",
    "mention",
    "metadata",
    "mute",
    "name_sought",
    "outcome",
    "pace",
    "page",
    "pair",
    "pair_decision",
    "poll",
    "project",
    "project_candidate",
    "project_name",
    "record_change",
    "release",
    "release_check",
    "release_content",
    "release_document",
    "release_finding",
    "release_signoff",
    "repeat_outlet",
    "revision",
    "robots",
    "run",
    "run_lock",
    "saved_filter",
    "second_answer",
    "second_day",
    "second_opinion",
    "second_reading",
    "second_turn",
    "session",
    "split_candidate",
    "story",
    "story_article",
    "story_key",
    "symptom",
    "tombstone",
    "translation",
    "translation_day",
    "user",
    "work",
]
