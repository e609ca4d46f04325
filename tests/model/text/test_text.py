"""Text as offing keeps it: cleaned once, and the same when cleaned again."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from offing.model.text.text import clean_text, cut_bytes, fit_for_xml, plain, shorten_tokens, strip_markup

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@given(ANY_TEXT)
@example("a\u0301\u200d\u0327 \ud800\x00b")
@example("\u0338\u2260 \u00ad\u0301")
@example("\u0627\u200d\u200c\u200d\u0628")
def test_cleaning_twice_changes_nothing(text: str) -> None:
    """Offsets that were counted in cleaned text stay right, since cleaning it again gives the same."""
    once = clean_text(text)
    assert clean_text(once) == once


@given(ANY_TEXT)
def test_cleaned_text_can_be_stored_and_shown(text: str) -> None:
    """No NUL, control, lone surrogate, direction mark or line break is left, and it is NFC and UTF-8."""
    cleaned = clean_text(text)
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in cleaned)
    assert not set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff") & set(cleaned)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned.encode().decode() == cleaned == cleaned.strip()


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  two\n\twords\u00a0and\u3000more ", "two words and more"),
        ("Hua\u200bwei \u202egnp.exe\u202c", "Huawei gnp.exe"),
        ("Hua\u00adwei", "Huawei"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # Persian spelling
        ("Hua\u200dwei", "Huawei"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("Cafe\u0301", "Café"),
        ("a\x00b\x1b[2Jc\x85d", "ab[2Jc d"),
        ("a\ud800b", "a\ufffdb"),
    ],
)
def test_what_hides_words_goes_and_spelling_stays(text: str, cleaned: str) -> None:
    """Invisible characters go, except joiners in the scripts that spell with them."""
    assert clean_text(text) == cleaned


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One &amp; two</p><p>three</p>", "One & two three"),
        ("a<b>b</b>c<br>d", "abc d"),
        ("GDP < 5 % and x > 3", "GDP < 5 % and x > 3"),
        ("before<script>alert(1)</script >after", "beforeafter"),
        ("a<!-- <b>hidden</b> -->b<!-- open", "ab"),
        ("a<STYLE>p {}</style>b<script>never closed", "ab"),
        ("&#x4e2d;&#22269; &nosuch; AT&T", "中国 &nosuch; AT&T"),
        ("İ<script>x</script>", "İx"),  # grows when lowered: tags go, nothing else does
    ],
)
def test_markup_leaves_its_words(markup: str, text: str) -> None:
    """Tags, comments and scripts go, references are resolved, comparisons stay."""
    assert plain(markup) == text


@pytest.mark.parametrize(
    "bomb", ["<" * 100_000, "<!--" * 50_000, "<script" * 30_000, "a\u0301\u0327" * 50_000, "&" * 100_000, " " * 100_000]
)
def test_no_string_is_slow(bomb: str) -> None:
    """100 KB of what readers choke on take less than a second."""
    start = time.process_time()
    plain(bomb)
    fit_for_xml(bomb)
    shorten_tokens(bomb)
    assert time.process_time() - start < 1


def test_combining_marks_are_bounded() -> None:
    """A letter keeps 30 marks at most, in NFC or out of it."""
    assert len(clean_text("a" + "\u0301\u0327" * 1000)) <= 31


@given(ANY_TEXT, st.integers(0, 40))
def test_a_cut_text_fits_and_is_a_beginning(text: str, limit: int) -> None:
    """A cut text has at most the bytes allowed and never half a character."""
    cleaned = clean_text(text)
    cut = cut_bytes(cleaned, limit)
    assert len(cut.encode()) <= limit
    assert cleaned.startswith(cut)


@given(ANY_TEXT)
def test_text_fit_for_xml_can_be_put_into_it(text: str) -> None:
    """What XML cannot hold is replaced, and no more of it after a second time."""
    fitted = fit_for_xml(text)
    assert fit_for_xml(fitted) == fitted
    assert "\x00" not in fitted
    fitted.encode()


@pytest.mark.parametrize("reference", ["&#xD800;", "&#0;", "&#x0;", "&#1114112;", "&#99999999999;", "&#8;", "&#xFFFE;"])
def test_references_to_no_character_are_replaced(reference: str) -> None:
    """References to NUL, surrogates and beyond Unicode become the replacement character."""
    assert fit_for_xml(f"a{reference}b") == "a\ufffdb"


@pytest.mark.parametrize("reference", ["&#x27;", "&#39;", "&#x4e2d;", "&#10;", "&amp;", "&#x1F600;"])
def test_references_to_characters_stay(reference: str) -> None:
    """Other references are the reader's business."""
    assert fit_for_xml(f"a{reference}b") == f"a{reference}b"


def test_long_words_are_cut_and_writing_without_spaces_is_not() -> None:
    """A run of letters longer than any word is cut; Chinese and Thai have no spaces."""
    assert shorten_tokens("x" * 5000 + " y") == "x" * 1000 + " y"
    assert shorten_tokens("华" * 5000) == "华" * 5000
    assert strip_markup("plain") == "plain"


def test_each_character_that_xml_cannot_hold_goes() -> None:
    """Controls but for tabs and line ends; the last character of Unicode stays, written out or as a reference."""
    gone = [chr(code) for code in range(0x21) if chr(code) not in "\t\n\r "]
    assert [fit_for_xml(f"a{char}b") for char in gone] == ["a\ufffdb"] * len(gone)
    for kept in ("\t", "\n", "\r", " ", "!", "\U0010ffff", "&#x10FFFF;", "&#1114111;", "&#9;"):
        assert fit_for_xml(f"a{kept}b") == f"a{kept}b"
    assert fit_for_xml("&#x110000;&#1114112;") == "\ufffd\ufffd"
