"""The matcher: whole words in every script, endings, prefixes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offing.model.reading.patterns import PatternRole, PatternWord
from offing.recognize.text.folded_text import fold
from offing.recognize.text.patterns import (
    Form,
    Matcher,
    PatternTable,
    alternatives,
    ends_word,
    find_in_turn,
    leading_choices,
    next_word,
    starts_word,
)
from offing.recognize.text.russian import stem


def words(text: str, *forms: Form[str]) -> list[str]:
    """What a matcher of some forms finds, as written."""
    folded = fold(text)
    return [folded.written(hit.start, hit.end) for hit in Matcher(forms).find(folded.text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Huawei, HUAWEI and Huawei's", ["Huawei", "HUAWEI", "Huawei"]),
        ("Huaweix xHuawei Huawei2 2Huawei Huawei_1", []),
        ("与Huawei签署", ["Huawei"]),
        ("(Huawei)", ["Huawei"]),
        ("", []),
    ],
)
def test_latin_names_are_whole_words(text: str, found: list[str]):
    """A name is found beside signs and Chinese, not inside a word."""
    assert words(text, Form("Huawei", "x")) == found


_ENDS = st.sampled_from(["", "о", "ами", "ия", "ственного", "x" * 31])
_NEXT = st.sampled_from([" спутников", " спутниковой связи", " не назван", "спутник", ", спутниковая", " связи", ""])


@given(st.lists(st.tuples(st.sampled_from(["систем", "крупн", "заказчик"]), _ENDS, _NEXT), max_size=4))
def test_what_cannot_follow_is_not_looked_at_and_nothing_else_is_missed(parts: list[tuple[str, str, str]]):
    """The word behind an ending is sought as it is before its tail is compiled; the finds are those of all tails."""
    texts = ("система спутниковой связи", "крупн* спутник*", "заказчик* не (назван*|указан*)", "систем* ... связи")
    forms = [Form(text, text, inflects=True) for text in texts]
    text = fold("".join(word + ending + behind + " " for word, ending, behind in parts)).text
    table = PatternTable.of(forms)
    expected = {
        (start, match.end(), payload)
        for literal, tail, payload in zip(table.literals, table.tails, table.payloads, strict=True)
        for start in (found.start() for found in re.finditer(f"(?={re.escape(literal)})", text))
        if (match := re.compile(tail).match(text, start + len(literal)))
        and starts_word(text, start)
        and ends_word(text, match.end())
    }
    assert {(hit.start, hit.end, hit.payload) for hit in Matcher(forms).find(text)} == expected


@pytest.mark.parametrize(
    ("tail", "word"),
    [
        (r"\w{0,30} спутник\w{0,30}", " спутник"),
        (r"(?:ого|ая)?\b спутников(?:ого|ая)?\b связ", " спутников"),
        (r"\w{0,30} не(?: |(?<='))(?:назван|указан)(?!\w)", " не"),
        (r"(?: |(?<='))(?:работают|заняты)(?!\w)", ""),
        (r"\w{0,30} a?b", ""),
        (r"\w{0,30}", ""),
    ],
)
def test_the_word_behind_an_ending_is_read_off_a_tail(tail: str, word: str):
    """As far as it stands there as it is."""
    assert next_word(tail) == word


def test_chinese_needs_no_boundaries():
    """Chinese writes no blanks."""
    assert words("由华为承建", Form("华为", "x")) == ["华为"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("وهواوي", ["هواوي"]),
        ("لهواوي وبهواوي", ["هواوي", "هواوي"]),
        ("الهواوي كلهواوي مهواوي", []),
    ],
)
def test_arabic_prefixes_stand_before_names(text: str, found: list[str]):
    """Conjunctions and prepositions are written onto a name; the article and other letters are not."""
    assert words(text, Form("هواوي", "x")) == found


def test_the_arabic_article():
    """Common words take the article, and names that begin with it melt it into the preposition."""
    assert words("الصيني والصيني للصيني", Form("صيني", "x", takes_article=True)) == ["صيني"] * 3
    assert words("للصين والصين", Form("الصين", "x")) == ["للصين", "الصين"]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("Китай", "Китай Китая Китаю Китаем Китае"),
        ("Кения", "Кения Кении Кению Кенией"),
        ("Саудовская Аравия", "Саудовская Аравия, Саудовской Аравии, Саудовскую Аравию"),
        ("Хуавэй", "Хуавэй Хуавэя Хуавэем"),
        ("Казахстан", "Казахстан Казахстана Казахстане Казахстаном"),
        ("Мали", "Мали"),
        ("Экспортно-импортный банк", "Экспортно-импортным банком"),
    ],
)
def test_russian_names_are_found_in_every_case(form: str, text: str):
    """Each case form is found; of several words each inflects."""
    assert " ".join(words(text, Form(form, "x", inflects=True))) == text.replace(",", "")


def test_russian_stems_do_not_swallow_other_words():
    """An ending must be one that Russian has."""
    assert words("кубок Индиана", Form("Куба", "x", inflects=True), Form("Индия", "y", inflects=True)) == []
    assert stem("США") is None
    assert stem("Мали") is None
    assert stem("Huawei") is None


@pytest.mark.parametrize("text", ["Уханьский", "Уханьского", "Уханьскому", "Уханьским", "Уханьском"])
def test_masculine_adjectives_take_their_endings(text: str):
    """An adjective in -ский is no noun in -ия."""
    assert words(f"с {text}", Form("Уханьский", "x", inflects=True)) == [text]


def test_stars_stand_for_any_ending():
    """A star may end any word of a form."""
    assert words("construídas pelas obras", Form("construíd* pel*", "x")) == ["construídas pelas"]
    assert words("constru", Form("construíd* pel*", "x")) == []


def test_empty_forms_are_no_forms():
    """A form of which nothing is left is not looked for."""
    assert words("anything", Form(" ", "x"), Form("*", "x")) == []


@given(st.text(max_size=30), st.text(max_size=30))
@settings(deadline=None)
def test_a_name_between_blanks_is_always_found(before: str, behind: str):
    """Whatever stands around it, a name between blanks is found at its place."""
    folded = fold(f"{before} Huawei {behind}")
    found = {folded.span(hit.start, hit.end) for hit in Matcher([Form("Huawei", "x")]).find(folded.text)}
    assert (len(before) + 1, len(before) + 7) in found


@pytest.mark.parametrize(
    ("form", "text", "written"),
    [
        (
            "construction ... began",
            "Construction of the long road began in May.",
            "Construction of the long road began",
        ),
        ("construction ... began", "Construction is costly. Work began in May.", None),
        ("签署 ... 合同", "双方签署总价三亿元的建设合同。", "签署总价三亿元的建设合同"),
        ("签署 ... 合同", "双方签署声明。合同未公布。", None),
        ("подписал* ... контракт*", "Стороны подписали крупные контракты.", "подписали крупные контракты"),
        ("was to have been *", "It was to have been finished by March.", "was to have been finished"),
        ("وقعت ... عقد*", "وقعت الشركة أمس عقدا", "وقعت الشركة أمس عقدا"),
    ],
)
def test_three_dots_stand_for_words_of_the_same_sentence(form: str, text: str, written: str | None) -> None:
    """A form with three dots holds some words between, never the end of a sentence."""
    folded = fold(text)
    found = [
        folded.written(hit.start, hit.end) for hit in Matcher([Form(form, 1, takes_article=True)]).find(folded.text)
    ]
    assert found == ([written] if written else [])


@pytest.mark.parametrize(
    ("form", "text", "found"),
    [
        ("(went|goes) into (full|daily|) (service|use*)", "It went into service; it goes into daily users.", 2),
        ("(went|goes) into (full|daily|) (service|use*)", "It went into full; it went to service.", 0),
        ("(a|ont|vient d') (obtenu|obtenir) (un|le) prêt", "Il vient d'obtenir un prêt, il a obtenu le prêt.", 2),
        ("(已|现已|) (投入|正式投入) ... (使用|运营)", "现已正式投入商业运营,已投入使用", 2),
        ("合同(于|已) ... (签订|签署)", "合同于2019年签订", 1),
        ("work (has|) ... (begun|started)", "work on the road has begun", 1),
        ("work ... (begun|started)", "work on the road has begun", 1),
        ("China Railway (Zambia)", "China Railway (Zambia)", 1),
    ],
)
def test_a_choice_stands_for_each_of_its_words(form: str, text: str, found: int):
    """Choices stand for each of their words, an empty one for none; one at the start makes several forms."""
    forms = [Form(spelled, "x") for spelled, _ in leading_choices(form)]
    folded = fold(text)
    assert len({hit.end for hit in Matcher(forms).find(folded.text)}) == found


def test_the_words_of_a_role_as_one_expression():
    """The longest comes first, signs stand for themselves, and a role without words matches nothing."""
    nouns = [PatternWord(PatternRole.FIRM_NOUN, text) for text in ("firm", "firm (listed)")]
    found = alternatives([*nouns, PatternWord(PatternRole.SITE, "dam")], PatternRole.FIRM_NOUN)
    assert re.findall(found, "a firm (listed), a firm, a dam") == ["firm (listed)", "firm"]
    assert re.search(alternatives(nouns, PatternRole.SITE), "a firm at a dam") is None


@settings(max_examples=200)
@given(
    st.lists(st.text("ab ", min_size=1, max_size=4), max_size=5),
    st.lists(st.text("ab ", min_size=1, max_size=4), max_size=5),
    st.text("ab ", max_size=30),
)
def test_parted_lists_find_what_one_list_finds(first: list[str], second: list[str], text: str):
    """Several matchers give, in the same order, what one of all their forms gives."""
    one = [Form(form, number) for number, form in enumerate(first)]
    other = [Form(form, number) for number, form in enumerate(second, len(first))]
    assert find_in_turn(text, Matcher(one), Matcher(other)) == list(Matcher([*one, *other]).find(text))
