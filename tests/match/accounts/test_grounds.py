"""What two accounts must share to be called the same: something of the project itself, and no country apart."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from functools import cache
from math import log

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from factories.account import RULES
from offing.config.files.layers import Layers
from offing.config.lexicons.world import country_names
from offing.config.weights.matching import load_common, load_news
from offing.match import match
from offing.match.accounts.build import AccountInput, account_of
from offing.match.accounts.compare_news import compare_news
from offing.match.accounts.news_profile import NewsProfile, news_profile
from offing.match.text.distinctive import distinctive_words
from offing.match.verdicts.verdict import Judge, NewsMatch
from offing.model.pairs.matching import Account, Matched, Relation
from offing.model.projects.project import Firm, Lender, ProjectFacts
from offing.model.values.vocabulary import Role, Sector
from offing.services.comparison.match import Matcher, load_matcher, match_rows, read_rows
from offing.services.matching.match_rules import rarity_of

UNLIKE = [
    ("China provides hybrid rice technology to Tajikistan", "China provides a sports palace to Tajikistan", "TJK"),
    ("中国向塔吉克斯坦提供杂交水稻技术援助", "中国向塔吉克斯坦援建体育宫", "TJK"),
    ("Китай передал Таджикистану гибридный рис", "Китай строит Таджикистану дворец спорта", "TJK"),
    (
        "Chinese Government provides grant for Hybrid Rice Project in Timor-Leste",
        "Chinese Government provides grant for Sports Palace Project in Timor-Leste",
        "TLS",
    ),
    (
        "La Chine accorde un don à Madagascar pour le riz hybride",
        "La Chine accorde un don à Madagascar pour le palais des sports",
        "MDG",
    ),
    (
        "China Eximbank provides loan for hybrid rice in Madagascar in 2015",
        "China Eximbank provides loan for sports palace in Madagascar in 2015",
        "MDG",
    ),
    ("China concede un préstamo a Bolivia para arroz", "China concede un préstamo a Bolivia para un estadio", "BOL"),
    ("الصين تقدم لطاجيكستان الأرز الهجين", "الصين تقدم لطاجيكستان قصر الرياضة", "TJK"),
]
# Of each, no word is another's: what they are for, in words of AidData's records.
MATTERS = (
    *("hybrid rice", "sports palace", "ambulances", "fibre backbone", "anti-malarial drugs", "cotton ginnery"),
    *("toll highway", "deepwater harbour", "bamboo weaving", "textbooks", "drilling rigs", "police motorcycles"),
)
FORMS = (
    "Chinese Government provides grant for {} in {} in {}",
    "China Eximbank lends {2} for {0} to {1}, loan agreement signed",
    "China donates {0} to {1} in {2}",
    "In {2}, the Government of China and the Government of {1} signed an agreement on {0}",
)
COUNTRIES = {"Tajikistan": "TJK", "Timor-Leste": "TLS", "Madagascar": "MDG", "Papua New Guinea": "PNG", "Kenya": "KEN"}
LENDERS = ((), ("china-eximbank",), ("china-government",))


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    """The shipped matcher."""
    return load_matcher(None)


@cache
def judge() -> Judge:
    """The judge of news by what ships."""
    return Judge(load_news(Layers.of(None)), rarity_of(Layers.of(None)))


def judged(one: AccountInput, other: AccountInput) -> NewsMatch:
    """What the site says of two tellings."""
    sketches = [news_profile(account_of(each, lambda *_: None), judge().rarity) for each in (one, other)]
    return judge().judge(*sketches)


def matched(one: Account, other: Account) -> Matched:
    """What `offing match` says of one account beside another."""
    (found,) = match([other], [one], RULES)
    return found


def news(text: str, country: str, lenders: tuple[str, ...] = (), year: int = 2015) -> AccountInput:
    """An article of a headline that is also its text."""
    facts = ProjectFacts(countries=(country,), lenders=tuple(Lender(each, each, each) for each in lenders))
    return AccountInput(text, facts, f"{text}\n{text}.", date(year, 3, 1))


@pytest.mark.parametrize(("one", "other", "country"), UNLIKE)
def test_two_files_of_unlike_projects_are_not_the_same(matcher: Matcher, one: str, other: str, country: str) -> None:
    """In `offing match`, projects that share their country, lender and year alone are told apart, in all languages."""
    rows = (json.dumps({"id": 1, "title": title, "countries": [country], "year": 2015}) for title in (one, other))
    new, known = (read_rows(io.BytesIO(row.encode()), matcher.drawer, pytest.fail) for row in rows)
    (found,) = match_rows(known, new, matcher.rules)
    assert found["verdict"] == "new"
    assert found["matches"][0]["score"] < matcher.rules.same


@pytest.mark.parametrize("lenders", LENDERS)
@pytest.mark.parametrize(("one", "other", "country"), UNLIKE)
def test_news_of_unlike_projects_is_not_the_same(one: str, other: str, country: str, lenders: tuple[str, ...]) -> None:
    """On the site, too, nor is the country's own name a name of the project in any language."""
    found = judged(news(one, country, lenders), news(other, country, lenders))
    assert found.relation is Relation.NEW
    assert not any(reason.startswith("same name") for reason in found.reasons)


def formed(form: str, matter: str, country: str, year: int) -> str:
    """A record's title."""
    return form.format(matter, country, year)


