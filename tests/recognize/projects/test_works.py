"""Works by kind and place, and systems that a country has one of, are found in any of our languages."""

from __future__ import annotations

from functools import cache

import pytest

from offing.config.files.layers import Layers
from offing.config.wordings.wording import load_wording
from offing.model.pairs.naming import BODY, ProjectName, Works
from offing.model.pairs.pairing import Ref
from offing.model.projects.project import ProjectFacts
from offing.model.reading.mention import KnownName, MentionKind, NameReliability
from offing.model.reading.patterns import PatternRole
from offing.model.sources.article import Article
from offing.recognize import Recognizer
from offing.services.analysis.analyst import recognizer_of

PROJECT = Ref.project("off-2026-000001")


@cache
def recognizer() -> Recognizer:
    """Recognition with what ships, and no known project."""
    return recognizer_of(Layers.of(None))


def works_of(title: str, text: str = "", **facts: tuple[str, ...]) -> set[str]:
    """The names of works that are read from what is told of a project."""
    names = recognizer().reader.names_of(ProjectFacts(**facts), title, text)  # type: ignore[arg-type]
    return {name for name in names if Works.of(name)}


def told(text: str, works: Works, country: str, language: str = "en") -> list[str]:
    """Which names of a known project, of these works in this country, a text has."""
    known = recognizer().knowing([ProjectName(PROJECT, works.name, (country,), "transport")])
    title, _, rest = text.partition("\n")
    article = Article(1, title, tuple(rest.split("\n")) if rest else (), language)
    return [m.text for m in known.recognize(article) if m.kind is MentionKind.PROJECT and m.key == str(PROJECT)]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Kenya signs for the Kibwezi–Kitui road", "road · Kitui"),
        ("Le Cameroun emprunte pour l'autoroute de Bekoko", "road · Bekoko"),
        ("Bolivia firma por la represa de Ivirizu", "dam · Ivirizu"),
        ("Angola contrata a barragem de Caculo Cabaça", "dam · Caculo"),
        ("Китай построит ГЭС «Камбарата» в Киргизии", "dam · Камбарата"),
        ("中企签约柬埔寨贡布雷水电站", "dam · 贡布雷"),
        ("Second Fungurume bridge for Congo", "bridge · #2"),
        ("Huawei builds Vanuatu's government network", "e-government · *"),
    ],
)
def test_works_are_read_in_every_language(title: str, name: str) -> None:
    """The kind is the same key in all of them; the place as it is written."""
    assert name in works_of(title)


@pytest.mark.parametrize(
    "title",
    [
        "China builds a road in Kenya",  # a country
        "Huawei builds data centre for the Ministry of Health",
        "A hospital for Nairobi",  # a large town, which has many
        "Bridge will cost Rs2bn",
        "中国援建肯尼亚公路",
    ],
)
def test_countries_large_towns_and_sums_tell_no_works(title: str) -> None:
    """What many works have beside them is no place of one."""
    assert not {name for name in works_of(title) if Works.of(name).which.isalpha()}  # type: ignore[union-attr]


def test_bodies_of_the_host_are_kept() -> None:
    """The name of an agency that has to do with the project is one of its names, and never enough alone."""
    assert "body · Hirat Telecom" in works_of("Fibre loan", counterparts=("Hirat Telecom",))
    assert recognizer().reader.reliability(Works(BODY, "Hirat Telecom").name) is NameReliability.PART


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("In Kenya floods cut the highway to Kitale", "en"),
        ("Kenya : l'autoroute Kitale–Mombasa coupée", "fr"),
        ("Kenia: la carretera de Kitale, cerrada", "es"),
        ("Quénia: estrada de Kitale cortada pelas cheias", "pt"),
        ("В Кении размыло дорогу на Китале", "ru"),
        ("肯尼亚基塔莱公路中断", "zh"),
        ("كينيا: السيول تقطع طريق كيتالي", "ar"),
    ],
)
def test_a_road_is_found_in_any_language(text: str, language: str) -> None:
    """By its kind beside its place, as that is written or sounds."""
    assert told(text, Works("road", "Kitale"), "KEN", language)


@pytest.mark.parametrize(
    "text",
    [
        "In Kenya a hospital opens in Kibwezi",  # another kind
        "In Kenya the road to Kitui is closed",  # another place
        "In Uganda the road to Kibwezi Hill is closed",  # another country
        "In Kenya a road is closed. Football comes to Kibwezi",  # another sentence
        "Kenya: fermeture d'une route. Kibwezi attend la pluie",
        "В Кении открыли школу в Кибвези",
    ],
)
def test_another_kind_place_country_or_sentence_is_another_thing(text: str) -> None:
    """Near neighbours stay apart."""
    assert not told(text, Works("road", "Kibwezi"), "KEN")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Kenya's fourth bridge is late", "en"),
        ("Kenya : le quatrième pont attend", "fr"),
        ("Kenia: el cuarto puente, parado", "es"),
        ("Quénia: a quarta ponte está parada", "pt"),
        ("肯尼亚第四大桥停工", "zh"),
        ("كينيا: الجسر الرابع يتأخر", "ar"),
    ],
)
def test_works_are_found_by_their_number(text: str, language: str) -> None:
    """The fourth is told apart from the third."""
    assert told(text, Works("bridge", "#4"), "KEN", language)
    assert not told(text, Works("bridge", "#3"), "KEN", language)


