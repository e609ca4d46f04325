"""Accounts of the news: names in several scripts, sums, sites, phases, umbrellas, and the verdict on two of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.config.files.layers import Layers
from offing.config.wordings.account_words import load_account_words
from offing.match.accounts.build import AccountInput, account_of
from offing.match.accounts.compare_news import compare_news
from offing.match.accounts.news_profile import NewsProfile, news_profile, rarity_words
from offing.match.text.name_weights import name_words, plain_words, sound_alike, sound_similarity
from offing.match.text.vectors import Rarity
from offing.match.verdicts.match_keys import MARK, match_keys
from offing.match.verdicts.verdict import Judge, NewsMatch
from offing.model.pairs.matching import NEWS_FEATURES, PARTING, CommonWords, NewsRules, Relation
from offing.model.projects.project import Amount, Firm, Lender, ProjectFacts, SizedBy
from offing.model.text.sounds import han_names, script_of, sound
from offing.model.values.vocabulary import AmountKind, RecordType, Role, Sector, Status

COMMON = {**dict.fromkeys(("the", "of", "in", "for", "camera"), 400), "firm huawei": 300, "NPL nepal": 90}
WORDS = CommonWords(grammar=load_account_words(Layers.of()))
RARITY = Rarity({**COMMON, "country NPL": 100}, 1000, common=WORDS)
WEIGHTS = {
    "country": 0.2,
    "firm": 1.5,
    "sector": 1.0,
    "name": 1.0,
    "sound": 1.2,
    "sum": 2.5,
    "quantity": 1.5,
    "text": 1.5,
}
AGAINST = {"other-firm": -2.0, "other-sum": -1.0, "other-country": -6.0, "other-sector": -1.0, "other-name": -1.0}
NOTHING = dict.fromkeys(NEWS_FEATURES, 0.0)  # what these tests do not weigh
JUDGE = Judge(NewsRules({**NOTHING, **WEIGHTS, **AGAINST, "project-name": 3.0}, -2.0, 0.5, 0.3), RARITY)
FIRM = Firm("CAMC", "CAMC", Role.CONTRACTOR, "camce")
BASE = ProjectFacts(
    countries=("NPL",), firms=(FIRM,), places=("Pokhara",), sector=Sector.TRANSPORT, status=Status.SIGNED
)


def money(millions: float, kind: AmountKind = AmountKind.LOAN, currency: str = "USD") -> Amount:
    """A sum in millions."""
    return Amount(Decimal(str(millions)) * 1_000_000, currency, kind, f"{millions}m")


def size(value: float, unit: str) -> SizedBy:
    """A size."""
    return SizedBy(Decimal(str(value)), unit, f"{value} {unit}")


def told(text: str, year: int = 2016, projects: frozenset[str] = frozenset(), **facts: object) -> NewsProfile:
    """The sketch of an article with these words and fields."""
    made = AccountInput(text, replace(BASE, **facts), text, date(year, 5, 1), projects=projects)
    return news_profile(
        account_of(made, lambda value, currency, _: float(value) if currency == "USD" else None), RARITY
    )


def judged(new: NewsProfile, known: NewsProfile) -> NewsMatch:
    """What one is to the other."""
    return JUDGE.judge(new, known)


@pytest.mark.parametrize(
    "names",
    [
        ("Tuzla", "图兹拉", "Тузла"),
        ("Karonga", "卡龙加"),
        ("Sebkha", "السبخة"),
        ("Hamdania", "الحمدانية"),
        ("Erdeneburen", "额尔登布伦", "Эрдэнэбурэн"),
        ("Hulhumalé", "胡鲁马累"),
    ],
)
def test_names_sound_alike_in_every_script(names: tuple[str, ...]) -> None:
    """One town has one sound, however it is written."""
    assert len({sound(name) for name in names}) == 1


def test_foreign_names_are_found_in_chinese() -> None:
    """Runs of the characters by which foreign names are written, of three or more."""
    assert han_names("骨干网北起卡龙加，南至恩桑杰，全长1330公里") == ["卡龙加", "恩桑杰"]


def test_russian_names_are_compared_without_endings() -> None:
    """A town in another case is the same town; short words are no names."""
    assert set(name_words(["в Шымкенте"])) == set(name_words(["Шымкент"])) | {"в"} - {"в"}
    assert script_of("卡龙加") == "han"
    assert script_of("Suai") == "latin"


def test_a_longer_sound_may_have_an_ending_more() -> None:
    """Four consonants that agree are enough; fewer have to be all."""
    assert sound_alike("rnptr", "rnpt")
    assert not sound_alike("prk", "prkn")
    assert sound_similarity({("latin", "krnk"): 1.0}, {("latin", "krnk"): 1.0}) == 0.0
    assert sound_similarity({("han", "krnk"): 0.9}, {("cyrillic", "krnk"): 0.5}) == pytest.approx(0.4)


def test_names_are_read_from_capitals_quotes_and_facts() -> None:
    """Words in capitals within a sentence and between quotation marks; not of a title all in capitals, nor of firms."""
    text = "Big Deal Signed For Airport Today\nThe Seti river and «Lotus Tower» wait, said CAMC. Nobody came."
    names = account_of(AccountInput("a", BASE, text), lambda *_: None).names
    assert {"Seti", "Lotus", "Tower", "Pokhara"} <= names
    assert not {"Deal", "CAMC", "Nobody", "The"} & names
    assert (
        "Kathmandu" in account_of(AccountInput("a", BASE, "A road to Kathmandu is begun\nText."), lambda *_: None).names
    )


def test_one_project_told_twice_is_the_same() -> None:
    """Country, firm, site and sum agree: the same, with the reasons in words."""
    new = told("Pokhara airport opens\nThe runway at Pokhara is ready.", 2023, amounts=(money(215.9),))
    found = judged(new, told("Loan for Pokhara airport\nNepal borrows for Pokhara.", amounts=(money(215.96),)))
    assert found.relation is Relation.SAME
    assert {"same country (NPL)", "same firm (camce)", "same amount", "same sector (transport)"} <= set(found.reasons)
    assert "same name (pokhara)" in found.reasons


def test_another_script_is_heard() -> None:
    """A Chinese account of the same site and firm, without any shared word."""
    new = told("博克拉国际机场启用\n跑道长2500米。", places=("博克拉",), quantities=(size(2500, "m"),))
    known = told("Loan for Pokhara airport\nA runway.", quantities=(size(2.5, "km"),))
    assert compare_news(new, known, RARITY)["sound"] > 0.3
    assert judged(new, known).relation is Relation.SAME
    assert "same size (2.5 km)" in judged(new, known).reasons


def test_another_country_is_never_the_same() -> None:
    """The same words and firm in two countries stay apart, unless the project is named."""
    text = "Satellite TV for villages\nThe project of ten thousand villages."
    assert judged(told(text), told(text, countries=("RWA",))).relation is Relation.NEW


def test_country_and_firm_alone_are_not_enough() -> None:
    """A firm of the country is no project."""
    found = judged(
        told("One thing\nhappened", places=(), sector=None), told("Quite another\nmatter", places=(), sector=None)
    )
    assert found.relation is Relation.NEW


def test_a_known_name_tells_the_project() -> None:
    """An article that names a known project and nothing else tells of it."""
    named = frozenset({"project:off-2026-000001"})
    bare: dict[str, object] = {"firms": (), "sector": None, "places": ()}
    found = judged(told("Hiyaa leaks\nDamp walls", projects=named, **bare), told("Flats\nfor all", projects=named))
    assert found.relation is Relation.SAME
    assert found.reasons[0] == "names the project"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Safe city: phase two\nmore cameras", "Safe city: phase one\nfirst cameras"),
        ("平安城市二期获批\n摄像头", "平安城市一期获批\n摄像头"),
        ("Второй участок дороги\nстроят", "Первый участок дороги\nсдан"),
        ("Phase 2 of the airport\nat Pokhara", "The airport\nat Pokhara"),
    ],
)
def test_phases_are_linked(one: str, other: str) -> None:
    """Two phases, and a second phase beside what names none, are linked at most."""
    found = judged(told(one), told(other))
    assert found.relation is Relation.LINKED
    assert any(reason.startswith("other phase") for reason in found.reasons)


def test_a_size_that_agrees_tells_a_phase_that_is_not_named() -> None:
    """A follow-up of the second phase is the same as the one that does not call it so."""
    cameras: dict[str, object] = {"quantities": (size(210, "cameras"),)}
    found = judged(told("Phase 2 of the airport\nat Pokhara", **cameras), told("The airport\nat Pokhara", **cameras))
    assert found.relation is Relation.SAME


def test_an_umbrella_is_linked_with_what_stands_under_it() -> None:
    """A general loan of a billion and one of its projects; a framework agreement that is told again is the same."""
    umbrella = told("General loan agreement signed\nfor Pokhara", amounts=(money(1000),))
    assert judged(told("Plant at Pokhara\nbegun", amounts=(money(268),)), umbrella).relation is Relation.LINKED
    assert judged(told("Plant at Pokhara\nbegun"), umbrella).relation is Relation.LINKED
    framed = told("Airport at Pokhara\nagreed", amounts=(money(215),), record_type=RecordType.FRAMEWORK_AGREEMENT)
    assert judged(told("Airport at Pokhara\nbegun", amounts=(money(215),)), framed).relation is Relation.SAME
    assert judged(umbrella, told("Framework agreement for Pokhara\nsigned")).relation is not Relation.LINKED


def test_the_same_system_in_another_town_is_another_project() -> None:
    """Titles that name two towns, and two sizes: new, whatever else agrees."""
    one = told("Safe city for Karaganda\ncameras", places=("Karaganda",), quantities=(size(1400, "cameras"),))
    other = told("Safe city for Shymkent\ncameras", places=("Shymkent",), quantities=(size(2000, "cameras"),))
    found = judged(one, other)
    assert found.relation is Relation.NEW
    assert {"other place (Karaganda here, Shymkent there)", "other size"} <= set(found.reasons)


def test_what_differs_is_reported() -> None:
    """Other firm, lender, sum of the same kind, place, sector."""
    lender = (Lender("CDB", "CDB", "cdb"),)
    one = told(
        "A road\nbuilt", lenders=lender, amounts=(money(10),), firms=(replace(FIRM, id="crbc"),), places=("Dorigul",)
    )
    other = told(
        "A dam\nbuilt",
        lenders=(Lender("Exim", "Exim"),),
        amounts=(money(90),),
        places=("Setiwan", "Pokhara"),
        sector=Sector.ENERGY,
    )
    said = judged(one, other).reasons
    assert {"other firm (crbc here, camce there)", "other lender (cdb here, exim there)", "other amount"} <= set(said)
    assert "other place (Dorigul here, Pokhara, Setiwan there)" in said
    assert "other sector (transport here, energy there)" in said


def test_a_beginning_years_later_is_reported_apart() -> None:
    """What is signed in 2024 is hardly what was told in 2010."""
    features = compare_news(told("Signed\nat last", 2024), told("Signed\nonce", 2010), RARITY)
    assert features["other-beginning"] == 1.0
    assert "other-beginning" not in compare_news(
        told("Open\nnow", 2024, status=Status.COMPLETED), told("S\nx", 2010), RARITY
    )


def test_the_name_of_the_country_tells_nothing() -> None:
    """A word that each tenth account of a country has is no name of a project's own."""
    assert "nepal" not in told("Airport opens\nin Nepal", places=("Nepal",)).names
    assert "pokhara" in told("Airport opens\nat Pokhara").names


