"""What sources said, asked for among what others said: only what agrees in all that is asked, in its order."""

from __future__ import annotations

from itertools import product
from typing import Any

import sqlalchemy as sa

from factories.candidate import FACTS, NOW, stored_article, stored_candidate, stored_row
from factories.combinations import EARLIER, LATER, THREE, decided, rows
from offing.model.candidate import CandidateState
from offing.model.clock import SKEW
from offing.model.codec import to_plain
from offing.model.decision import Judgement
from offing.model.entry import AnnouncedEntry
from offing.model.known import KnownProject
from offing.model.mention import MentionKind
from offing.model.mute import Mute
from offing.model.pairing import Thing
from offing.model.run import Ending
from offing.model.vocabulary import Verb
from offing.store import (
    context,
    known,
    known_forget,
    mute,
    outlet,
    pace,
    poll,
    revision,
    run,
    tables,
    tombstone,
    unresolved,
    withhold,
)
from offing.store.engine import Database


def test_a_name_is_known_by_kind_and_key(database: Database) -> None:
    """A listed entity by its id, one that no list has by its name in small letters."""
    with database.write() as conn:
        one = stored_article(conn)
        for kind, key in ((MentionKind.COUNTRY, "bo"), (MentionKind.LENDER, "bo"), (MentionKind.FIRM, "ana")):
            stored_row(conn, tables.mention, article_id=one, kind=kind, key=key, name="Zeta")
        stored_row(conn, tables.mention, article_id=one, kind=MentionKind.FIRM, key=None, name="Ábaco")
        named = {
            (kind, key): mute.is_named(conn, kind, key)
            for kind, key in product((MentionKind.FIRM, MentionKind.LENDER), ("ana", "bo", "cy", "zeta", "ábaco"))
        }
        assert {each for each, yes in named.items() if yes} == {
            (MentionKind.FIRM, "ana"),
            (MentionKind.FIRM, "ábaco"),
            (MentionKind.LENDER, "bo"),
        }


def test_what_is_told_with_a_name(database: Database) -> None:
    """Articles of open candidates that stand for themselves, newest first, each once, at most so many."""
    with database.write() as conn:
        numbers = [stored_candidate(conn) for _ in range(6)]
        decided, merged, other, unlisted, one, two = numbers
        conn.execute(
            sa.update(tables.candidate).where(tables.candidate.c.id == decided).values(state=CandidateState.DEFERRED)
        )
        conn.execute(sa.update(tables.candidate).where(tables.candidate.c.id == merged).values(merged_into=one))
        own = (
            sa.select(tables.candidate.c.id, tables.story_article.c.article_id)
            .join(tables.story_article, tables.story_article.c.story_id == tables.candidate.c.story_id)
            .order_by(tables.candidate.c.id)
        )
        articles = {row.id: row.article_id for row in conn.execute(own)}
        for number in (decided, merged, one, two, two):
            stored_row(conn, tables.mention, article_id=articles[number], kind="firm", key="bo", name="Bo")
        for kind, key in (("firm", "ana"), ("firm", "cy"), ("country", "bo"), ("lender", "bo")):
            stored_row(conn, tables.mention, article_id=articles[other], kind=kind, key=key, name="bo")
        stored_row(conn, tables.mention, article_id=articles[unlisted], kind="firm", key=None, name="BO")
        loose = stored_article(conn)
        stored_row(conn, tables.mention, article_id=loose, kind="firm", key="bo", name="Bo")
        rule = Mute(MentionKind.FIRM, "bo")
        found = [articles[number] for number in (two, one, unlisted)]
        assert list(mute.told_with(conn, rule, 9)) == found
        assert list(mute.told_with(conn, rule, 2)) == found[:2]