@given(
    matters=st.lists(st.sampled_from(MATTERS), min_size=2, max_size=2, unique=True),
    forms=st.tuples(st.sampled_from(FORMS), st.sampled_from(FORMS)),
    country=st.sampled_from(sorted(COUNTRIES)),
    year=st.integers(2000, 2025),
    lender=st.sampled_from(LENDERS),
)
def test_country_year_and_lender_alone_are_never_the_same(
    matters: list[str], forms: tuple[str, str], country: str, year: int, lender: tuple[str, ...]
) -> None:
    """However records of two projects are worded, what a lender does in a country in a year does not make them one."""
    code = COUNTRIES[country]
    titles = [formed(form, matter, country, year) for form, matter in zip(forms, matters, strict=True)]
    assert judged(*(news(title, code, lender, year) for title in titles)).relation is Relation.NEW
    facts = {"countries": {code: 1.0}, "lenders": dict.fromkeys(lender, 1.0), "years": {year: 10.0}}
    found = matched(*(Account(title=title, text=f"{title}.", **facts) for title in titles))
    assert found.relation is Relation.NEW
    assert all(each.score < RULES.same for each in found.matches)


@given(
    matter=st.sampled_from(MATTERS),
    form=st.sampled_from(FORMS),
    countries=st.lists(st.sampled_from(sorted(COUNTRIES.values())), min_size=2, max_size=2, unique=True),
    firm=st.sampled_from(((), ("huawei",), ("camce",))),
)
def test_across_two_countries_nothing_is_the_same(
    matter: str, form: str, countries: list[str], firm: tuple[str, ...]
) -> None:
    """The same words, firm, lender and year in two countries are two projects, and no phases of one."""
    title = formed(form, matter, "the country", 2015)
    told = [
        AccountInput(
            title,
            ProjectFacts(
                countries=(code,),
                firms=tuple(Firm(each, each, Role.CONTRACTOR, each) for each in firm),
                sector=Sector.TRANSPORT,
            ),
            f"{title}\n{title}.",
            date(2015, 3, 1),
        )
        for code in countries
    ]
    assert judged(*told).relation is Relation.NEW
    accounts = [account_of(each, lambda *_: None) for each in told]
    found = matched(*accounts)
    assert found.relation is Relation.NEW
    assert any(reason.startswith("other country") for reason in found.matches[0].reasons)
    assert found.matches[0].score < RULES.linked


def test_words_of_a_projects_own() -> None:
    """What is left of a title without country, lender, sums and the words of the trade, in every script."""
    common = load_common(Layers.of(None))

    def own(title: str) -> set[str]:
        return set(distinctive_words(Account(title=title), common).title)

    assert own("China Eximbank provides $32 million loan for hybrid rice in Timor-Leste in 2015") == {"hybrid", "rice"}
    assert own("Китай передал Таджикистану гибридный рис") == {"гибридн", "рис"}
    assert {"杂交", "水稻"} <= own("中国向塔吉克斯坦提供杂交水稻技术援助")
    assert not {"塔吉", "吉克", "斯坦", "中国"} & own("中国向塔吉克斯坦提供杂交水稻技术援助")


@given(st.text(max_size=200))
def test_any_text_has_own_words_that_are_not_common(text: str) -> None:
    """No text stops it, and nothing common counts."""
    common = load_common_once()
    assert not distinctive_words(Account(title=text, text=text), common).opening & common.words


load_common_once = cache(lambda: load_common(Layers.of(None)))


@given(st.data())
def test_a_rival_that_cannot_be_the_same_takes_nothing_away(data: st.DataObject) -> None:
    """A project of another country with the same words does not hide the one of this country."""
    country, elsewhere = data.draw(st.permutations(sorted(COUNTRIES.values())))[:2]
    matter = data.draw(st.sampled_from(MATTERS))
    assume(country != elsewhere)
    title = formed(FORMS[2], matter, "the country", 2015)
    here, there = (Account(title=title, text=title, countries={code: 1.0}) for code in (country, elsewhere))
    (found,) = match([there, here], [here], RULES)
    assert found.relation is Relation.SAME
    assert found.matches[0].known == 1


@pytest.mark.parametrize("language", ["en", "fr", "es", "pt", "ru", "ar", "zh"])
def test_no_country_is_anybodys_own_word(language: str) -> None:
    """The names of all countries are common, in every language that is read; but for what is worn (jersey)."""
    common = load_common_once()
    names = [
        form.text
        for form in country_names({}, [language])
        if form.kind == "name" and form.country not in ("JEY", "GGY")
    ]
    assert len(names) > 200
    own = {name: words for name in names if (words := distinctive_words(Account(title=name), common).title)}
    assert own == {}


def test_news_is_the_same_from_the_cut_on_and_no_sooner() -> None:
    """By what ships, a score of .30 or .39 is no same project, however well grounded; the cut itself is the least."""
    base = judge()
    facts = ProjectFacts(countries=("KEN",), firms=(Firm("CAMC", "CAMC", Role.CONTRACTOR, "camce"),))
    told = AccountInput("a", facts, "Dam at Karuma\nThe dam at Karuma.", date(2015, 3, 1))
    sketch = news_profile(account_of(told, lambda *_: None), base.rarity)
    for score, relation in ((0.3, Relation.NEW), (0.39, Relation.NEW), (0.4, Relation.SAME)):
        bias = log(score / (1 - score)) - _odds(base, sketch)
        judged_so = Judge(replace(base.rules, bias=bias + 1e-9), base.rarity).judge(sketch, sketch)
        assert (judged_so.score, judged_so.relation) == (score, relation)


def _odds(by: Judge, sketch: NewsProfile) -> float:
    """What an account and itself come to without the bias, in log-odds."""
    found = Judge(replace(by.rules, bias=-12.0), by.rarity).score(compare_news(sketch, sketch, by.rarity))
    return log(found / (1 - found)) + 12.0
