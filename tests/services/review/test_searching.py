"""What helps a search along, on both databases."""

from __future__ import annotations

import pytest

from factories.candidate import NOW, stored_candidate
from offing.model.projects.project import ProjectFacts
from offing.model.review.decision import Judgement, Verdict
from offing.model.review.queue import QueueFilter, QueueView
from offing.model.text.search import parse_search
from offing.services.review.decisions import decide
from offing.services.review.queue import QueueReader, page
from offing.services.review.searching import Elsewhere, elsewhere, excerpts
from offing.store.candidates.index import reindex
from offing.store.database.engine import Database

READER = QueueReader("ana", NOW, budget=1)


@pytest.fixture
def desk(database: Database) -> Database:
    """Three candidates, of which one is today's, one waits, and one is rejected."""
    with database.write() as conn:
        for number, title in enumerate(("Port of Lamu", "Railway to Naivasha", "Railway to Malaba")):
            facts = ProjectFacts(title=title, countries=("KEN",))
            reindex(conn, stored_candidate(conn, facts=facts, score=0.9 - number / 100))
    decide(database, Verdict(3, Judgement.REJECT, "bo"), NOW.replace(year=NOW.year - 1))
    return database


def scopes(found: Elsewhere) -> list[tuple[str, int]]:
    """The wider scopes by their views."""
    return [(each.filter.view.value, each.total) for each in found.wider]


def test_a_search_that_finds_nothing_is_offered_where_it_finds_something(desk: Database) -> None:
    """Each scope with what it would find, only where that is more; without the filter that stood in the way first."""
    assert page(desk, QueueFilter(text="naivasha"), READER).total == 0
    assert scopes(elsewhere(desk, QueueFilter(text="naivasha"), READER)) == [("waiting", 1)]
    assert scopes(elsewhere(desk, QueueFilter(text="railway"), READER)) == [("waiting", 1), ("all", 2)]
    assert scopes(elsewhere(desk, QueueFilter(text="lamu", country=("UGA",)), READER)) == [("today", 1)]
    assert elsewhere(desk, QueueFilter(country=("UGA",)), READER) == Elsewhere()


@pytest.mark.parametrize("typed", ["raliway", "Railwy naivasha", '"Raliway" -lamu'])
def test_a_typing_error_is_corrected(desk: Database, typed: str) -> None:
    """To a word that candidates have, in the filter if it finds something there; the rest stays as typed."""
    found = elsewhere(desk, QueueFilter(text=typed, view=QueueView.WAITING), READER)
    assert found.meant is not None
    assert found.meant.filter.text.casefold() == typed.casefold().replace("raliway", "railway").replace(
        "railwy", "railway"
    )
    assert (found.meant.total, found.meant.filter.view) == (1, QueueView.WAITING)
    assert found.wider == ()


def test_a_word_that_nobody_has_is_named(desk: Database) -> None:
    """With nothing near it; words that all stand somewhere, only not together, are no slips."""
    assert elsewhere(desk, QueueFilter(text="zeppelin"), READER) == Elsewhere(unknown=("zeppelin",))
    assert elsewhere(desk, QueueFilter(text="lamu naivasha"), READER) == Elsewhere()
    assert elsewhere(desk, QueueFilter(text="%'\"; DROP zeppelinn*"), READER).meant is None


def test_an_excerpt_shows_what_a_line_does_not(desk: Database) -> None:
    """From quotes and texts of the candidate itself; none without a search."""
    found = page(desk, QueueFilter(view=QueueView.ALL), READER)
    search = parse_search("contract")
    told = excerpts(desk, found.lines, search)
    assert told
    assert all(any(piece.hit and piece.text.casefold() == "contract" for piece in each) for each in told.values())
    assert excerpts(desk, found.lines, parse_search("")) == {}
