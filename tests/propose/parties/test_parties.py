"""Which firms, lenders and countries are the project's, and what the firms do."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from offing.model.reading.rules import EntityKind
from offing.model.review.candidate import Proposal
from offing.model.values.vocabulary import Role
from offing.propose import propose
from propose.spans import COUNTRY, FIRM, LENDER, PLACE, Text, shipped_rules


def best(text: Text) -> Proposal:
    """The best proposal of a text."""
    return propose(text.article, text.mentions, shipped_rules()).proposals[0]


def firms(text: Text) -> list[str]:
    """The names of its firms."""
    return [firm.name for firm in best(text).facts.firms]


def lenders(text: Text) -> list[str]:
    """The names of its lenders."""
    return [lender.name for lender in best(text).facts.lenders]


def kenya(*paragraphs: str) -> Text:
    """An article on a road in Kenya."""
    return Text("Road in Kenya", *paragraphs).put(COUNTRY, "Kenya", "KEN").cue("sector", "Road", "transport")


def test_two_countries_side_by_side_are_both_targets() -> None:
    """Spain and Poland in one breath are two targets; a third one elsewhere is none."""
    text = Text("Megvii terminals in Spain and Poland", "Megvii sells in Spain.", "Thailand has others.")
    text.put(FIRM, "Megvii", "megvii").put(COUNTRY, "Spain", "ESP").put(COUNTRY, "Poland", "POL")
    text.put(COUNTRY, "Thailand", "THA")
    assert best(text).facts.countries == ("ESP", "POL")
    apart = Text("Spain opens bridge by CRBC after Poland declined", "Work is done.").put(COUNTRY, "Spain", "ESP")
    apart.put(COUNTRY, "Poland", "POL").put(FIRM, "CRBC", "crbc")
    assert best(apart).facts.countries == ("ESP",)


def test_where_something_is_made_or_signed_is_no_target() -> None:
    """The place of manufacture and the venue of a signing lose against the project's country."""
    text = Text("Scanners for Estonia", "They were made in Poland by Nuctech.", "The deal was signed in Dubai.")
    text.put(COUNTRY, "Estonia", "EST").put(COUNTRY, "Poland", "POL").put(PLACE, "Dubai", "ARE")
    text.put(FIRM, "Nuctech", "nuctech")
    text.cue("signal", "made in", "marks-origin").cue("signal", "signed in", "marks-venue")
    assert best(text).facts.countries == ("EST",)


def test_the_nationality_of_another_firm_is_no_target() -> None:
    """In "a Turkish firm" Turkey is no place, and in "India's Exim Bank" no Chinese lender stands."""
    text = kenya("A Turkish firm and CRBC build it.", "India's Exim Bank pays.").put(COUNTRY, "Turkish", "TUR")
    text.put(FIRM, "CRBC", "crbc").put(COUNTRY, "India", "IND").put(LENDER, "Exim Bank", "china-exim")
    text.cue("signal", "Turkish firm", "other-contractor").cue("signal", "India's Exim Bank", "other-donor")
    assert best(text).facts.countries == ("KEN",)
    assert lenders(text) == []


def test_the_outlets_country_tips_the_scale() -> None:
    """Of two countries named alike the outlet's own is likelier."""
    text = Text("Bridge by CRBC", "Togo is glad.", "Benin is glad.").put(COUNTRY, "Togo", "TGO")
    text.put(COUNTRY, "Benin", "BEN").put(FIRM, "CRBC", "crbc")
    assert best(text).facts.countries == ("TGO",)


def test_a_rival_elsewhere_is_background() -> None:
    """A firm that is named only beside another country, in a sentence about elsewhere, is left out."""
    text = kenya("CRBC builds it.", "Work goes on.", "A rival, ZTE, does similar work in Peru.")
    text.put(FIRM, "CRBC", "crbc").put(FIRM, "ZTE", "zte").put(COUNTRY, "Peru", "PER")
    text.cue("signal", "rival", "marks-elsewhere").cue("role", "builds", "contractor")
    assert firms(text) == ["CRBC"]


