"""What a firm does: the wording that governs it, its trade, and what is usual."""

from __future__ import annotations

import pytest

from offing.model.reading.rules import EntityKind
from offing.model.sources.article import Article
from offing.model.values.vocabulary import Mode, RecordType, Role, Sector
from offing.propose import propose
from offing.propose.parties.roles import usual_roles
from offing.services.analysis.analyst import load_analyst
from propose.spans import COUNTRY, FIRM, Text, shipped_rules


def roles(text: Text) -> dict[str, Role]:
    """The roles of the firms of the best proposal."""
    best = propose(text.article, text.mentions, shipped_rules()).proposals[0]
    return {firm.name: firm.role for firm in best.facts.firms}


def road(*paragraphs: str, sector: str = "transport") -> Text:
    """An article on a road in Kenya."""
    text = Text("Road in Kenya", *paragraphs).put(COUNTRY, "Kenya", "KEN").cue("sector", "Road", sector)
    return text.cue("mode", "Road", "contract", weight=3.0)


def test_a_passive_speaks_of_the_firm_behind_it() -> None:
    """Of "run by X, Y watches" only X runs."""
    text = road("Foo of Kenya and Bar: run by Foo, says Bar.").put(FIRM, "Foo", "foo").put(FIRM, "Bar", "bar")
    text.cue("role", "run by", "operator", weight=1.5)
    assert roles(text)["Foo"] is Role.OPERATOR
    behind = road("In Kenya the road of Foo is run by others.").put(FIRM, "Foo", "foo")
    behind.cue("role", "run by", "operator", weight=1.5)
    assert roles(behind) == {"Foo": Role.CONTRACTOR}


def test_an_active_verb_speaks_of_the_firm_before_it() -> None:
    """X will supply: a supplier."""
    text = road("Foo will supply the road in Kenya.").put(FIRM, "Foo", "foo")
    text.cue("role", "will supply", "supplier", weight=1.5)
    assert roles(text) == {"Foo": Role.SUPPLIER}


def test_another_firms_clause_tells_little() -> None:
    """Foo supplies; Bar, in the next clause, does what is usual."""
    text = (
        road("In Kenya Foo will supply it; the works on the long road to the far border town are Bar's.")
        .put(FIRM, "Foo", "foo")
        .put(FIRM, "Bar", "bar")
    )
    text.cue("role", "will supply", "supplier", weight=1.5).cue("mode", "works", "loan", weight=3.0)
    assert roles(text) == {"Foo": Role.SUPPLIER, "Bar": Role.CONTRACTOR}


def test_firms_in_a_list_share_a_wording() -> None:
    """Cameras by Foo and Bar: both supply."""
    text = road("In Kenya cameras supplied by Foo and Bar.").put(FIRM, "Foo", "foo").put(FIRM, "Bar", "bar")
    text.cue("role", "supplied by", "supplier", weight=1.6)
    assert roles(text) == {"Foo": Role.SUPPLIER, "Bar": Role.SUPPLIER}


def test_a_wording_that_lies_on_the_name_says_nothing() -> None:
    """A role inside a firm's own name is none."""
    text = road("In Kenya Foo Supply works.").put(FIRM, "Foo Supply", "foo")
    text.cue("role", "Foo Supply works", "operator", weight=3.0)
    assert roles(text) == {"Foo Supply": Role.CONTRACTOR}


@pytest.mark.parametrize(
    ("name", "key", "role"),
    [
        ("Henan Survey and Design", "x", Role.CONSULTANT),
        ("Ningbo Water Meter", "x", Role.SUPPLIER),
        ("Lanzhou University", "x", Role.PARTNER),
    ],
)
def test_the_trade_of_a_firm_tells(name: str, key: str, role: Role) -> None:
    """Where no wording speaks, a firm's name and trade do."""
    text = road(f"{name} is in Kenya.", sector="digital-health" if role is Role.SUPPLIER else "other")
    text.put(FIRM, name, key, name=name)
    assert roles(text) == {name: role}


def test_a_maker_of_equipment_is_a_supplier() -> None:
    """A firm that the lexicon calls a maker mostly supplies; any other would be a contractor there."""
    for kind, role in ((EntityKind.MAKER, Role.SUPPLIER), (EntityKind.FIRM, Role.CONTRACTOR)):
        text = road("Foo is in Kenya.", sector="e-government").put(FIRM, "Foo", "foo", by=kind)
        assert roles(text) == {"Foo": role}


def test_a_public_body_is_a_partner() -> None:
    """An academy is a partner."""
    text = road("Foo is in Kenya.").put(FIRM, "Foo", "foo", by=EntityKind.PUBLIC_BODY)
    assert roles(text) == {"Foo": Role.PARTNER}


def test_what_is_usual() -> None:
    """Investments have investors, agreements partners; a contractor where nothing is known."""
    usual = usual_roles("agriculture", "investment", RecordType.PROJECT)
    assert max(usual, key=lambda role: usual[role]) == Role.INVESTOR
    assert usual_roles(None, None, RecordType.FRAMEWORK_AGREEMENT)[Role.PARTNER] > 0
    assert set(usual_roles(None, None, RecordType.PROJECT)) == {Role.CONTRACTOR, Role.SUPPLIER}


def test_who_invests_is_the_investor_where_no_wording_tells() -> None:
    """An investment outdoes what is usual in a sector that firms mostly build in."""
    for sector in (Sector.ENERGY, Sector.TRANSPORT, Sector.BUILDINGS):
        usual = usual_roles(sector, Mode.INVESTMENT, RecordType.PROJECT)
        assert max(usual, key=lambda role: usual[role]) == Role.INVESTOR
        usual = usual_roles(sector, Mode.CONTRACT, RecordType.PROJECT)
        assert max(usual, key=lambda role: usual[role]) == Role.CONTRACTOR


@pytest.mark.parametrize(
    ("language", "text", "role"),
    [
        ("fr", "L'hôpital Tongji, de Wuhan, lit à distance les clichés de Bamako, au Mali.", Role.PARTNER),
        ("zh", "内罗毕的数据中心由湖南省建筑设计院承担设计。", Role.CONSULTANT),
        ("en", "The solar plant in Kenya: Sungrow will own and run it.", Role.INVESTOR),
        ("ru", "Частным партнёром в Бишкеке станет «Циндао Хайтун Технолоджи».", Role.INVESTOR),
    ],
)
def test_roles_from_end_to_end(language: str, text: str, role: Role) -> None:
    """Institutions take part, design institutes advise, who will own invests."""
    proposals = load_analyst(None).study(Article(1, "", (text,), language)).proposals
    assert [firm.role for firm in proposals[0].facts.firms] == [role]
