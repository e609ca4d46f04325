"""Folding: names are compared without case, accents and invisible characters, and the way back is exact."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from offing.recognize.text.folded_text import fold, fold_cased, fold_form, is_arabic, is_han, with_accents


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Côte d’Ivoire", "cote d'ivoire"),
        ("ＨＵＡＷＥＩ", "huawei"),
        ("Hua\u00adwei\u200b", "huawei"),
        ("Huawei™", "huawei"),
        ("Straße", "strasse"),
        ("وَهـواوي", "وهواوي"),
        ("أإآٱ", "اااا"),
        ("مستشفى حكومة", "مستشفي حكومه"),
        ("٨٥٫٥", "85.5"),
        ("Щёй", "щеи"),
        ("a\u00a0 b", "a b"),
        ("a\nb", "a b"),
        ("a\n \nb", "a\nb"),
        ("a \u200b\r\u00ad b", "a b"),
        ("a\n\u200b\nb", "a\nb"),
        ("a—b", "a-b"),
        ("\ud800", "\ufffd"),
    ],
)
def test_what_does_not_tell_names_apart_is_folded(written: str, folded: str):
    """Case, accents, width, Arabic letter forms, invisible characters and kinds of blank are made alike."""
    assert fold(written).text == folded


def test_the_way_back_takes_marks_along():
    """A span of the folded text leads to all characters of the original that belong to it."""
    folded = fold("in Se\u0301ne\u0301gal\u0301.")
    start = folded.text.index("senegal")
    assert folded.written(start, start + 7) == "Se\u0301ne\u0301gal\u0301"


def test_invisible_characters_inside_a_name_stay_inside():
    """A name broken by a zero-width character is found whole, and the character behind it is not taken along."""
    folded = fold("H\u200buawei\u200b!")
    assert folded.written(0, 6) == "H\u200buawei"


@given(st.text(max_size=200))
@settings(deadline=None)
def test_every_folded_character_knows_its_original(text: str):
    """Whatever the text, spans of folded characters lie in order inside the original."""
    folded = fold(text)
    last = 0
    for place in range(len(folded.text)):
        start, end = folded.span(place, place + 1)
        assert last <= start < end <= len(text)
        last = start


@given(st.text(max_size=80))
@settings(deadline=None)
@example(" \u00ad\r")
@example("\n\n")
def test_folding_a_form_twice_changes_nothing(text: str):
    """A folded form is its own folded form."""
    once = fold_form(text)
    assert fold_form(once) == once


@given(st.text(max_size=80))
@settings(deadline=None)
@example("a \u00ad\n\n b")
def test_a_form_is_folded_as_texts_are(text: str):
    """A form is found in a text that holds it: both fold alike, but for lines."""
    assert fold_form(text) == fold(text).text.replace("\n", " ").strip()


def test_helpers_of_spelling():
    """Case is kept where it counts, accents where they tell words apart."""
    assert fold_cased("  Ｕ\u200bＳ é ") == "US e"
    assert with_accents("SIGNÉ\u200b") == "signé" != with_accents("signe")
    assert fold_form(" a\n\nb ") == "a b"
    assert is_han("华")
    assert not is_han("a")
    assert is_arabic("ه")
    assert not is_arabic("a")


def test_a_text_of_very_many_characters_does_not_fill_the_memory():
    """The table of folded characters stops growing."""
    everything = "".join(chr(code) for code in range(0x100, 0x20000) if unicodedata.category(chr(code)) != "Cs")
    assert len(fold(everything).original) == len(everything)


@given(st.text(max_size=40))
def test_a_place_in_the_text_has_its_place_in_the_folded_text(text: str):
    """Each place goes to the first folded character that comes from there or from behind it."""
    folded = fold(text)
    origins = [folded.span(place, place + 1)[0] for place in range(len(folded.text))]
    for place in range(len(text)):
        assert folded.place(place) == sum(origin < place for origin in origins)