def test_an_outlet_is_known_by_its_domain(database: Database) -> None:
    """As it is, not by one before or after; its texts the newest first, each once, without summaries."""
    with database.write() as conn:
        rows = (
            ("a.example", "one", "complete"),
            ("b.example", "first", "complete"),
            ("b.example", "second", "summary-only"),
            ("b.example", "third", "truncated"),
            ("b.example", "third", "complete"),
            ("c.example", "last", "complete"),
        )
        for domain, words, whole in rows:
            values = {"domain": domain, "paragraphs": [words], "text_hash": words, "completeness": whole}
            chosen = tables.article.c.id == stored_article(conn)
            conn.execute(sa.update(tables.article).where(chosen).values(**values))
        assert outlet.latest_texts(conn, "b.example", 9) == (("third",), ("first",))
        assert outlet.latest_texts(conn, "b.example", 2) == (("third",),)
        domains = ("a.example", "aa.example", "b.example", "bb.example", "c.example")
        assert [mute.is_outlet(conn, each) for each in domains] == [True, False, True, False, True]


def test_what_was_drawn_since_a_moment(database: Database) -> None:
    """That moment with it; of outcomes only pages that held no article."""
    with database.write() as conn:
        for at, whole in ((EARLIER, "complete"), (NOW, "complete"), (NOW, "summary-only"), (LATER, "truncated")):
            values = {"extracted_at": at, "completeness": whole, "domain": f"{whole}.example", "author": "Ana"}
            chosen = tables.article.c.id == stored_article(conn)
            conn.execute(sa.update(tables.article).where(chosen).values(**values))
        run_id = run.start_run(conn, "daily", "here", 1, NOW)
        verbs, endings = (Verb.EXTRACT, Verb.FETCH, Verb.PROPOSE), (Ending.EMPTY, Ending.DONE, Ending.FAILED)
        for verb, ending, at in product(verbs, endings, (EARLIER, NOW)):
            url = f"https://{verb}-{ending}.example/{at:%S}"
            stored_row(conn, tables.outcome, run_id=run_id, verb=verb, item_id=1, ending=ending, at=at, url=url)
        found = [(each.domain, each.at) for each in outlet.drawn_since(conn, NOW)]
        whole, *_ = (each for each in outlet.drawn_since(conn, NOW) if each.whole)
    assert sorted(found) == [("complete.example", NOW), ("extract-empty.example", NOW), ("truncated.example", LATER)]
    assert (whole.signed, whole.placed, whole.dated) == (True, False, True)


def test_known_projects_by_base_and_id(database: Database) -> None:
    """Neither the same id in another base nor another id of the same one."""
    with database.write() as conn:
        plain = to_plain(FACTS)
        made = rows(conn, tables.known_project, ("source", "key"), THREE, THREE, facts=plain, digest="")
        for base, key in made:
            found = known.get_known(conn, f"{base}:{key}")
            assert found
            assert (found.source, found.key) == (base, key)
        assert known.get_known(conn, "bo:be") is None
        assert [each.key for each in known.known_projects(conn, "bo")] == list(THREE)
        assert [each.source for each in known.known_projects(conn)] == [base for base, _ in made]
        assert known_forget.keys_of_base(conn, "bo") == THREE
        assert known.count_known(conn) == dict.fromkeys(THREE, 3)
        late = tables.known_project.c
        for at, key in ((EARLIER, "ana"), (LATER, "cy")):
            conn.execute(sa.update(tables.known_project).where(late.key == key).values(imported_at=at))
        assert known.imported_at(conn, "bo", NOW) == {made["bo", "bo"]: Thing.parse("known:bo:bo")}
        new = [KnownProject("bo", key, FACTS) for key in ("ana", "be")]
        assert known.differing(conn, new, NOW) == tuple(new)
        known.keep_known(conn, new, NOW)
        assert known.differing(conn, new, LATER) == ()
        assert known.keep_known(conn, new, LATER) == known.Kept(0, 0, 2)


