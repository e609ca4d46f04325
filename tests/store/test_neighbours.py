"""What is done to one thing is done to no other: the same three times over, and only the middle one is touched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from factories.candidate import NOW, stored_candidate
from offing.model.operation.run import Stamp
from offing.model.operation.user import User, UserRole
from offing.model.projects.project import EventKey
from offing.model.reading.context import Context, ContextKind
from offing.model.reading.mention import Mention, MentionKind
from offing.model.review.candidate import CandidateKind, CandidateState
from offing.model.review.decision import Judgement
from offing.model.review.mute import Mute
from offing.model.review.second_reading import SecondReading
from offing.model.review.story import PlacedTelling, StoredStory
from offing.model.sources.entry import AnnouncedEntry
from offing.model.sources.feed import Alarm, Exchange, FeedAlarm, FeedState, FeedUpdate, PollOutcome
from offing.model.values.vocabulary import EventKind, Status, Verb
from offing.store.accounts import user
from offing.store.articles import article as articles
from offing.store.articles import page
from offing.store.articles.entry import announcement_of, due_entry, save_entries
from offing.store.candidates import candidate as candidates
from offing.store.candidates import context, lease, mute, saved_filter
from offing.store.candidates import second_reading as reading
from offing.store.database.engine import Database
from offing.store.feeds import watch
from offing.store.feeds.feed import due_feed, feed_status, save_alarm, save_poll
from offing.store.records.event import set_aside, take_in
from offing.store.runs import work
from offing.store.stories import story, telling
from offing.store.tables import article as article_table
from offing.store.tables import entry, metadata, story_article
from offing.store.tables import page as page_table
from offing.store.upkeep import reserved_texts

LATER = NOW + timedelta(minutes=1)
Rows = dict[tuple[str, Any], Any]


@dataclass(frozen=True)
class Group:
    """One of three: a person with what is theirs, a feed with what came of it."""

    name: str
    user: int
    candidate: int
    story: int
    article: int
    page: int
    entry: int
    feed: int
    mute: int

    @property
    def account(self) -> EventKey:
        """What the candidate says of the status."""
        return self.candidate, EventKind.STATUS, Status.SIGNED

    @property
    def reading(self) -> SecondReading:
        """The second reading of the candidate."""
        return SecondReading(self.candidate, Judgement.REJECT, self.name, NOW)


def _came_of(conn: sa.Connection, candidate_id: int) -> tuple[int, int, int, int, int]:
    story_id = conn.execute(
        sa.select(candidates.candidate.c.story_id).where(candidates.candidate.c.id == candidate_id)
    ).scalar_one()
    chain = (
        sa.select(article_table.c.id, page_table.c.id, entry.c.id, entry.c.feed_id)
        .join_from(story_article, article_table, story_article.c.article_id == article_table.c.id)
        .join(page_table, page_table.c.id == article_table.c.page_id)
        .join(entry, entry.c.id == page_table.c.entry_id)
        .where(story_article.c.story_id == story_id)
    )
    return story_id, *conn.execute(chain).one()


def _group(conn: sa.Connection, name: str) -> Group:
    user_id = user.insert_user(conn, User(0, name, UserRole.ANALYST, disabled=False, created_at=NOW), "hash")
    user.insert_session(conn, f"token-{name}", user_id, user.Begun(NOW, "csrf"))
    candidate_id = stored_candidate(conn, kind=CandidateKind.UPDATE, update_of="project:off-2026-000001")
    story_id, article_id, page_id, entry_id, feed_id = _came_of(conn, candidate_id)
    conn.execute(sa.update(entry).where(entry.c.id == entry_id).values(summary="long " * 100))
    save_alarm(conn, feed_id, replace(ODD, kind=FeedAlarm.FLOODING), None, NOW)
    lease.take(conn, candidate_id, name, NOW)
    saved_filter.save_filter(conn, name, "mine", "country=KEN", NOW)
    for verb, item in (
        (Verb.POLL, feed_id),
        (Verb.FETCH, entry_id),
        (Verb.EXTRACT, page_id),
        (Verb.PROPOSE, article_id),
    ):
        work.enqueue(conn, verb, item, NOW)
    articles.save_mentions(conn, article_id, (Mention(MentionKind.FIRM, 0, 5, "Kenya", "kenya"),))
    context.save_context(conn, article_id, Context(ContextKind.SUMMIT, (), ("KEN",), 0, 5, "Kenya"), Stamp(NOW, "x"))
    mute_id = mute.add_mute(conn, Mute(MentionKind.FIRM, f"firm-{name}"), name, NOW, "")
    made = Group(name, user_id, candidate_id, story_id, article_id, page_id, entry_id, feed_id, mute_id)
    reading.append(conn, made.reading)
    set_aside(conn, [made.account], candidate_id, name, NOW)
    return made


def _rows(conn: sa.Connection) -> Rows:
    return {
        (name, tuple(row._mapping[column] for column in table.primary_key)): tuple(row)
        for name, table in metadata.tables.items()
        for row in conn.execute(sa.select(table))
    }


def _stored(conn: sa.Connection, it: Group) -> StoredStory:
    return story.stored_stories(conn, [it.story])[it.story]


def _told(conn: sa.Connection, it: Group) -> PlacedTelling:
    (number,) = telling.tellings_of(conn, [it.story])
    return telling.tellings(conn, [number])[number]


def _again(conn: sa.Connection, it: Group) -> AnnouncedEntry:
    row = conn.execute(sa.select(entry).where(entry.c.id == it.entry)).one()
    return AnnouncedEntry(row.entry_key, row.url, row.url_key, "Another title")


ODD = Alarm(FeedAlarm.SILENT, "Nothing new.", "Look at it.")
POLLED = FeedUpdate(PollOutcome.OK, FeedState.HEALTHY, LATER, Exchange(LATER, PollOutcome.OK, 200, 0.25))
ACTIONS: dict[str, Callable[[sa.Connection, Group], object]] = {
    "a password is set": lambda conn, it: user.set_password(conn, it.user, "other"),
    "an account is shut": lambda conn, it: user.set_disabled(conn, it.user, disabled=True),
    "a session is used": lambda conn, it: user.touch_session(conn, f"token-{it.name}", LATER),
    "a session ends": lambda conn, it: user.delete_session(conn, f"token-{it.name}"),
    "all sessions of a person end": lambda conn, it: user.delete_sessions_of(conn, it.user),
    "a feed is paused": lambda conn, it: watch.pause_feed(conn, it.feed, LATER, "ana"),
    "a feed is taken off the list": lambda conn, it: watch.remove_feed(conn, it.feed, LATER, "ana"),
    "something is odd about a feed": lambda conn, it: save_alarm(conn, it.feed, ODD, None, LATER),
    "nothing is odd any more": lambda conn, it: save_alarm(conn, it.feed, None, None, LATER),
    "a feed is asked": lambda conn, it: save_poll(conn, it.feed, POLLED, LATER),
    "an account is let stand": lambda conn, it: take_in(conn, [it.account]),
    "a story leads to another": lambda conn, it: story.lead_to(conn, _stored(conn, it), _stored(conn, it)),
    "a telling is told anew": lambda conn, it: telling.rewrite_telling(conn, _told(conn, it).telling, (), ()),
    "a telling is completed": lambda conn, it: telling.complete_telling(
        conn, replace(_told(conn, it).telling, sketch=b"12345678"), ("key",)
    ),
    "a telling moves": lambda conn, it: telling.move_telling(
        conn, replace(_told(conn, it), stood_in=(it.story,)), it.candidate
    ),
    "a feed says something else": lambda conn, it: save_entries(conn, it.feed, [_again(conn, it)], LATER),
    "a candidate is looked at again": lambda conn, it: lease.take(conn, it.candidate, it.name, LATER),
    "a candidate is taken over": lambda conn, it: lease.take_over(conn, it.candidate, "eve", it.name, LATER),
    "a candidate is given back": lambda conn, it: lease.release(conn, it.candidate, it.name),
    "a candidate is decided": lambda conn, it: candidates.set_state(
        conn, it.candidate, 1, candidates.NewState(CandidateState.ACCEPTED)
    ),
    "a record is made of a candidate": lambda conn, it: candidates.stands_alone(conn, it.candidate),
    "mentions are found anew": lambda conn, it: articles.save_mentions(conn, it.article, ()),
    "an article is proposed": lambda conn, it: articles.mark_proposed(conn, it.article, 0.5, LATER),
    "a summit is no summit": lambda conn, it: context.save_context(conn, it.article, None, Stamp(LATER, "x")),
    "an article is drawn for the audit": lambda conn, it: story.draw(conn, it.article, "2026-03-05"),
    "a body is dropped": lambda conn, it: page.drop_body(conn, it.page),
    "a text is withheld": lambda conn, it: reserved_texts.save_withheld(conn, it.article, it.page, ("Kenya",), LATER),
    "an outlet repeats a story": lambda conn, it: story.add_outlet(conn, it.candidate),
    "a story is told later": lambda conn, it: story.extend_story(conn, it.story, LATER),
    "a page is due again": lambda conn, it: work.make_due(conn, Verb.FETCH, it.entry, LATER),
    "a mute is taken back": lambda conn, it: mute.undo_mute(conn, it.mute, "eve", LATER),
    "a filter is let go": lambda conn, it: saved_filter.drop_filter(conn, it.name, "mine"),
    "a second reading is taken back": lambda conn, it: reading.take_back(conn, it.reading, LATER),
}


@pytest.mark.parametrize("action", ACTIONS.values(), ids=ACTIONS)
def test_only_the_one_that_is_meant_changes(
    database: Database, action: Callable[[sa.Connection, Group], object]
) -> None:
    """Rows that were there before it, or came after it, stay as they are."""
    with database.write() as conn:
        _group(conn, "ana")
        others = _rows(conn)
        middle = _group(conn, "bo")
        owned = _rows(conn).keys() - others.keys()
        _group(conn, "cy")
        before = _rows(conn)
        action(conn, middle)
        after = _rows(conn)
    changed = {key for key, row in before.items() if after.get(key) != row}
    assert changed
    assert changed <= owned


def test_what_is_read_of_one_is_its_own(database: Database) -> None:
    """Each is found by its own number or name among three."""
    with database.write() as conn:
        groups = [_group(conn, name) for name in ("ana", "bo", "cy")]
        for it in groups:
            found = candidates.get_candidate(conn, it.candidate)
            assert found
            assert (found.id, [each.article_id for each in found.articles]) == (it.candidate, [it.article])
            assert {each.article_id for each in found.evidence} == {it.article}
            session, account = user.find_session(conn, f"token-{it.name}"), user.find_user(conn, it.name)
            assert session
            assert account
            assert session.user == account[0]
            assert (feed_status(conn, it.feed).id, due_feed(conn, it.feed, NOW).id) == (it.feed, it.feed)
            assert watch.find_feed(conn, str(it.feed)) == it.feed
            assert due_entry(conn, it.entry, 0).id == it.entry
            assert announcement_of(conn, it.entry).summary.startswith("long")
            assert articles.get_article(conn, it.article).id == it.article
            assert set(articles.mentions_of(conn, [it.article])) == {it.article}
            assert [each.owner for each in saved_filter.saved_filters(conn, it.name)] == [it.name]
            assert set(lease.standing(conn, [it.candidate], NOW)) == {it.candidate}
            kept = mute.get_mute(conn, it.mute)
            assert kept
            assert kept.by == it.name
            last = reading.last_standing_by(conn, it.name)
            assert last == it.reading
            assert reading.last_of(conn, it.candidate, it.name) == (it.reading, True)
            assert reading.last_of(conn, it.candidate, "eve") is None
            assert story.stored_stories(conn, [it.story])[it.story].candidate_id == it.candidate
            assert candidates.versions(conn, [it.candidate]) == {it.candidate: 1}
