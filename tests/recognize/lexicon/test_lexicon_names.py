"""Names of the lexicon: spelling, false friends, context, names inside names."""

from __future__ import annotations

import pytest

from offing.model.reading.rules import NameEnding
from offing.recognize.text.name_endings import NameEndings
from recognize.samples import found, keys, mentions, shipped_lexicon, texts


@pytest.mark.parametrize(
    ("language", "text", "written"),
    [
        ("en", "HUAWEI Technologies won", "HUAWEI Technologies"),
        ("en", "Huawei's offer", "Huawei"),
        ("en", "Huawei Technologies (Kenya) Co., Ltd won", "Huawei Technologies (Kenya) Co., Ltd"),
        ("en", "Huawei Kenya said", "Huawei Kenya"),
        ("zh", "由华为技术有限公司承建", "华为技术有限公司"),
        ("zh", "与Huawei签署", "Huawei"),
        ("ar", "وقعت وهواوي", "هواوي"),
        ("ru", "подписано с Хуавэем", "Хуавэем"),
        ("fr", "l’Huawei", "Huawei"),
    ],
)
def test_firms_are_found_as_written(language: str, text: str, written: str):
    """A firm is found in every script, with the generic words and the country that belong to its name."""
    firms = found(text, "firm", language)
    assert [(firm.text, firm.key, firm.name) for firm in firms] == [(written, "huawei", "Huawei")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "China Harbour Engineering Company"),
        ("en", "China Harbour Engineering Company Limited"),
        ("zh", "中国港湾工程有限责任公司"),
        ("zh", "中国港湾工程公司"),
        ("zh", "中国港湾"),
    ],
)
def test_legal_forms_do_not_matter(language: str, text: str):
    """A firm is found with another legal form than the lexicon has, and the whole name is the mention."""
    assert [(firm.text, firm.key) for firm in found(text, "firm", language)] == [(text, "chec")]


def test_ways_to_write_and():
    """An ampersand is "and", a hyphen a blank."""
    assert keys("The Export Import Bank of China", "lender") == ["china-eximbank"]
    assert keys("Boyan Seed Export Import won", "firm") == ["boyan"]


@pytest.mark.parametrize(
    "text",
    [
        "India Exim Bank of China fame lends; China is far",
        "INDIA EXIM BANK lends, unlike China",
        "Exim Bank Tanzania lends, unlike China",
        "Exim Bank lends",  # no China anywhere
        "CDB lends",
        "The CDB, or Caribbean Development Bank, is a bank",
        "The Caribbean Development Bank (CDB) is a bank. The CDB is small.",
        "Avic Kenya",  # another case than the name's own
        "see https://huawei.example/China and me@huawei.example",
        "the Great Wall restaurant Huawei",
    ],
)
def test_who_is_not_meant(text: str):
    """Other banks of like name, names out of context or case, and addresses are no Chinese actors."""
    assert keys(text, "lender") == []
    assert "Huawei" not in text or keys(text, "firm") == ["huawei"] * text.count("restaurant")


def test_an_abbreviation_counts_where_the_name_stands_in_full():
    """CDB is China Development Bank in a text that names it, whatever other bank it names too."""
    text = "China Development Bank and the Caribbean Development Bank met. CDB, the bank, will lend."
    assert keys(text, "lender") == ["cdb", "cdb"]


def test_initials_that_a_text_explains_are_no_town():
    """HAINA is an academy where the text says so, and the town elsewhere, in capitals or not."""
    assert keys("The Huawei Academy for Information in Nairobi, Africa (HAINA) opened. HAINA trains.", "place") == [
        "KEN"
    ]
    assert keys("HAINA: Huawei opened an academy.", "place") == ["DOM"]


def test_an_abbreviation_needs_its_context():
    """CHEC counts beside a word that says which CHEC; a certain Chinese firm stands for the word China."""
    assert keys("CHEC won.", "firm") == []
    assert keys("CHEC won; China is glad.", "firm") == ["chec"]
    assert keys("CHEC won the harbours.", "firm") == ["chec"]
    assert keys("CHEC won with Huawei.", "firm") == ["chec", "huawei"]


def test_the_longest_name_wins():
    """A firm whose name begins like another's is not that other."""
    assert keys("China Communications Construction Company", "firm") == ["cccc"]
    assert texts("Guinea-Bissau and Papua New Guinea", "country") == ["Guinea-Bissau", "Papua New Guinea"]


