"""Which names are a project's own: by how they are built, never what is ordinary, large or somebody else's."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.config.files.layers import Layers
from offing.model.pairs.naming import ProjectName, Works
from offing.model.pairs.pairing import Ref
from offing.model.projects.project import ProjectFacts
from offing.model.reading.mention import KnownName, Mention, MentionKind, NameReliability
from offing.model.sources.article import Article
from offing.recognize import Recognizer
from offing.services.analysis.analyst import recognizer_of


@cache
def recognizer() -> Recognizer:
    """Recognition with what ships, and no known project."""
    return recognizer_of(Layers.of(None))


def names_of(title: str, text: str = "", **facts: tuple[str, ...]) -> tuple[str, ...]:
    """The own names of a project as they are written; those of works by kind and place are left out."""
    found = recognizer().reader.names_of(ProjectFacts(**facts), title, text)  # type: ignore[arg-type]
    return tuple(name for name in found if not Works.of(name))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Colombo to get Lotus Tower with Chinese loan", "Lotus Tower"),
        ("China Eximbank provides loan for Karuma Hydropower Plant Project", "Karuma Hydropower Plant"),
        ("Karonga airport loan signed in Beijing", "Karonga"),
        ("Huawei builds NOSi network in Cape Verde", "NOSi"),
        ("La Biblioteca Nacional de El Salvador (BINAES), con donación china", "BINAES"),
        ("Le Projet de couverture nationale (PCN) avance au Congo", "PCN"),
        ("Port d'El Hamdania : un protocole avec deux groupes chinois", "Hamdania"),
        ("Auto-estrada de Zumalai vai custar 298 milhões", "Zumalai"),
        ("PowerChina построит Эрдэнэбурэнскую ГЭС", "Эрдэнэбурэнскую ГЭС"),
        ("Камеры «Сергек» поставит Huawei", "Сергек"),
        ("圭亚那“平安国家”二期获批", "平安国家"),
        ("Malawi borrows for National Fibre Backbone Project", "National Fibre Backbone"),
    ],
)
def test_a_project_has_names_of_its_own(title: str, name: str) -> None:
    """Kinds of works beside a rare word, coined words, quoted ones, small towns beside their works."""
    assert name in names_of(title)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The network, called SIKODA after its initials, is owned by the agency.", "SIKODA"),
        ("Baptisé Kilembi, le projet de modernisation coûtera quatre millions.", "Kilembi"),
        ("La plataforma aduanera, denominada Sicoexa, la instala Huawei.", "Sicoexa"),
        ("A rede fiscal, baptizada de Kulonga, entra em serviço em Maio.", "Kulonga"),
        ("Система, получившая название «Кызмат», начнёт работу в мае.", "Кызмат"),
        ("该系统取名“Jamvi”，由华为承建。", "Jamvi"),
        ("The eTaro network is built by Huawei.", "eTaro"),
        ("Huawei will set up Jamvira, an electronic single window, by May.", "Jamvira"),
        ("Huawei installera Jamvira, un système de paiement, en mai.", "Jamvira"),
        ("Huawei instalará Jamvira, una plataforma aduanera, en mayo.", "Jamvira"),
        ("A Huawei vai montar Jamvira, uma rede escolar, em Maio.", "Jamvira"),
        ("华为承建的电子政务网络（eTaro）通过验收。", "eTaro"),
    ],
)
def test_a_name_that_a_text_gives_counts(text: str, name: str) -> None:
    """Called, baptised, in brackets behind a kind of works, or coined right before one."""
    assert name in names_of("Huawei signs", text)


def test_who_is_called_something_is_no_project() -> None:
    """A name that no kind of works stands beside is somebody's."""
    assert names_of("Arrest", "A man called Okello Ruto was held near the market.") == ()


@pytest.mark.parametrize(
    "title",
    [
        "Huawei builds data centre in Ghana",
        "China donates rice to Uganda through the Red Cross",
        "China State Construction wins contract for new hospital in Nairobi",
        "Chinese Government provides grant under the Belt and Road Initiative",
        "“一带一路”项目签约",
        "New bridge for the Ministry of Transport",
        "",
    ],
)
def test_what_is_ordinary_is_no_name(title: str) -> None:
    """Firms, countries, large towns, initiatives and plain words tell no project."""
    assert names_of(title) == ()


