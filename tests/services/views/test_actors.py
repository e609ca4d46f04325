"""What is known of a candidate's firms and lenders: their own facts and those of their owners, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from factories.candidate import FACTS
from offing.config.files.layers import Layers
from offing.model.projects.project import Firm
from offing.model.reading.actor import ActorFact, FactKind
from offing.model.reading.mention import DatePoint, DatePrecision
from offing.model.reading.rules import Entity, EntityKind
from offing.model.values.vocabulary import Role
from offing.services.views.actors import actors_of, fact_words, load_register, register, source_words

DAY = DatePoint(date(2021, 6, 3), DatePrecision.DAY)


def fact(entity: str, kind: FactKind, value: str, note: str = "", as_of: DatePoint = DAY) -> ActorFact:
    """A fact of some source."""
    return ActorFact(entity, kind, value, "A list", as_of, note)


def firm(key: str, parent: str | None = None) -> Entity:
    """A firm of the lexicon."""
    return Entity(key, key.upper(), EntityKind.FIRM, "", parent)


def test_owners_facts_stand_beside_those_of_the_firm() -> None:
    """The nearest owner first; a ring of owners ends, and an owner that is gone is passed over."""
    entities = {each.id: each for each in (firm("a", "b"), firm("b", "c"), firm("c", "a"), firm("d", "gone"))}
    known = register(entities, [fact("b", FactKind.LISTING, "X 1"), fact("a", FactKind.MEASURE, "M")])
    actor = known.actor("a")
    assert actor is not None
    assert [(owner.id, [f.value for f in owner.facts]) for owner in actor.owners] == [("b", ["X 1"]), ("c", [])]
    lonely = known.actor("d")
    assert lonely is not None
    assert lonely.owners == ()
    assert known.actor("unknown") is None


def test_only_actors_of_whom_something_is_known_are_shown() -> None:
    """Firms and lenders by their id, each once; what no list has, or of which nothing is known, is left out."""
    entities = {each.id: each for each in (firm("huawei"), firm("china-exim-bank"), firm("plain"))}
    known = register(
        entities, [fact("huawei", FactKind.LISTING, "X 1"), fact("china-exim-bank", FactKind.MEASURE, "M")]
    )
    more = (*FACTS.firms, *FACTS.firms, Firm("Plain", "Plain", Role.PARTNER, "plain"), Firm("New", "New", Role.PARTNER))
    found = actors_of(replace(FACTS, firms=more), known)
    assert [actor.id for actor in found] == ["huawei", "china-exim-bank"]


def test_facts_come_by_kind_and_date() -> None:
    """Owner and listing first, then measures, the oldest first."""
    late, early = (
        fact("a", FactKind.MEASURE, "late"),
        fact("a", FactKind.MEASURE, "early", "", DatePoint(date(2019, 1, 1), DatePrecision.YEAR)),
    )
    actor = register({"a": firm("a")}, [late, early, fact("a", FactKind.OWNER, "private")]).actor("a")
    assert actor is not None
    assert [each.value for each in actor.facts] == ["private", "early", "late"]


@pytest.mark.parametrize(
    ("told", "words", "source"),
    [
        (fact("a", FactKind.OWNER, "central-state"), "owned by the central state", "A list, 3 Jun 2021"),
        (fact("a", FactKind.LISTING, "HKEX 0763"), "listed: HKEX 0763", "A list, 3 Jun 2021"),
        (
            fact(
                "a", FactKind.COUNTS_AS, "joint-venture", "half each", DatePoint(date(2014, 10, 1), DatePrecision.MONTH)
            ),
            "joint venture with a Chinese share (half each)",
            "A list, Oct 2014",
        ),
        (
            fact("a", FactKind.MEASURE, "A ban", "", DatePoint(date(2020, 1, 1), DatePrecision.YEAR)),
            "A ban",
            "A list, 2020",
        ),
    ],
)
def test_facts_are_spoken(told: ActorFact, words: str, source: str) -> None:
    """In a few words, with source and date beside."""
    assert (fact_words(told), source_words(told)) == (words, source)


def test_the_register_of_what_ships() -> None:
    """CRBC stands with its owner, which is one of the central state."""
    actor = load_register(Layers.of()).actor("crbc")
    assert actor is not None
    assert [owner.id for owner in actor.owners] == ["cccc"]
    assert "owned by the central state" in map(fact_words, actor.owners[0].facts)


def test_a_register_is_read_again_where_the_files_of_its_names_changed(tmp_path: Path) -> None:
    """It is the same one before that, and as long as a site only says other things."""
    before = load_register(Layers.of(tmp_path))
    (tmp_path / "queue.toml").write_text("[day]\nbudget = 5\n")
    assert load_register(Layers.of(tmp_path)) is before
    (tmp_path / "lexicons").mkdir()
    row = "id,name,name_zh,parent,kind,source,note\ntongda,Tongda Roads,,,firm,own,\n"
    (tmp_path / "lexicons/firms.csv").write_text(row)
    assert "tongda" not in before.entities
    assert load_register(Layers.of(tmp_path)).entities["tongda"].name == "Tongda Roads"