def test_keys_of_known_projects_are_kept_and_drawn_anew(database: Database) -> None:
    """Of those that are new or changed, of one base; those without the mark are found, oldest first."""
    with database.write() as conn:
        rows = [KnownProject(base, key, FACTS) for base, key in product(("ana", "bo"), ("1", "2"))]
        for base in ("ana", "bo"):
            some = [row for row in rows if row.source == base]
            assert known.keep_known(conn, some, NOW, lambda row: {f"{row.source}-{row.key}", "all"}).new == 2
        known.rekey_known(conn, {rows[3]: ("mark",), rows[0]: ("mark",)})
        keys = conn.execute(sa.select(tables.known_key.c.key).order_by(tables.known_key.c.key)).scalars().all()
        assert keys == ["all", "all", "ana-2", "bo-1", "mark", "mark"]
        assert known.drawn_otherwise(conn, "mark", 9) == (rows[1], rows[2])
        assert known.drawn_otherwise(conn, "mark", 1) == (rows[1],)
        assert known.drawn_otherwise(conn, "marj", 9) == tuple(rows)
        assert known.drawn_otherwise(conn, "marl", 9) == tuple(rows)


def test_decisions_name_the_projects_of_a_base(database: Database) -> None:
    """Those on either side of a pair, and those that something was accepted into; no base whose name begins alike."""
    with database.write() as conn:
        for one, other in (("known:bo:1", "known:ana:2"), ("candidate:1", "known:bo:3"), ("known:bob:4", "known:b:5")):
            stored_row(conn, tables.pair_decision, one=one, other=other, bond="same")
        decided(conn, stored_candidate(conn), "ana", Judgement.ACCEPT, into="known:bo:6")
        assert known_forget.decided_on(conn, "bo") == {"1", "3", "6"}


def test_what_goes_with_a_project_of_a_base(database: Database) -> None:
    """Its keys, names and pairs; those of others stay."""
    with database.write() as conn:
        number = stored_candidate(conn)
        plain = to_plain(FACTS)
        made = rows(conn, tables.known_project, ("source", "key"), THREE, THREE, facts=plain, digest="")
        for (base, key), known_id in made.items():
            thing = f"known:{base}:{key}"
            stored_row(conn, tables.known_key, key="KEN", known_id=known_id)
            stored_row(conn, tables.project_name, target=thing, name="Bo", stamp="")
            stored_row(conn, tables.pair, candidate_id=number, target=thing, relation="same")
        known_forget.forget_known(conn, "bo", ["bo"])
        left = [each for each in made if each != ("bo", "bo")]
        things = [f"known:{base}:{key}" for base, key in left]
        for column, expected in (
            (tables.known_key.c.known_id, [made[each] for each in left]),
            (tables.project_name.c.target, things),
            (tables.pair.c.target, things),
        ):
            assert sorted(conn.execute(sa.select(column)).scalars()) == sorted(expected)


def test_robots_of_an_origin_are_fresh_until_their_time(database: Database) -> None:
    """Not of one before or after; at that time they are asked for again."""
    with database.write() as conn:
        for name in THREE:
            pace.keep_robots(conn, name, pace.StoredRobots(200, name), NOW)
        pace.keep_robots(conn, "none", pace.StoredRobots(None, ""), NOW)
        for name in THREE:
            assert pace.known_robots(conn, name, EARLIER) == pace.StoredRobots(200, name)
        assert pace.known_robots(conn, "bo", NOW) is None
        assert pace.known_robots(conn, "be", EARLIER) is None
        assert pace.known_robots(conn, "none", EARLIER) == pace.StoredRobots(None, "")


def test_a_rest_lasts_as_long_as_the_longest(database: Database) -> None:
    """An equal one changes nothing, its reason neither."""
    with database.write() as conn:
        for until, reason in ((NOW, "first"), (NOW, "equal"), (EARLIER, "shorter")):
            pace.rest(conn, "bo", until, reason)
        row = conn.execute(sa.select(tables.pace)).one()
        assert (row.next_at, row.reason) == (NOW, "first")
        pace.rest(conn, "bo", LATER, "longer")
        row = conn.execute(sa.select(tables.pace)).one()
        assert (row.next_at, row.reason) == (LATER, "longer")