def test_firms_side_by_side_belong_together() -> None:
    """Whoever is named beside a chosen firm is chosen too, unless the sentence is about elsewhere."""
    text = kenya("CRBC and its people build it. CRBC builds.", "CRBC.", "More.", "More.", "It was CRBC and CITCC.")
    text.put(FIRM, "CRBC", "crbc").put(FIRM, "CITCC", "citcc").date("It was", datetime(2001, 1, 1, tzinfo=UTC))
    assert firms(text) == ["CRBC", "CITCC"]
    text.cue("signal", "was", "marks-elsewhere")
    assert firms(text) == ["CRBC"]


@pytest.mark.parametrize(
    ("kind", "beside", "expected"),
    [
        (EntityKind.POLICY_BANK, "pays", ["X"]),
        (EntityKind.COFINANCIER, "pays", []),
        (EntityKind.GOVERNMENT, "pays", []),
        (EntityKind.GOVERNMENT, "lends", ["X"]),
    ],
)
def test_who_counts_as_a_lender(kind: EntityKind, beside: str, expected: list[str]) -> None:
    """A bank does, a multilateral never, the government only of a loan."""
    text = kenya(f"CRBC builds. X {beside} for it.").put(FIRM, "CRBC", "crbc").put(LENDER, "X", "x", by=kind.value)
    if beside == "lends":
        text.cue("flow", "lends", "loan")
    assert lenders(text) == expected


def test_public_bodies_are_partners_and_ministries_no_parties() -> None:
    """An academy takes part as partner; a ministry named in passing is left out."""
    text = kenya("CRBC and others: the Academy maps it.", "Later the Ministry of Commerce spoke.")
    text.put(FIRM, "CRBC", "crbc").put(FIRM, "Academy", "cas", by=EntityKind.PUBLIC_BODY.value)
    text.put(FIRM, "Ministry of Commerce", "mofcom", by=EntityKind.PUBLIC_BODY.value)
    assert [(firm.name, firm.role) for firm in best(text).facts.firms] == [
        ("CRBC", Role.CONTRACTOR),
        ("Academy", Role.PARTNER),
    ]


def test_owners_are_not_at_work() -> None:
    """The owner of the firm at work is left out, in Chinese too, where the owner comes first."""
    text = kenya("CRBC builds it.", "Work goes on.", "CRBC is a unit of CCCC.")
    text.put(FIRM, "CRBC", "crbc").put(FIRM, "CCCC", "cccc").cue("signal", "a unit of", "marks-owner")
    assert firms(text) == ["CRBC"]
    chinese = Text("柬埔寨教室交付", "天闻数媒承建。", "中南传媒旗下的天闻数媒。", language="zh").put(
        COUNTRY, "柬埔寨", "KHM"
    )
    chinese.put(FIRM, "天闻数媒", "tianwen").put(FIRM, "中南传媒", "zhongnan").cue("signal", "旗下", "marks-owner")
    assert firms(chinese) == ["天闻数媒"]


def test_a_parent_is_short_for_its_unit() -> None:
    """Beside "Huawei Digital Power" plain "Huawei" is the same firm."""
    text = kenya("Huawei Digital Power and Huawei supply it.")
    text.put(FIRM, "Huawei Digital Power", "hdp").put(FIRM, "Huawei", "huawei", nth=1)
    assert firms(text) == ["Huawei Digital Power"]


def test_a_local_subsidiary_stands_beside_its_mother() -> None:
    """A firm and its subsidiary in the host country are two parties."""
    text = kenya("Lanton and Lanton Kenya Services supply it.")
    text.put(FIRM, "Lanton Kenya Services", by="local unit").put(FIRM, "Lanton", "lanton", nth=0)
    assert set(firms(text)) == {"Lanton Kenya Services", "Lanton"}


@pytest.mark.parametrize(
    ("role", "expected"), [("supplier", Role.SUPPLIER), ("investor", Role.INVESTOR), ("consultant", Role.CONSULTANT)]
)
def test_the_nearest_wording_tells_the_role(role: str, expected: Role) -> None:
    """The role beside the firm wins over the usual one."""
    text = kenya("The part is played by CRBC.").put(FIRM, "CRBC", "crbc").cue("role", "played by", role)
    assert best(text).facts.firms[0].role is expected


def test_goods_that_are_bought_come_from_a_supplier() -> None:
    """Where nothing else tells, the mode does."""
    text = kenya("CRBC buses were bought.").put(FIRM, "CRBC", "crbc").cue("mode", "bought", "sale")
    assert best(text).facts.firms[0].role is Role.SUPPLIER
