"""A base that is imported after the news came in is held against the candidates that wait."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from factories.telling import Piece, arrive_all, number_of
from offing.config.files.layers import Layers
from offing.config.rules import load_rules
from offing.config.sites.import_shapes import load_shape
from offing.model.pairs.matching import Relation
from offing.model.pairs.pairing import Bond, PairDecision, Ref
from offing.model.review.decision import Judgement, Verdict
from offing.services.known_projects.imports import import_known
from offing.services.known_projects.naming import load_names
from offing.services.known_projects.removal import Forgotten, foresee, let_go
from offing.services.known_projects.row_mapping import Names, RowReader
from offing.services.review.decisions import decide
from offing.services.review.pairs import say
from offing.services.rows.row_files import RowSource
from offing.store.candidates.candidate import get_candidate
from offing.store.database.engine import Database
from offing.store.pairs.pair import pairs_of
from offing.store.tables import known_key, known_project, pair, project_name
from propose.tellings import FACTS, amount, size

NOW = datetime(2026, 11, 25, tzinfo=UTC)
CAMERAS = replace(FACTS, amounts=(amount(86.4),), quantities=(size(900),))
TITLE = "900 cameras for Ouagadougou by Huawei"
ROW = {
    "id": "7",
    "title": TITLE,
    "countries": "|".join(FACTS.countries),
    "firms": "|".join(firm.name for firm in FACTS.firms),
    "amount": "86400000",
    "currency": "USD",
    "description": "The project puts up 900 cameras in Ouagadougou.",
}


def _import(database: Database, now: datetime, **cells: str) -> None:
    layers = Layers.of()
    reader = RowReader(load_shape(layers, "plain"), Names(load_rules(layers).lexicon))
    import_known(database, RowSource(iter([(1, ROW | cells)]), lambda: 0), reader, now)


def _update_of(database: Database, name: str) -> str | None:
    with database.read() as conn:
        found = get_candidate(conn, number_of(database, name))
    assert found
    return found.update_of


def test_a_contract_is_linked_with_the_row_of_its_loan(database: Database) -> None:
    """It is no update of a row that stands for the loan alone, and one once the base has one row for the project."""
    told = replace(CAMERAS, lenders=(), quantities=(), title=TITLE)
    arrive_all(database, Piece(TITLE, told, text=(ROW["description"],)))
    _import(database, NOW, agreement="loan", amount="60000000")
    assert _update_of(database, TITLE) is None
    with database.read() as conn:
        (pair,) = pairs_of(conn, number_of(database, TITLE))
    assert (str(pair.target), pair.relation) == ("known:own:7", Relation.LINKED)
    assert "the contract here, its loan there" in pair.reasons
    _import(database, NOW + timedelta(days=1), amount="60000000")
    assert _update_of(database, TITLE) == "known:own:7"


def test_a_base_that_is_let_go_keeps_what_was_decided(database: Database) -> None:
    """What was an update of a row is new again; a row that a person decided on stays, and so does the decision."""
    arrive_all(database, Piece(TITLE, CAMERAS))
    _import(database, NOW)
    mine = number_of(database, TITLE)
    assert _update_of(database, TITLE) == "known:own:7"
    assert foresee(database, "own") == Forgotten(1, 1, ())
    known, candidate = Ref.known("own", "7"), Ref.candidate(mine)
    say(database, PairDecision(0, candidate, known, Bond.SAME, "ana", NOW))
    assert let_go(database, "own", NOW) == Forgotten(0, 0, ("7",))
    assert _update_of(database, TITLE) == "known:own:7"


def test_a_base_goes_with_its_keys_names_and_pairs(database: Database) -> None:
    """Nothing of it is left, and importing it again brings it back."""
    arrive_all(database, Piece(TITLE, CAMERAS))
    _import(database, NOW)
    load_names(database, Layers.of())
    assert let_go(database, "own", NOW) == Forgotten(1, 1, ())
    assert _update_of(database, TITLE) is None
    with database.read() as conn:
        for table in (known_project, known_key, project_name, pair):
            assert conn.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() == 0
    _import(database, NOW + timedelta(days=1))
    assert _update_of(database, TITLE) == "known:own:7"


def test_waiting_candidates_are_held_against_a_later_import(database: Database) -> None:
    """The undecided one becomes an update of the row, and is none once the row tells of another country."""
    arrive_all(database, Piece(TITLE, CAMERAS), decided := Piece("Decided: 900 cameras", CAMERAS, 400))
    decide(database, Verdict(number_of(database, decided.name), Judgement.REJECT, "ana", "spam"), NOW)
    assert _update_of(database, TITLE) is None
    _import(database, NOW)
    assert _update_of(database, TITLE) == "known:own:7"
    assert _update_of(database, decided.name) == f"candidate:{number_of(database, TITLE)}"
    _import(database, NOW + timedelta(days=1), countries="KEN", description="", title="Cameras for Nairobi")
    assert _update_of(database, TITLE) is None