def test_exchanges_are_those_of_a_feed(database: Database) -> None:
    """Latest first, of equal times the one written last; only what stood there before a clock ran ahead."""
    with database.write() as conn:
        feeds = [stored_row(conn, tables.feed, url=name, url_key=name) for name in THREE]
        for at, each, status in product((NOW, EARLIER), feeds, (1, 2)):
            stored_row(conn, tables.poll, feed_id=each, at=at, status=status, outcome="ok", size=each)
        found = poll.recent_polls(conn, feeds[1], 9)
        assert [(each.at, each.status) for each in found] == [(NOW, 2), (NOW, 1), (EARLIER, 2), (EARLIER, 1)]
        assert poll.recent_polls(conn, feeds[1], 3) == found[:3]
        assert {each.size for each in poll.poll_history(conn, feeds[1], NOW)} == {feeds[1]}
        assert poll.poll_history(conn, feeds[1], NOW) == found
        ahead = SKEW
        assert poll.poll_history(conn, feeds[1], NOW - ahead) == found
        assert poll.poll_history(conn, feeds[1], EARLIER - ahead) == found[2:]


def test_entries_are_known_by_key_page_or_title_of_their_feed(database: Database) -> None:
    """One of another feed is not, nor one without a title by having none."""
    with database.write() as conn:
        feeds = [stored_row(conn, tables.feed, url=name, url_key=name) for name in THREE]
        for each, key in product(feeds, ("ana", "bo", "cy", "di")):
            title = "" if key == "di" else f"Title {key}"
            row = {"entry_key": key, "url_key": f"{key}-{each}", "title": title, "feed_id": each}
            stored_row(conn, tables.entry, **row)
        asked = (
            AnnouncedEntry("bo", "", "nowhere"),
            AnnouncedEntry("new", "", f"ana-{feeds[1]}"),
            AnnouncedEntry("newer", "", f"cy-{feeds[0]}", "Title cy"),
            AnnouncedEntry("newest", "", "nowhere else", ""),
        )
        found = poll.known_entries(conn, feeds[1], asked)
        assert sorted(each.url_key for each in found) == sorted(f"{key}-{feeds[1]}" for key in THREE)
        gone = [stored_row(conn, tables.tombstone, feed_id=each, entry_key="bo", url_key=f"x{each}") for each in feeds]
        assert len(gone) == 3
        again = [AnnouncedEntry("bo", "", "y"), AnnouncedEntry("ba", "", "y"), AnnouncedEntry("bu", "", f"x{feeds[2]}")]
        assert tombstone.buried(conn, feeds[1], again) == {"bo", "bu"}


def test_where_an_article_has_a_name_first(database: Database) -> None:
    """That article and that name, where no list has it; None where it has not."""
    with database.write() as conn:
        articles = [stored_article(conn) for _ in THREE]
        for each, name, start in product(articles, THREE, (7, 3, 5)):
            place = start + 10 * THREE.index(name)
            row = {"kind": MentionKind.FIRM, "name": name, "start": place, "end": place + each}
            stored_row(conn, tables.mention, article_id=each, **row)
        stored_row(conn, tables.mention, article_id=articles[1], kind="firm", name="bo", key="bo", start=0, end=1)
        assert unresolved.sample_span(conn, "bo", articles[1]) == (13, 13 + articles[1])
        assert unresolved.sample_span(conn, "be", articles[1]) is None


def test_revisions_are_those_of_an_article(database: Database) -> None:
    """Read ones oldest first; the next to be read is the oldest that was not, of that page."""
    with database.write() as conn:
        articles = [stored_article(conn) for _ in THREE]
        pages = dict(conn.execute(sa.select(tables.article.c.id, tables.article.c.page_id)).all())
        for number, each in product((4, 3, 2, 1), reversed(articles)):
            digest = "" if number > 2 else f"hash {number}"
            row = {"article_id": each, "number": number, "text_hash": digest, "title": f"{each} {number}"}
            stored_row(conn, tables.revision, **row, sha256=f"{each}-{number}", diff=f"{number}")
        told = revision.revisions_of(conn, [articles[2], articles[1]])
        assert [(each.article_id, each.number) for each in told] == [*product(articles[1:], (1, 2))]
        unread = revision.unread_revision(conn, pages[articles[1]])
        assert unread
        assert (unread.article_id, unread.sha256) == (articles[1], f"{articles[1]}-3")
        assert (unread.before.title, unread.sha256_before) == (f"{articles[1]} 2", f"{articles[1]}-2")