def test_amounts_in_two_currencies_are_near() -> None:
    """Without a rate two currencies are not compared; with equal ones the difference is told."""
    found = judged(told("A\nb", amounts=(money(100),)), told("A\nc", amounts=(money(104),)))
    assert "amount within 4 %" in found.reasons
    euro = told("A\nc", amounts=(money(104, currency="EUR"),))
    assert not any("amount" in reason for reason in judged(told("A\nb", amounts=(money(100),)), euro).reasons)


def test_keys_are_shared_by_what_may_be_one() -> None:
    """Sum, size, firm, name by sound and sector with the country, and known projects that are named."""
    facts: dict[str, object] = {"amounts": (money(100),), "quantities": (size(1400, "cameras"),)}
    one = match_keys(told("Pokhara\nopens", projects=frozenset({"known:aiddata:7"}), **facts))
    other = match_keys(told("博克拉机场\n启用", places=("博克拉",), amounts=(money(98),)))
    assert {f"{MARK}NPL:f:camce", f"{MARK}NPL:n:pkr", f"{MARK}known:aiddata:7", f"{MARK}NPL:q:1400 cameras"} <= one
    assert {f"{MARK}NPL:n:pkr", f"{MARK}NPL:f:camce"} <= other
    assert any(":$:" in key for key in one & other)


