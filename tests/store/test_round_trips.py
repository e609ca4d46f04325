"""What is kept comes back as it was, with all that may be empty both given and not."""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from factories.candidate import FACTS, NOW, stored_article, stored_candidate, stored_row
from offing.model.operation.run import Stamp
from offing.model.pairs.pairing import Bond, PairDecision, Ref
from offing.model.projects.project import Change, LifeEvent
from offing.model.reading.evidence import Evidence, FieldName
from offing.model.reading.mention import KnownName, Mention, MentionKind, Money, NameReliability
from offing.model.review.decision import Decision, Judgement
from offing.model.sources.article import Completeness, ExtractedArticle
from offing.model.values.codec import to_plain
from offing.model.values.vocabulary import EventKind, Speaker, Status
from offing.store import tables
from offing.store.articles import article
from offing.store.candidates import candidate, decision
from offing.store.database.engine import Database
from offing.store.pairs import pairing
from offing.store.records import event

SECOND = timedelta(seconds=1)
LATER = NOW + SECOND
DRAWN = ExtractedArticle("https://news.example/x", "Title", ("One.",), "en", NOW, "meta", "Ana", "News", "own")
MADE = Stamp(NOW, "extract/1")


def _page_of(conn: sa.Connection, country: str | None, key: str) -> int:
    feed_id = stored_row(conn, tables.feed, url=key, url_key=key, country=country)
    entry_id = stored_row(conn, tables.entry, feed_id=feed_id, entry_key=key, url_key=key)
    digest = f"{key:0>64}"
    conn.execute(sa.insert(tables.body).values(sha256=digest, packed=zlib.compress(key.encode())))
    number: int = stored_row(conn, tables.page, entry_id=entry_id, final_url_key=key, sha256=digest)
    return number


def test_an_article_is_kept_once_with_the_country_of_its_feed(database: Database) -> None:
    """Its own feed's; one whose address has one already is not kept."""
    with database.write() as conn:
        pages = [_page_of(conn, country, key) for country, key in (("AAA", "a"), ("KEN", "b"), ("ZZZ", "c"))]
        number = article.save_article(conn, pages[1], DRAWN, "hash", MADE)
        assert number
        row = conn.execute(sa.select(tables.article)).one()
        assert (row.country, row.pages, row.text_hash, row.extracted_at) == ("KEN", None, "hash", NOW)
        assert (row.produced_by, row.published_source, row.domain) == ("extract/1", "meta", "news.example")
        assert article.save_article(conn, pages[2], DRAWN, "hash", MADE) is None
        assert (article.text_hash_of(conn, number), article.read_at(conn, number)) == ("hash", NOW)
        other = replace(DRAWN, url="https://news.example/y", pages=(1, 2), completeness=Completeness.PAYWALLED)
        second = article.save_article(conn, pages[2], other, "other", Stamp(LATER, "x"))
        assert second
        assert conn.execute(sa.select(tables.article.c.pages).order_by(tables.article.c.id.desc())).scalar() == [1, 2]
        assert (article.text_hash_of(conn, second), article.read_at(conn, second)) == ("other", LATER)
        found = article.get_article(conn, second)
        assert (found.completeness, found.withheld) == (Completeness.PAYWALLED, False)
        conn.execute(sa.update(tables.article).where(tables.article.c.id == second).values(withheld_at=NOW))
        assert article.get_article(conn, second).withheld


def test_a_summary_gives_way_to_the_text(database: Database) -> None:
    """It is kept beside nothing; a text is kept beside it; summaries of other addresses do not matter."""
    summary = replace(DRAWN, completeness=Completeness.SUMMARY_ONLY)
    with database.write() as conn:
        pages = [_page_of(conn, None, key) for key in "abcdef"]
        for page_id, name in zip(pages[:2], ("w", "y"), strict=True):
            other = replace(DRAWN, url=f"https://news.example/{name}")
            assert article.save_article(conn, page_id, other, "h", MADE)
        assert article.save_article(conn, pages[2], summary, "h", MADE)
        assert article.save_article(conn, pages[3], summary, "h", MADE) is None
        assert article.save_article(conn, pages[3], DRAWN, "h", MADE)
        assert article.save_article(conn, pages[4], summary, "h", MADE) is None
        assert article.save_article(conn, pages[4], replace(DRAWN, url="https://news.example/z"), "h", MADE)


def test_mentions_come_back_by_place(database: Database) -> None:
    """With a value or without one; of equal places the first kept first."""
    known_name = KnownName(("KEN",), "energy", NameReliability.OWN)
    found = (
        Mention(MentionKind.MONEY, 9, 12, "x", "EUR", "", Money(Decimal(85), "EUR"), 1.0, "rule"),
        Mention(MentionKind.FIRM, 3, 5, "Hu", None, "Hu", None, 0.5, "list"),
        Mention(MentionKind.PROJECT, 3, 5, "Hu", "known:aid:1", "Hu", known_name, 1.0, "list"),
    )
    with database.write() as conn:
        numbers = [stored_article(conn) for _ in range(3)]
        for each in numbers:
            article.save_mentions(conn, each, found)
        article.save_mentions(conn, numbers[2], ())
        assert article.get_mentions(conn, numbers[1]) == (found[1], found[2], found[0])
        assert set(article.mentions_of(conn, numbers)) == set(numbers[:2])
        assert article.get_mentions(conn, numbers[2]) == ()