def test_a_first_change_is_compared_with_the_article_itself(database: Database) -> None:
    """Its own text and content, of no other article."""
    with database.write() as conn:
        articles = [stored_article(conn) for _ in THREE]
        for each in articles:
            stored_row(conn, tables.revision, article_id=each, number=1, sha256=f"new-{each}")
            chosen = sa.update(tables.article).where(tables.article.c.id == each)
            conn.execute(chosen.values(title=f"title {each}"))
        joined = sa.select(tables.article.c.id, tables.page.c.id, tables.page.c.sha256).join_from(
            tables.article, tables.page
        )
        for each, page_id, digest in conn.execute(joined).all():
            unread = revision.unread_revision(conn, page_id)
            assert unread
            assert (unread.before.title, unread.sha256_before, unread.article_id) == (f"title {each}", digest, each)


def test_quotes_are_those_of_an_article(database: Database) -> None:
    """Of candidates and of its context; a page is let go of where it is reserved and its text is kept."""
    with database.write() as conn:
        articles = [stored_article(conn) for _ in THREE]
        for place, each in enumerate(articles):
            row = {"article_id": each, "kind": "summit", "regions": [], "countries": []}
            stored_row(conn, tables.context, **row, start=place, end=place + 9, quote="q")
        assert withhold.quoted(conn, articles[1]) == ((1, 10),)
        pages = dict(conn.execute(sa.select(tables.article.c.id, tables.article.c.page_id)).all())
        assert [withhold.reserved_page(conn, each) for each in articles] == [None] * 3
        conn.execute(sa.update(tables.page).values(reservation="tdm"))
        assert [withhold.reserved_page(conn, each) for each in articles] == [pages[each] for each in articles]
        conn.execute(sa.update(tables.article).values(withheld_at=NOW))
        assert [withhold.reserved_page(conn, each) for each in articles] == [None] * 3


def test_context_is_found_by_region_and_country(database: Database) -> None:
    """Whole names only; newest first, of equal times the one written last; what was read stands for no date."""
    with database.write() as conn:
        for regions, countries, at in (
            (["africa"], ["KEN"], NOW),
            (["africa-west"], ["KE"], NOW),
            (["asia"], [], None),
            ([], ["KEN", "UGA"], LATER),
        ):
            each = stored_article(conn, at)
            extracted = sa.update(tables.article).where(tables.article.c.id == each).values(extracted_at=EARLIER)
            conn.execute(extracted)
            row = {"article_id": each, "kind": "summit", "regions": regions, "countries": countries}
            stored_row(conn, tables.context, **row, start=0, end=1, quote="q")

        def asked(**by: Any) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
            return [(each.context.regions, each.context.countries) for each in context.list_contexts(conn, **by)]

        both, west, asia, last = ("africa",), ("africa-west",), ("asia",), ()
        assert [regions for regions, _ in asked()] == [last, west, both, asia]
        assert [regions for regions, _ in asked(since=NOW)] == [last, west, both]
        assert [regions for regions, _ in asked(since=LATER)] == [last]
        assert [regions for regions, _ in asked(since=EARLIER)] == [last, west, both, asia]
        assert [regions for regions, _ in asked(region="africa")] == [both]
        assert [regions for regions, _ in asked(country="KEN")] == [last, both]
        assert [regions for regions, _ in asked(country="KE")] == [west]
        assert [regions for regions, _ in asked(country="KEN", regions_of_country=["asia"])] == [last, both, asia]