def test_words_are_counted_for_the_table() -> None:
    """Words, sounds, parties, and what is typical of a country."""
    counted = set(rarity_words(told("Pokhara\nopens", lenders=(Lender("Exim", "Exim"),)).account))
    assert {"pokhara", "~pkr", "firm camce", "lender exim", "country NPL", "NPL pokhara", "NPL ~pkr"} <= counted


PLAIN = plain_words(["Wednesday", "Data", "Feb"], {"NPL": ["Pokhara", "Bergistan"]})


def judged_plainly(one: AccountInput, other: AccountInput) -> NewsMatch:
    """What one is to the other where Pokhara is a large town, and some words are plain."""
    rarity = Rarity({**COMMON, "country NPL": 100}, 1000, PLAIN)
    new, known = (news_profile(account_of(each, lambda value, *_: float(value)), rarity) for each in (one, other))
    return Judge(JUDGE.rules, rarity).judge(new, known)


def telling(text: str, **facts: object) -> AccountInput:
    """What is told by these words and fields."""
    return AccountInput(text, replace(BASE, **facts), text, date(2016, 5, 1))


def test_days_ordinary_words_and_large_towns_are_no_names() -> None:
    """Two accounts that share a weekday, a common word and the town with a million people share no name."""
    one = telling("Fibre ring for schools\nSaid on Wednesday: Data at Pokhara.", sector=Sector.TELECOM, firms=())
    other = telling(
        "Clinic gets beds\nBegun on Wednesday, with Data from Pokhara.", sector=Sector.DIGITAL_HEALTH, firms=()
    )
    found = judged_plainly(one, other)
    assert found.relation is Relation.NEW
    assert not any(reason.startswith("same name") for reason in found.reasons)