def test_countries_inside_names_are_marked():
    """China in the name of a bank is no actor of its own."""
    marked = [(m.text, m.by) for m in mentions("Export-Import Bank of China and China") if m.kind == "china"]
    assert marked == [("China", "inside-name"), ("China", "name")]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "in Kenya, the Kenyans", ["KEN", "KEN"]),
        ("en", "the kenya", []),
        ("en", "The US and us", ["USA"]),
        ("en", "JOIN US NOW", []),
        ("en", "US", ["USA"]),
        ("en", "Georgia Tech", []),
        ("en", "in Georgia", ["GEO"]),
        ("en", "Chad Smith yesterday met with Michael Jordan again", []),
        ("en", "in Chad and Jordan", ["TCD", "JOR"]),
        ("en", "In Georgia, the late Georgia Smith lived there", ["GEO"]),
        ("en", "Leaders Of Chad Meet Here", ["TCD"]),
        ("fr", "au Sénégal et au SENEGAL", ["SEN", "SEN"]),
        ("ru", "в Кении и Таджикистане", ["KEN", "TJK"]),
        ("ar", "في كينيا وتنزانيا", ["KEN", "TZA"]),
        ("zh", "肯尼亚和Kenya", ["KEN", "KEN"]),
        ("pt", "na Tanzânia", ["TZA"]),
        ("es", "en Perú", ["PER"]),
    ],
)
def test_countries(language: str, text: str, expected: list[str]):
    """Countries are found in their forms and cases, not in words and people of the same spelling."""
    assert keys(text, "country", language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "China and Chinese firms", ["China", "Chinese"]),
        ("en", "fine china cups", []),
        ("en", "South China Morning Post", []),
        ("fr", "une entreprise chinoise en Chine", ["chinoise", "Chine"]),
        ("es", "la firma china en China", ["china", "China"]),
        ("ru", "китайская компания в Китае", ["китайская", "Китае"]),
        ("ar", "الشركة الصينية بالصين", ["صينية", "الصين"]),
        ("zh", "中国企业", ["中国"]),
    ],
)
def test_china_is_a_kind_of_its_own(language: str, text: str, expected: list[str]):
    """China and Chinese are found as an actor's nationality; porcelain and newspapers are not."""
    assert texts(text, "china", language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "in Nairobi and at Diamniadio", [("Nairobi", "KEN"), ("Diamniadio", "SEN")]),
        ("en", "Paradise is lost", []),
        ("en", "Paradise in Guyana", [("Paradise", "GUY")]),
        ("en", "Nice reading, Best of Man", []),
        ("fr", "au Caire", []),
        ("fr", "à Addis-Abeba", [("Addis-Abeba", "ETH")]),
        ("ru", "в Бишкеке", [("Бишкеке", "KGZ")]),
        ("zh", "在内罗毕", [("内罗毕", "KEN")]),
        ("ar", "في نيروبي", [("نيروبي", "KEN")]),
        ("en", "later President Multan spoke again", []),
        ("en", "people of Multan", [("Multan", "PAK")]),
        ("en", "The Multan road. Multan is large.", [("Multan", "PAK"), ("Multan", "PAK")]),
        ("en", "New Works In Western Multan Begin", [("Multan", "PAK")]),
    ],
)
def test_places(language: str, text: str, expected: list[tuple[str, str]]):
    """Towns and sites tell their country; ordinary words, surnames and names out of context do not."""
    assert [(place.text, place.key) for place in found(text, "place", language)] == expected


def test_an_unknown_language_is_read_as_english():
    """A language without wordings still finds names."""
    assert keys("Huawei katika Kenya", "firm", "sw") == ["huawei"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hunan Tongda Co., Ltd", " HUNAN TONGDA"),
        ("华为技术有限公司", "华为技术"),
        ("Énergie de Chine Limited", "Energie de Chine"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str):
    """Neither case, accents and blanks around it nor its legal form make another name."""
    key = NameEndings(shipped_lexicon().endings).key
    assert key(one) == key(other) != key("Anhui Rail")


def test_a_name_may_end_as_the_list_says():
    """A legal form in any case is left off where enough is left, and China's name stands in full, too."""
    endings = NameEndings([NameEnding("S.p.A.", "it"), NameEnding("di Cina", "it", "della RPC")])
    assert list(endings.spellings("Acque Lanling S.P.A.")) == ["Acque Lanling S.P.A.", "Acque Lanling"]
    assert list(endings.spellings("Lanling S.p.A.")) == ["Lanling S.p.A."] * 2
    assert list(endings.spellings("Banca di Cina"))[2:] == ["Banca della RPC"]


@pytest.mark.parametrize(
    ("language", "text", "countries"),
    [
        ("ru", "дорога в Нигерии", {"NGA"}),  # not Нигер with another ending
        ("ru", "дорога в Нигере", {"NER"}),
        ("ru", "Самое большое здание", set()),  # not Самоа
        ("ar", "في مدينة جديدة عالية تدرسها سلطات دولة", set()),  # words that towns are named like
        ("ar", "محطة في بيلاروسيا", {"BLR"}),
        ("fr", "La réunion de mardi", set()),
        ("zh", "内蒙古的数据中心", set()),  # neither Mongolia nor abroad
    ],
)
def test_countries_are_reported_from_words_like_them(language: str, text: str, countries: set[str]):
    """A country is found in every case of its name, and not in words or regions that look like it."""
    named = [*found(text, "country", language), *found(text, "place", language)]
    assert {mention.key for mention in named if mention.key and mention.key != "CHN"} == countries