@pytest.mark.parametrize("town", ["Mombasa", "Pokhara", "Praia", "Шымкенте", "Kisumu"])
def test_a_large_town_is_no_name_of_a_project(town: str) -> None:
    """A town of 300,000, a capital or a second town has many projects: none of them bears its name alone."""
    assert town not in names_of(f"A bridge for {town}", f"The {town} Bridge is built at {town}.", places=(town,))


def test_places_count_unless_they_are_large_or_written_small() -> None:
    """The project's places are names; a capital is not, nor a word that the text writes in small letters."""
    assert names_of("Road built", "", places=("Karonga", "Lilongwe")) == ("Karonga",)
    assert names_of("Zorbel road", "A zorbel is a kind of road.") == ()
    assert names_of("网络", "", places=("卡龙加", "北京")) == ("卡龙加",)


def test_bodies_with_a_coined_name_count() -> None:
    """Of the host side's bodies those with a name of their own: NOSi, not the ministry."""
    assert names_of("Network", "", counterparts=("Ministry of Finance", "NOSi")) == ("NOSi",)


def test_the_title_of_a_text_counts_more_than_its_end() -> None:
    """What stands far down and once is background."""
    filler = "Officials spoke of the budget and of other matters at some length. " * 15
    assert names_of("Road loan signed", f"{filler}Long ago the Hiyaa Tower was built.") == ()


def test_persons_are_no_sites() -> None:
    """Of a road that bears a person's whole name neither part is a name of the project."""
    found = names_of("Loan for Uhuru Kenyatta Avenue Road")
    assert "Uhuru" not in found
    assert "Kenyatta" not in found


@pytest.mark.parametrize(
    ("name", "reliability"),
    [
        ("Pemba Abdullah Mucai Hospital", NameReliability.APART),
        ("Lotus Tower", NameReliability.OWN),
        ("NOSi", NameReliability.OWN),
        ("BINAES", NameReliability.OWN),
        ("PCN", NameReliability.SITE),
        ("Karonga", NameReliability.SITE),
        ("National Fibre Backbone", NameReliability.SITE),
        ("Beira Lake", NameReliability.SITE),
        ("Huawei", None),
        ("GDP", None),
        ("Tower", None),
        ("National Bridge", None),
        ("Nairobi", None),
    ],
)
def test_how_reliably_a_name_identifies_its_project(name: str, reliability: NameReliability | None) -> None:
    """By how many of its words are nowhere ordinary."""
    assert recognizer().reader.reliability(name) is reliability


@given(st.text(max_size=200), st.text(max_size=400))
def test_any_text_can_be_read(title: str, text: str) -> None:
    """Names are short, distinct, and each tells something."""
    found = names_of(title, text)
    assert len(found) == len(set(found)) <= 16
    assert all(0 < len(name) <= 60 and recognizer().reader.reliability(name) for name in found)


def known(
    name: str, key: str = "1", countries: tuple[str, ...] = ("MWI",), sector: str = "telecom-connectivity"
) -> ProjectName:
    """A name of a known project."""
    return ProjectName(Ref.known("base", f"{key}"), name, countries, sector)


def found_in(names: tuple[ProjectName, ...], title: str, text: str = "", language: str = "en") -> list[Mention]:
    """The mentions of known projects in an article."""
    mentions = recognizer().knowing(names).recognize(Article(1, title, (text,), language))
    return [mention for mention in mentions if mention.kind is MentionKind.PROJECT]


def test_a_known_name_is_a_mention_of_its_project() -> None:
    """With the item as key, and what the name says of it; screening lets the text through."""
    names = (known("Lotus Tower", countries=("LKA",), sector=""),)
    (mention,) = found_in(names, "Lotus Tower closed in Sri Lanka")
    assert (mention.text, mention.key) == ("Lotus Tower", "known:base:1")
    assert mention.value == KnownName(("LKA",), "", NameReliability.OWN)
    assert recognizer().knowing(names).screen("The Lotus Tower is closed.", "en")
    assert not recognizer().screen("The Lotus Tower is closed.", "en")