def test_places_that_are_both_told_part_what_shares_no_name() -> None:
    """One firm's data centres in a large town and elsewhere are two, though their titles are alike."""
    text = "CAMC to build data centre for {}\nThe data centre of {} keeps records."
    one = telling(text.format("Bergistan County", "Bergistan"), places=("Bergistan",))
    other = telling(text.format("Tolumasi", "Tolumasi"), places=("Tolumasi",))
    found = judged_plainly(one, other)
    assert found.relation is Relation.NEW
    assert "other place (Bergistan here, Tolumasi there)" in found.reasons


def test_a_memorandum_is_no_umbrella_over_all_that_a_firm_does() -> None:
    """An umbrella names several works, or the other's own name; a memorandum of a firm for one centre does neither."""
    framework: dict[str, object] = {"record_type": RecordType.FRAMEWORK_AGREEMENT, "amounts": (money(900),)}
    part = told("CAMC builds clinic\nfor mothers", places=(), amounts=(money(30),))
    signed = told("CAMC signs memorandum\non a national data centre", places=(), **framework)
    assert "part" not in compare_news(part, signed, RARITY)
    other = told("CAMC signs framework agreement\non a stadium", places=(), **framework)
    assert "part" not in compare_news(part, other, RARITY)
    several = told("CAMC signs framework agreement\non projects of many kinds", places=(), **framework)
    assert "part" in compare_news(part, several, RARITY)


def test_sums_that_are_worlds_apart_are_two_projects() -> None:
    """A terminal and the scanners in it share a name, and are not one; a fine without a kind speaks neither way."""
    terminal = told("Terminal at Pokhara\nis built", amounts=(money(360),))
    scanners = told("Scanners at Pokhara\nare given", amounts=(money(0.03, AmountKind.GRANT),))
    found = judged(scanners, terminal)
    assert found.relation is Relation.NEW
    assert "amounts more than twenty times apart" in found.reasons
    fined = told("Terminal at Pokhara\nis late", amounts=(money(0.03, AmountKind.UNSPECIFIED),))
    assert judged(fined, terminal).relation is Relation.SAME


