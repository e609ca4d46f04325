"""Facts about actors: what ships is sound, a site lies over it, mistakes are told by file, line and column."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from offing.config.files.layers import Layers
from offing.config.lexicons.actor_facts import COLUMNS, load_actor_facts
from offing.config.lexicons.lexicon import load_entities, load_lexicon
from offing.errors import ConfigError
from offing.model.reading.actor import ActorFact, CountsAs, FactKind
from offing.model.reading.mention import DatePoint, DatePrecision
from offing.model.reading.rules import EntityKind

HEAD = ",".join(COLUMNS)
GOOD = "zte,listing,HKEX 0763,Hong Kong Exchanges,2024,"


def site(folder: Path, *rows: str) -> Layers:
    """A site with some facts, alone."""
    (folder / "lexicons").mkdir()
    (folder / "lexicons/actor_facts.csv").write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
    return Layers((folder,))


def test_what_ships_is_sound() -> None:
    """Ids exist, dates lie in the past, no fact is told twice, and each kind is there."""
    lexicon = load_lexicon(Layers.of())
    ids = {entity.id for entity in (*lexicon.firms, *lexicon.lenders)}
    assert {fact.entity for fact in lexicon.facts} <= ids
    assert {fact.kind for fact in lexicon.facts} == set(FactKind)
    assert all(date(1980, 1, 1) < fact.as_of.day <= date(2026, 12, 31) for fact in lexicon.facts)
    told = Counter((fact.entity, fact.kind, fact.value.casefold()) for fact in lexicon.facts)
    assert [key for key, times in told.items() if times > 1] == []
    assert all(fact.source.strip() == fact.source and len(fact.source) > 5 for fact in lexicon.facts)


def test_cofinanciers_say_so() -> None:
    """Who is a multilateral by the list of lenders is one by its facts, and nobody else."""
    _, lenders = load_entities(Layers.of())
    multilaterals = {lender.id for lender in lenders if lender.kind is EntityKind.COFINANCIER}
    facts = load_lexicon(Layers.of()).facts
    assert {fact.entity for fact in facts if fact.value == CountsAs.COFINANCIER} == multilaterals


def test_what_counts_by_its_owner_has_one() -> None:
    """Of firms that are controlled from the mainland or shared with others the Chinese side is listed as parent."""
    firms, _ = load_entities(Layers.of())
    parents = {firm.id: firm.parent for firm in firms}
    counted = {fact.entity for fact in load_lexicon(Layers.of()).facts if fact.kind is FactKind.COUNTS_AS}
    assert [key for key in counted & set(parents) if not parents[key]] == []


@pytest.mark.parametrize(
    ("written", "point"),
    [
        ("2021", DatePoint(date(2021, 1, 1), DatePrecision.YEAR)),
        ("2021-06", DatePoint(date(2021, 6, 1), DatePrecision.MONTH)),
        ("2021-06-03", DatePoint(date(2021, 6, 3), DatePrecision.DAY)),
    ],
)
def test_rows_become_facts(tmp_path: Path, written: str, point: DatePoint) -> None:
    """Every column arrives; the date is as precise as it is written."""
    (fact,) = load_actor_facts(site(tmp_path, f"zte,measure,A list,A source,{written},since"), {"zte"})
    assert fact == ActorFact("zte", FactKind.MEASURE, "A list", "A source", point, "since")


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        ("nobody,listing,X 1,Y,2024,", "entity", "'nobody' is not an id"),
        ("zte,colour,red,Y,2024,", "fact", "'colour' is none of owner"),
        ("zte,owner,emperor,Y,2024,", "value", "'emperor' is none of central-state"),
        ("zte,counts-as,friend,Y,2024,", "value", "'friend' is none of controlled"),
        ("zte,listing,,Y,2024,", "value", "is empty"),
        ("zte,listing,X 1,,2024,", "source", "name the public source"),
        ("zte,listing,X 1,Y,May 2024,", "as_of", "'May 2024' is not a date"),
        ("zte,listing,X 1,Y,2021-02-30,", "as_of", "'2021-02-30' is not a date"),
        (GOOD, "entity", "is already in line 2"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, row: str, column: str, message: str) -> None:
    """With file, line and column."""
    with pytest.raises(ConfigError, match=rf"actor_facts\.csv:3: {column}: .*{message}"):
        load_actor_facts(site(tmp_path, GOOD, row), {"zte"})


def test_what_ships_about_a_firm_goes_with_it(tmp_path: Path) -> None:
    """A site that takes a firm off its list need not take its facts off, too; its own facts have to name a firm."""
    shipped = Layers.of()
    layers = Layers((*shipped.folders, tmp_path))
    ids = {fact.entity for fact in load_lexicon(shipped).facts} - {"zte"}
    assert "zte" not in {fact.entity for fact in load_actor_facts(layers, ids)}
    site(tmp_path, GOOD)
    with pytest.raises(ConfigError, match="'zte' is not an id"):
        load_actor_facts(layers, ids)