def test_the_country_must_be_named_but_for_the_surest_names() -> None:
    """A tower of that name may stand elsewhere; two rare words beside a kind of works stand in one place."""
    tower, hospital = known("Lotus Tower"), known("Pemba Abdullah Mucai Hospital", "2")
    assert found_in((tower,), "Lotus Tower closed") == []
    assert [m.key for m in found_in((hospital,), "Pemba Abdullah Mucai Hospital closed")] == ["known:base:2"]


@pytest.mark.parametrize(
    ("name", "title", "language", "country"),
    [
        ("Экибастузе", "Камеры в Экибастузе не работают, Казахстан", "ru", "KAZ"),
        ("Эрдэнэбурэн", "Эрдэнэбурэнской ГЭС не будет, решили в Монголии", "ru", "MNG"),
        ("Karonga", "Линия в Каронге оборвана, Малави", "ru", "MWI"),
        ("الحمدانية", "تعليق أشغال ميناء الحمدانية في الجزائر", "ar", "DZA"),
        ("卡龙加", "马拉维卡龙加光缆中断", "zh", "MWI"),
        ("NOSi", "Rede da NOSi em baixo em Cabo Verde", "pt", "CPV"),
    ],
)
def test_names_are_found_in_several_scripts_and_cases(name: str, title: str, language: str, country: str) -> None:
    """A Latin name is found as Russian press spells it, a Russian one in its other cases."""
    assert found_in((known(name, countries=(country,)),), title, language=language)


def test_a_name_that_is_part_of_another_or_written_small_is_not_meant() -> None:
    """Imran Khan is no Khan Road; nosi is a Polish verb; a firm's name is the firm's."""
    assert found_in((known("Karonga"),), "Imran Karonga of Malawi resigns") == []
    assert found_in((known("NOSi"),), "On nosi wodę w Malawi") == []
    assert found_in((known("Zhongxing Tower"),), "ZTE Malawi") == []


def test_what_many_projects_bear_tells_none() -> None:
    """A town with all kinds of projects, or a name in many countries, is no project's own."""
    matters = ("energy", "transport", "water")
    town = tuple(known("Karonga", str(n), sector=matters[n]) for n in range(3))
    assert found_in(town, "Karonga in Malawi without power") == []
    assert found_in(town[:2], "Karonga in Malawi without power")
    world = tuple(known("Lotus Tower", code, (code,)) for code in ("MWI", "KEN", "UGA", "GHA"))
    assert found_in(world, "Lotus Tower in Malawi closed") == []
    unknown = (known("Karonga", sector=""),)
    assert found_in(unknown, "Karonga in Malawi without power") == []


def test_of_overlapping_names_the_longest_counts() -> None:
    """Each project that bears it is told, three at most."""
    names = (known("Karonga"), *(known("Karonga Power Plant", str(n)) for n in range(2, 7)))
    found = found_in(names, "Karonga Power Plant in Malawi burns")
    assert [mention.text for mention in found] == ["Karonga Power Plant"] * 3
    assert [mention.key for mention in found] == ["known:base:2", "known:base:3", "known:base:4"]


def test_inside_the_name_of_a_firm_no_project_is_meant() -> None:
    """A Chinese firm that is called like a tower is the firm."""
    tower = (known("Hiyaa Tower"),)
    assert found_in(tower, "Hiyaa Tower opens in Malawi")
    assert found_in(tower, "Shenzhen Hiyaa Tower Technology Co., Ltd wins contract in Malawi") == []


def test_an_abbreviation_in_the_plural_is_learned_in_the_singular_too() -> None:
    """Eight million e-KTRs are ordered; later news tells of the e-KTR."""
    assert {"e-KTRs", "e-KTR"} <= set(names_of("Firm to supply eight million e-KTRs"))