def test_the_one_of_a_country_is_found_unless_two_are_known() -> None:
    """An e-government network tells its project where no other record of the country is such a network."""
    one = ProjectName(PROJECT, "e-government · *", ("VUT",), "e-government")
    other = ProjectName(Ref.project("off-2026-000002"), "e-government · *", ("VUT",), "e-government")
    row = ProjectName(Ref.known("base", "1"), "e-government · *", ("VUT",), "e-government")
    article = Article(1, "Vanuatu : le réseau gouvernemental en panne", (), "fr")

    def found(*names: ProjectName) -> set[str | None]:
        mentions = recognizer().knowing(names).recognize(article)
        return {m.key for m in mentions if m.kind is MentionKind.PROJECT}

    assert found(one) == {str(PROJECT)}
    assert found(one, row) == {str(PROJECT), "known:base:1"}  # a base may have the same project
    assert found(one, other) == set()


def test_a_text_without_any_country_needs_two_names() -> None:
    """Local news seldom says where it is at home: two names of one project do."""
    names = [
        ProjectName(PROJECT, "safe-city · *", ("MUS",), "public-security-surveillance"),
        ProjectName(PROJECT, "body · Ilot Telecom", ("MUS",), "public-security-surveillance"),
    ]

    def found(text: str) -> list[KnownName]:
        mentions = recognizer().knowing(names).recognize(Article(1, "News", (text,), "en"))
        return [m.value for m in mentions if isinstance(m.value, KnownName)]

    assert len(found("The safe city cameras of Ilot Telecom saw nothing.")) == 2
    assert found("The safe city cameras saw nothing.") == []
    assert found("In Chad the safe city cameras of Ilot Telecom saw nothing.") == []


def test_an_abbreviation_is_found_written_as_a_word() -> None:
    """French and Spanish newspapers write long ones with one capital letter; short ones are other words then."""
    for name, text, count in (("SIGEFU", "Sigefu", 1), ("SIGEFU", "sigefu", 0), ("HDC", "Hdc", 0)):
        known = recognizer().knowing([ProjectName(PROJECT, name, ("MOZ",), "e-government")])
        mentions = known.recognize(Article(1, f"Mozambique : {text} en panne", (), "fr"))
        assert sum(m.kind is MentionKind.PROJECT for m in mentions) == count


def test_every_kind_has_words_in_all_seven_languages() -> None:
    """A kind that a language cannot say would be found in others only; each reach names a kind."""
    words = load_wording(Layers.of(None)).pattern_words
    spoken: dict[str, set[str]] = {}
    for word in words:
        if word.role in (PatternRole.WORKS_KIND, PatternRole.ORDINAL):
            spoken.setdefault(word.value, set()).add(word.language)
    assert len(spoken) > 40
    assert {kind: spoken[kind] for kind in spoken if len(spoken[kind]) < 7} == {}
    assert {word.text for word in words if word.role is PatternRole.WORKS_REACH} <= spoken.keys()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Loan agreed for the Three Rivers dam", "dam · Three Rivers"),
        ("Crédit chinois pour le barrage des Trois Rivières", "dam · Trois Rivières"),
        ("Firman contrato de la presa Dos Aguas", "dam · Dos Aguas"),
        ("Assinada a barragem Duas Águas", "dam · Duas Águas"),
        ("Подписан договор на плотину Новая Надежда", "dam · Новая Надежда"),
        ("A stadium at Sunrise is a gift of China", "stadium · Sunrise"),
    ],
)
def test_ordinary_words_in_capitals_name_works_right_beside_their_kind(title: str, name: str) -> None:
    """The Three Rivers dam: no word of it is rare, and it is a name all the same."""
    assert name in works_of(title)


@pytest.mark.parametrize("title", ["The dam. Three rivers rose", "Three rivers dam their banks", "National Dam Loan"])
def test_ordinary_words_without_capitals_or_in_titles_of_capitals_name_none(title: str) -> None:
    """What opens a sentence, is written small, or stands in a title of capitals throughout is no name."""
    assert not {name for name in works_of(title) if not name.endswith("*")}


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Three Rivers dam is empty", "en", 1),
        ("La presa Three Rivers, a medias", "es", 1),
        ("Three rivers rose above the dam", "en", 0),
        ("The dam failed and Three Rivers mourns", "en", 0),
    ],
)
def test_ordinary_names_of_works_are_found_right_beside_their_kind(text: str, language: str, found: int) -> None:
    """In capitals and side by side only."""
    assert len(told(f"Kenya\n{text}", Works("dam", "Three Rivers"), "KEN", language)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Safe city goes blind\nIn Osh most cameras are dark. Kyrgyzstan pays.", 1),
        ("Safe city goes blind\nIn Bishkek most cameras are dark. Kyrgyzstan pays.", 0),
        ("Traders strike in Osh\nKyrgyzstan waits.\nNothing is new.", 0),
    ],
)
def test_the_system_of_a_town_is_found_wherever_its_text_names_the_town(text: str, found: int) -> None:
    """A town has one safe city, however short its name is; another town's is not meant."""
    assert len(told(text, Works("safe-city", "Osh"), "KGZ")) == found


def test_a_short_town_tells_the_system_that_it_has_one_of() -> None:
    """Osh is a name for the safe city of Osh, and for none of its roads."""
    assert "safe-city · Osh" in works_of("City buys safe city system", places=("Osh",))