@pytest.mark.parametrize("speaker", [None, Speaker.HOST_OFFICIAL])
def test_a_quote_comes_back_with_who_says_so(database: Database, speaker: Speaker | None) -> None:
    """Or with nobody; whether its article is withheld is told."""
    with database.write() as conn:
        number = stored_candidate(conn)
        conn.execute(sa.update(tables.evidence).values(speaker=speaker))
        found = candidate.get_candidate(conn, number)
        assert found
        assert {each.speaker for each in found.evidence} == {speaker}
        assert not found.articles[0].withheld
        conn.execute(sa.update(tables.article).values(withheld_at=NOW))
        masked = candidate.get_candidate(conn, number)
        assert masked
        assert masked.articles[0].withheld


PROOF = Evidence(FieldName.STATUS, "signed", 1, 0, 5, "Kenya", None)


@pytest.mark.parametrize("proofs", [(), (PROOF,)])
@pytest.mark.parametrize("into", [None, Ref.parse("known:aid:1")])
def test_a_decision_comes_back_whole(database: Database, proofs: tuple[Evidence, ...], into: Ref | None) -> None:
    """With its proofs and what it was accepted into, or without."""
    with database.write() as conn:
        number = stored_candidate(conn)
        said = {"proofs": proofs, "into": into}
        new = Decision(0, number, Judgement.ACCEPT, "ana", NOW, "", {}, {}, **said)  # type: ignore[arg-type]
        made = decision.append(conn, new, "mark")
        assert decision.decisions_of(conn, [number]) == {number: (made,)}
        assert (made.proofs, made.into) == (proofs, into)
        row = conn.execute(sa.select(tables.decision)).one()
        assert (row.proofs is None, row.into is None) == (not proofs, into is None)


def test_a_decision_on_a_pair_comes_back_whole(database: Database) -> None:
    """As it was written, under its number; what was taken back stands no more, nor does taking back."""
    one, other = Ref.parse("candidate:1"), Ref.parse("candidate:2")
    with database.write() as conn:
        made = [
            pairing.append_pair_decision(conn, PairDecision(0, one, other, bond, "ana", NOW, f"{bond}"))
            for bond in Bond
        ]
        assert pairing.decisions_on(conn, [one]) == pairing.decisions_on(conn, [other]) == tuple(made)
        back = pairing.append_pair_decision(conn, replace(made[1], undoes=made[1].id))
        assert pairing.decisions_on(conn, [one]) == (made[0], made[2])
        assert pairing.pair_decisions(conn, [back.id, made[1].id]) == (made[1], back)
        third = Ref.parse("known:aid:3")
        pairing.append_pair_decision(conn, PairDecision(0, third, other, Bond.SAME, "ana", NOW))
        pairing.append_pair_decision(conn, PairDecision(0, third, Ref.parse("known:aid:4"), Bond.LINKED, "ana", NOW))
        same = pairing.same_items(conn, one)
        assert {str(each) for each in same} == {"candidate:1", "candidate:2", "known:aid:3"}
        kinds = pairing.decisions_on_kinds(conn, [third.kind])
        assert {str(each.one) for each in kinds} == {"known:aid:3"}
        assert len(kinds) == 2


def test_an_event_comes_back_whole(database: Database) -> None:
    """With a status or changes, or neither; set aside, or not; in the order of the line."""
    with database.write() as conn:
        number = stored_candidate(conn)
        name = "off-2026-000001"
        stored_row(conn, tables.project, id=name, year=2026, number=1, facts=to_plain(FACTS), version=1)
        changes = (Change("places", (), ("Nairobi",)), Change("title", ("A",), ("B", "C")))
        line = (
            LifeEvent(EventKind.STATUS, Status.SIGNED, date(2026, 3, 1), number, "u", "q", "2026-03"),
            LifeEvent(EventKind.CHANGE, None, date(2026, 3, 2), number, "u", "q", "", changes),
            LifeEvent(EventKind.AUDIT, None, date(2026, 3, 3), number, "u", "q", "", (), "ana", NOW),
        )
        event.save_lines(conn, {name: line[::-1]}, [number])
        stored = event.events_of(conn, [name])[name]
        assert tuple(stored) == line
        numbers = {each.kind: each.id for each in stored}
        assert conn.execute(sa.select(tables.event.c.changes).where(tables.event.c.kind == "audit")).scalar() is None
        later = replace(line[0], quote="other")
        event.save_lines(conn, {name: (later, line[2])}, [number])
        again = event.events_of(conn, [name])[name]
        assert again == [later, line[2]]
        assert {each.kind: each.id for each in again} == {kind: numbers[kind] for kind in ("status", "audit")}
        assert event.events_of(conn, ["off-2026-000002"]) == {}