def test_another_sector_needs_a_name_of_its_own() -> None:
    """A railway and a gift of scanners in one country are two; what bears one rare name may be read twice."""
    one, other = ("Line is cut\nby rain", "Line is cut\nby a flood")
    plain: dict[str, object] = {"places": (), "firms": ()}
    assert judged(told(one, **plain), told(other, sector=Sector.DIGITAL_HEALTH, **plain)).relation is Relation.NEW
    assert "other-matter" not in compare_news(
        told("A at Pokhara\nx"), told("B\nx", sector=Sector.DIGITAL_HEALTH), RARITY
    )


def test_what_measures_and_costs_the_same_may_be_read_as_of_two_sectors() -> None:
    """A hospital is a building, too; one sum alone makes no railway of it."""
    plain: dict[str, object] = {"places": (), "firms": (), "amounts": (money(70),), "quantities": (size(246, "beds"),)}
    one = told("Clinic rises\nfor all", **plain | {"sector": Sector.DIGITAL_HEALTH})
    other = told("Ward opens\nin spring", **plain | {"sector": Sector.DIGITAL_EDUCATION})
    assert "other-matter" not in compare_news(one, other, RARITY)
    unmeasured = told("Ward opens\nin spring", **plain | {"sector": Sector.DIGITAL_EDUCATION, "quantities": ()})
    assert "other-matter" in compare_news(one, unmeasured, RARITY)
    building = told("Ward opens\nin spring", **plain | {"sector": Sector.BUILDINGS, "quantities": ()})
    assert not {"other-sector", "other-matter"} & compare_news(one, building, RARITY).keys()


def test_one_town_within_weeks_is_enough_beside_firm_and_sector() -> None:
    """A large town has many projects, but hardly two of one firm and sector that are told of in one month."""
    made: dict[str, object] = {"places": (), "quantities": (size(40, "km"),)}
    award, revoked = "CAMC wins line\nThe railway of Pokhara is theirs.", "Deal is off\nNobody builds to Pokhara now."
    rarity = Rarity({**COMMON, "country NPL": 100}, 1000, frozenset({"NPL pokhara"}))
    first = sketch(award, date(2016, 5, 1), rarity, **made)
    judge = replace(JUDGE, rarity=rarity)
    other: dict[str, object] = {"places": (), "quantities": (size(55, "km"),)}
    assert judge.judge(sketch(revoked, date(2016, 5, 20), rarity, **other), first).relation is Relation.SAME
    assert judge.judge(sketch(revoked, date(2016, 9, 1), rarity, **other), first).relation is Relation.NEW
    elsewhere = sketch("Deal is off\nNobody builds to Birgunj now.", date(2016, 5, 20), rarity, **other)
    assert judge.judge(elsewhere, first).relation is Relation.NEW


COMMON_FIRM = {**COMMON, "country NPL": 100, "firm camce": 60}


@pytest.mark.parametrize(
    ("counts", "facts", "relation"),
    [
        ({}, {}, Relation.SAME),  # a firm of few projects
        (COMMON_FIRM, {}, Relation.NEW),
        (COMMON_FIRM, {"lenders": (Lender("EXIM", "EXIM", "china-eximbank"),)}, Relation.SAME),
        (COMMON_FIRM, {"places": ("Biratnagar",)}, Relation.SAME),
        ({}, {"quantities": (size(55, "km"),)}, Relation.NEW),
        ({}, {"places": ("Birgunj",)}, Relation.NEW),
        ({}, {"sector": None}, Relation.NEW),
        ({}, {"firms": (replace(FIRM, name="CCCC", id="cccc"),)}, Relation.NEW),
    ],
)
def test_what_agrees_throughout_is_one_project_years_later(
    counts: dict[str, int], facts: dict[str, object], relation: Relation
) -> None:
    """Firm and sector agree, nothing differs, and one thing more is shared: few know the firm, a lender, a town."""
    large = frozenset({"NPL biratnagar", "NPL birgunj"})
    rarity = Rarity(counts or {**COMMON, "country NPL": 100}, 1000, large)
    told_of: dict[str, object] = {
        "places": ("Biratnagar",) if "places" in facts else (),
        "quantities": (size(40, "km"),),
        "lenders": facts.get("lenders", ()),
    }
    known = sketch("A line for the plain\nThey sign.", date(2016, 5, 1), rarity, **told_of)
    new = sketch(
        "Trains arrive\nIt opened.", date(2021, 5, 1), rarity, **{"places": (), "status": Status.COMPLETED, **facts}
    )
    rules = replace(JUDGE.rules, same=0.4)
    assert Judge(rules, rarity).judge(new, known).relation is relation


