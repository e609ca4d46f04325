"""What candidates and names are found by, and what should not be of stories, among others that nearly agree."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from factories.candidate import FACTS, NOW, stored_article, stored_candidate, stored_row
from factories.crowd import crowd
from offing.model.pairs.pairing import Ref
from offing.model.review.candidate import CandidateState
from offing.model.review.queue import Facet
from offing.model.sources.feed import KEPT_STATES
from offing.model.text.search import parse_search
from offing.model.values.codec import to_plain
from offing.store import tables
from offing.store.articles import unresolved
from offing.store.candidates import facet, index
from offing.store.candidates.search import matches
from offing.store.database.engine import Database
from offing.store.feeds import responsive_hosts
from offing.store.pairs import blocking
from offing.store.pairs.match_inputs import match_inputs
from offing.store.stories import repeat, story_check
from offing.store.upkeep import figures

SECOND = timedelta(seconds=1)
EARLIER, LATER = NOW - SECOND, NOW + SECOND


def test_when_an_outlet_repeats(database: Database) -> None:
    """For the first time or again; the times reach as far as they have to."""
    with database.write() as conn:
        it = crowd(conn)["bravo"]
        for at, first, times in (
            (NOW, True, (NOW, NOW)),
            (LATER, False, (NOW, LATER)),
            (EARLIER, False, (EARLIER, LATER)),
            (NOW, False, (EARLIER, LATER)),
        ):
            assert repeat.note_repeat(conn, it["story_article"], "new", at) is first
            row = conn.execute(sa.select(tables.repeat_outlet).where(tables.repeat_outlet.c.outlet == "new")).one()
            assert (row.first_at, row.last_at) == times


def _found(conn: sa.Connection, words: str) -> set[int]:
    conditions = matches(conn, parse_search(words)).among(tables.candidate.c.id)
    return set(conn.execute(sa.select(tables.candidate.c.id).where(*conditions)).scalars())


def test_each_candidate_is_found_by_its_own(database: Database) -> None:
    """Its facts, quotes, headlines and names, those of no other; of a firm without an id the name."""
    with database.write() as conn:
        ids = crowd(conn)
        numbers = {name: it["candidate"] for name, it in ids.items()}
        outdated = index.outdated(conn, list(numbers.values()))
        assert set(outdated) == set(numbers.values())
        index.reindex(conn, *numbers.values())
        assert index.outdated(conn, list(numbers.values())) == ()
        stored = facet.stored_facets(conn, numbers.values())
        for name, number in numbers.items():
            assert _found(conn, name) == {number}
            assert stored[number] == {
                (Facet.COUNTRY, "KEN"),
                (Facet.FIRM, f"{name}-firm"),
                (Facet.FIRM, name),
                (Facet.LENDER, f"{name}-bank"),
                (Facet.SECTOR, FACTS.sector),
                (Facet.STATUS, FACTS.status),
                (Facet.SOURCE, f"{name}.example"),
                (Facet.PERSON, name),
                (Facet.LANGUAGE, name),
            }
        quoted = sa.update(tables.evidence).where(tables.evidence.c.candidate_id == numbers["bravo"])
        conn.execute(quoted.values(quote="lighthouse"))
        index.reindex_article(conn, ids["alpha"]["article"])
        index.reindex_article(conn, ids["delta"]["article"])
        assert _found(conn, "lighthouse") == set()
        index.reindex(conn, numbers["bravo"], same_words=True)
        assert _found(conn, "lighthouse") == set()
        index.reindex_article(conn, ids["bravo"]["article"])
        assert _found(conn, "lighthouse") == {numbers["bravo"]}
        index.add_source(conn, numbers["bravo"], ids["delta"]["article"])
        sources = {
            value
            for kind, value in facet.stored_facets(conn, [numbers["bravo"]])[numbers["bravo"]]
            if kind is Facet.SOURCE
        }
        assert sources == {"bravo.example", "delta.example"}


def test_signs_of_candidates(database: Database) -> None:
    """Their outlets and the names of their reasons, of no other facet or candidate."""
    with database.write() as conn:
        ids = crowd(conn)
        for name, it in ids.items():
            signs = sorted(figures.signs_of(conn, [it["candidate"]]))
            rest = [(it["candidate"], "reason", each) for each in ("firm", "money", "sport", name)]
            assert signs == sorted([*rest, (it["candidate"], "source", f"{name}.example")])


def test_candidates_that_share_the_rarest_keys(database: Database) -> None:
    """A key of very many is left out where there are others; one of few counts anyway; known ones in their order."""
    with database.write() as conn:
        rows = [
            stored_row(conn, tables.known_project, source="a", key=f"{number}", facts={"title": "x"}, digest="")
            for number in range(6)
        ]
        plain = sa.update(tables.known_project).values(facts=to_plain(FACTS))
        conn.execute(plain)
        for key, some in (("rare", rows[4:5]), ("usual", rows[1:4]), ("twice", rows[2:4]), ("other", rows[:1])):
            for each in some:
                stored_row(conn, tables.known_key, key=key, known_id=each)
        found = blocking.near_known(conn, ["rare", "usual", "twice"])
        assert [ref.key for ref in found] == ["a:2", "a:3", "a:4", "a:1"]
        named = blocking.near_known(conn, ["rare"], [Ref.parse("known:a:5"), Ref.parse("known:a:0")])
        assert [ref.key for ref in named] == ["a:4", "a:0", "a:5"]
        assert blocking.near_known(conn, []) == {}
        number = stored_candidate(conn)
        told = match_inputs(conn, [number], {})[number]
        blocking.keep_keys(conn, told, ["m_mark", "m_usual", "n_x"], "m_")
        blocking.keep_keys(conn, told, ["m_usual"], "m_")
        keys = conn.execute(sa.select(tables.story_key.c.key).order_by(tables.story_key.c.key)).scalars().all()
        assert keys == ["m_usual", "n_x"]
        blocking.keep_keys(conn, told, [], "n_")
        stored_row(conn, tables.story_key, key="mxother", telling_id=told.passages[0].telling_id)
        blocking.keep_keys(conn, told, ["m_new"], "m_")
        keys = conn.execute(sa.select(tables.story_key.c.key).order_by(tables.story_key.c.key)).scalars().all()
        assert keys == ["m_new", "mxother"]


def test_candidates_near_known_projects(database: Database) -> None:
    """Undecided ones with a key of these; whose keys bear a mark, the newest first and below a number."""
    with database.write() as conn:
        ids = crowd(conn)
        for name, it in ids.items():
            assert blocking.waiting_near(conn, [it["known_project"]]) == {it["candidate"]}
            assert blocking.near_candidates(conn, 0, [name]) == (it["candidate"],)
            assert blocking.near_candidates(conn, it["candidate"], [name]) == ()
        numbers = [it["candidate"] for it in ids.values()]
        for state in CandidateState:
            conn.execute(sa.update(tables.candidate).values(state=state))
            waiting = blocking.waiting_near(conn, [it["known_project"] for it in ids.values()])
            assert waiting == (set(numbers) if state in {"open", "deferred"} else set())
        assert blocking.drawn_otherwise(conn, "bravo", None, 9) == (numbers[2], numbers[0])
        assert blocking.drawn_otherwise(conn, "bravo", numbers[2], 9) == (numbers[0],)
        assert blocking.drawn_otherwise(conn, "x", None, 2) == (numbers[2], numbers[1])
        conn.execute(
            sa.update(tables.candidate).where(tables.candidate.c.id == numbers[2]).values(merged_into=numbers[0])
        )
        assert blocking.drawn_otherwise(conn, "x", None, 9) == (numbers[1], numbers[0])


def test_names_that_no_list_has(database: Database) -> None:
    """Each spelling of each kind and rule by itself, with its articles, outlets, last time and best score."""
    with database.write() as conn:
        articles = [stored_article(conn, at) for at in (NOW, LATER, None)]
        for number, (score, at) in zip(articles, ((0.5, NOW), (None, NOW), (0.2, EARLIER)), strict=True):
            chosen = sa.update(tables.article).where(tables.article.c.id == number)
            conn.execute(chosen.values(score=score, extracted_at=at, domain=f"{number}.example"))
        for place, kind, name, key in (
            (0, "firm", "Bo", None),
            (1, "firm", "Bo", None),
            (1, "firm", "Bo", None),
            (2, "firm", "Bo", None),
            (0, "lender", "Bo", None),
            (0, "firm", "Cy", None),
            (0, "firm", "Di", "di"),
            (0, "place", "Eve", None),
            (0, "country", "Eve", None),
            (0, "money", "Eve", None),
        ):
            stored_row(conn, tables.mention, article_id=articles[place], kind=kind, name=name, key=key, by="rule")
        every = {(each.kind, each.name): each for each in unresolved.unresolved(conn)}
        assert set(every) == {("firm", "Bo"), ("lender", "Bo"), ("firm", "Cy")}
        found = every["firm", "Bo"]  # type: ignore[index]
        assert (found.articles, found.last_seen, found.score) == (tuple(articles), LATER, 0.5)
        assert found.outlets == {f"{number}.example" for number in articles}
        since = {(each.kind, each.name): each for each in unresolved.unresolved(conn, NOW)}
        assert since["firm", "Bo"].articles == tuple(articles[:2])  # type: ignore[index]
        assert [unresolved.anything_read(conn, at) for at in (None, EARLIER, NOW, LATER)] == [True, True, True, False]


def test_hosts_that_answered_lately(database: Database) -> None:
    """Of healthy feeds that were asked, in no other state."""
    with database.write() as conn:
        for state in KEPT_STATES:
            row = {"url": f"https://{state}.example/x", "url_key": state, "state": state, "last_poll_at": NOW}
            stored_row(conn, tables.feed, **row)
        stored_row(conn, tables.feed, url="https://z.example/x", url_key="z", last_poll_at=None)
        assert responsive_hosts.healthy_origins(conn) == ("https://healthy.example",)


@pytest.mark.parametrize(
    ("table", "values", "said"),
    [
        (
            tables.story,
            {"merged_into": 3},
            ["telling 2 stands in story 2", "candidate 2 leads elsewhere"],
        ),
        (tables.candidate, {"merged_into": 3}, ["candidate 2 leads elsewhere than its story 2"]),
        (tables.evidence, {"candidate_id": 3}, ["quote 2 proves candidate 3, though its telling 2 stands"]),
        (tables.evidence, {"candidate_id": 1}, ["quote 2 proves candidate 1, though its telling 2 stands"]),
        (tables.story_article, {"story_id": 3}, ["story 2 is reported by no article", "quote 2 proves candidate 2"]),
        (tables.candidate, {"story_id": 4}, ["no candidate stands for story 2"]),
    ],
)
def test_what_should_not_be_of_stories_is_reported(
    database: Database, table: sa.Table, values: dict[str, int], said: list[str]
) -> None:
    """Of that one alone; of stories that are whole nothing."""
    with database.write() as conn:
        crowd(conn)
        assert list(story_check.story_faults(conn)) == []
        stored_row(conn, tables.story, first_at=NOW, last_at=NOW)
        stored_row(conn, tables.story_article, story_id=4, article_id=1, ordinal=5, facts={})
        if values != {"story_id": 4}:
            stored_row(conn, tables.candidate, story_id=4, kind="new", state="open", facts={})
        before = set(story_check.story_faults(conn))
        conn.execute(sa.update(table).where(table.c.id == 2).values(**values))
        found = [each for each in story_check.story_faults(conn) if each not in before]
        assert len(found) == len(said)
        assert all(each.startswith(start) for each, start in zip(found, said, strict=True))


def test_stories_are_checked_from_one_on(database: Database) -> None:
    """Those that tell something, so many at a time; each with its own candidate."""
    with database.write() as conn:
        ids = crowd(conn)
        numbers = tuple(it["story"] for it in ids.values())
        assert story_check.stories_to_check(conn, 0, 9) == numbers
        assert story_check.stories_to_check(conn, numbers[0], 1) == numbers[1:2]
        stored = story_check.stored_candidates(conn, numbers[1:])
        assert {story_id: row["id"] for story_id, row in stored.items()} == {
            it["story"]: it["candidate"] for name, it in ids.items() if name != "alpha"
        }
