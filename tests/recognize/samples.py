"""A small lexicon for tests, the shipped wordings, and ways to ask for mentions."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from offing.config.files.layers import Layers
from offing.config.rules import load_rules
from offing.model.reading.mention import Mention
from offing.model.reading.rules import (
    Alias,
    CaseRule,
    CountryForm,
    Entity,
    EntityKind,
    FalseFriend,
    Lexicon,
    PlaceName,
    RecognitionRules,
    Wording,
)
from offing.model.sources.article import Article
from offing.recognize import Recognizer
from offing.services.analysis.analyst import recognizer_of

FIRMS = (
    Entity("huawei", "Huawei", EntityKind.FIRM, "华为技术有限公司"),
    Entity("chec", "China Harbour Engineering Company", EntityKind.FIRM, "中国港湾工程有限责任公司", "cccc"),
    Entity("cccc", "China Communications Construction Company", EntityKind.FIRM),
    Entity("avic", "Aviation Industry Corporation of China", EntityKind.FIRM),
    Entity("crec", "China Railway Group", EntityKind.FIRM, "中国中铁"),
    Entity("boyan", "Boyan Seed Export-Import", EntityKind.FIRM),
)
LENDERS = (
    Entity("china-eximbank", "Export-Import Bank of China", EntityKind.POLICY_BANK, "中国进出口银行"),
    Entity("cdb", "China Development Bank", EntityKind.POLICY_BANK, "国家开发银行"),
    Entity("aiib", "Asian Infrastructure Investment Bank", EntityKind.COFINANCIER),
)
ALIASES = (
    Alias("huawei", "华为", "zh"),
    Alias("huawei", "هواوي", "ar"),
    Alias("huawei", "Хуавэй", "ru"),
    Alias("chec", "CHEC", case=CaseRule.EXACT, near=("China", "harbour*")),
    Alias("chec", "中国港湾", "zh"),
    Alias("avic", "AVIC", case=CaseRule.EXACT),
    Alias("china-eximbank", "China Exim Bank"),
    Alias("china-eximbank", "Exim Bank", near=("China",)),
    Alias("china-eximbank", "Экспортно-импортный банк Китая", "ru"),
    Alias("cdb", "CDB", case=CaseRule.EXACT, near=("bank",)),
    Alias("cdb", "بنك التنمية الصيني", "ar"),
)
FALSE_FRIENDS = (
    FalseFriend("India Exim Bank", "*", "lender"),
    FalseFriend("Caribbean Development Bank", "*", "lender"),
    FalseFriend("Exim Bank Tanzania", "*", "lender"),
    FalseFriend("china", "en", "chinese", CaseRule.EXACT),
    FalseFriend("South China Morning Post", "en", "chinese"),
    FalseFriend("Georgia Tech", "en", "country"),
    FalseFriend("Great Wall restaurant", "en", "firm"),
)
COUNTRIES = (
    *(CountryForm("CHN", text, "en", "demonym") for text in ("Chinese", "Sino-")),
    *(CountryForm("CHN", text, "fr", "demonym") for text in ("chinois", "chinoise")),
    CountryForm("CHN", "chinesa", "pt", "demonym"),
    CountryForm("CHN", "china", "es", "demonym"),
    CountryForm("CHN", "китайск*", "ru", "stem"),
    CountryForm("CHN", "صيني*", "ar", "stem"),
    CountryForm("USA", "US", "en", "abbreviation"),
    CountryForm("KEN", "Kenyan*", "en", "demonym"),
    CountryForm("TZA", "Tanzanian*", "en", "demonym"),
    CountryForm("GEO", "Georgia", "en", "name"),
)
PLACES = (
    PlaceName("Diamniadio", "*", "SEN", "site"),
    PlaceName("Paradise", "en", "GUY", "site", ("Guyana",)),
)


@cache
def shipped_wording() -> Wording:
    """The wordings that ship."""
    return load_rules(Layers.of()).wording


@cache
def shipped_lexicon() -> Lexicon:
    """The lexicon that ships."""
    return load_rules(Layers.of()).lexicon


@cache
def small_lexicon() -> Lexicon:
    """The firms and lenders above; countries and towns of the world."""
    world = shipped_lexicon()
    countries = (*COUNTRIES, *(form for form in world.countries if form.kind == "name"))
    return Lexicon(FIRMS, LENDERS, ALIASES, FALSE_FRIENDS, countries, (*PLACES, *world.places), world.endings)


@cache
def recognizer() -> Recognizer:
    """A recognizer with the small lexicon and the shipped wordings."""
    return Recognizer(RecognitionRules(small_lexicon(), shipped_wording()))


@cache
def shipped_recognizer() -> Recognizer:
    """A recognizer with all that ships."""
    return recognizer_of(Layers.of())


def article(text: str, language: str = "en", *, country: str | None = None) -> Article:
    """An article of one paragraph, of Friday, 5 March 2021."""
    published = datetime(2021, 3, 5, 9, 0, tzinfo=UTC)
    return Article(1, "", (text,), language, published=published, country=country)


def mentions(text: str, language: str = "en", *, country: str | None = None) -> tuple[Mention, ...]:
    """All mentions of a text."""
    return recognizer().recognize(article(text, language, country=country))


def found(text: str, kind: str, language: str = "en", *, country: str | None = None) -> list[Mention]:
    """The mentions of one kind."""
    return [mention for mention in mentions(text, language, country=country) if mention.kind == kind]


def texts(text: str, kind: str, language: str = "en") -> list[str]:
    """The words of the mentions of one kind."""
    return [mention.text for mention in found(text, kind, language)]


def keys(text: str, kind: str, language: str = "en") -> list[str | None]:
    """The keys of the mentions of one kind."""
    return [mention.key for mention in found(text, kind, language)]