def sketch(text: str, day: date, rarity: Rarity, **facts: object) -> NewsProfile:
    """The sketch of an article of a day, by rarities of its own."""
    return news_profile(account_of(AccountInput(text, replace(BASE, **facts), text, day), lambda *_: None), rarity)


@pytest.mark.parametrize(
    "title", ["Contournement, deuxième étape", "المرحلة الثانية من الطريق", "Segunda etapa de la vía", "二期公路"]
)
def test_a_second_stage_is_read_in_every_language(title: str) -> None:
    """Its number is told by a word or sign of the language."""
    assert told(f"{title}\nText.").phases == {2}


def test_what_names_no_phase_shows_none() -> None:
    """A second phase beside what names none: only the one that is told stands in the words."""
    found = judged(told("The airport\nat Pokhara"), told("Phase 2 of the airport\nat Pokhara"))
    assert "other phase (2 there)" in found.reasons


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_words_can_be_compared(one: str, other: str) -> None:
    """Whatever the words are, features lie between 0 and 1, two accounts are compared alike in both orders."""
    first, second = told(f"{one}\n{other}"), told(f"{other}\n{one}")
    features = compare_news(first, second, RARITY)
    assert all(0 <= strength <= 1.0001 for strength in features.values())
    assert set(features) <= {*NEWS_FEATURES, *PARTING, "at-once", "town", "other-town", "own-words"}
    assert features == pytest.approx(compare_news(second, first, RARITY))


def test_parties_in_two_scripts_differ_less_surely() -> None:
    """A firm that no list has may be the one that is written in other letters."""
    arabic = told("مطار", firms=(Firm("دي إف إتش", "دي إف إتش", Role.CONTRACTOR),))
    latin = told("Airport", firms=(Firm("Other Works", "Other Works", Role.CONTRACTOR),))
    one = told("Airport")
    strengths = [compare_news(other, one, RARITY).get("other-firm", 0.0) for other in (latin, arabic)]
    assert strengths[0] == 1.0
    assert 0 < strengths[1] < 1.0


def test_titles_that_name_two_works_part_them_where_sizes_differ_too() -> None:
    """One firm's two rivers in one country: the second article names the first one as well."""
    size_of = {"quantities": (size(58, "m"),)}, {"quantities": (size(6, "km"),)}
    tamor = told("CAMC to dam the Tamor\nThe Tamor is to be dammed.", places=(), **size_of[0])
    kamala = told("Works start on the Kamala\nThe firm also builds on the Tamor.", places=(), **size_of[1])
    later = told("Auditors look at the Tamor\nThe Tamor works.", places=(), **size_of[1])
    assert "other-site" in compare_news(kamala, tamor, RARITY)
    assert "other-site" not in compare_news(later, tamor, RARITY)


@pytest.mark.parametrize(
    "lead",
    [
        "China opens a credit line for eleven hospitals",
        "La Chine ouvre une ligne de crédit pour onze hôpitaux",
        "China abre una línea de crédito para once hospitales",
        "A China abre uma linha de crédito para onze hospitais",
        "Китай открыл кредитную линию на одиннадцать больниц",
        "中国提供信贷额度建设11家医院",
    ],
)
def test_a_credit_line_for_several_works_is_an_umbrella_over_each(lead: str) -> None:
    """The first hospital is one of what the line is for, and not the line."""
    line = told(f"Health\n{lead}", firms=(), amounts=(money(160),))
    first = told("Pokhara hospital\nThe first of them.", amounts=(money(21.4, AmountKind.CONTRACT),))
    assert "part" in compare_news(first, line, RARITY)
