"""Quotes are found verbatim, but for blanks and quotation marks, and their offsets count in the text itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.second.quote_search import is_word, normalise_quotes, quote_spans

TEXTS = st.text(alphabet="ab é华为\"'“”«’ \n\t\u00a0\u00ad\u200bوهو.", min_size=2, max_size=60)


@given(text=TEXTS, data=st.data())
def test_whatever_stands_in_a_text_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    """A piece of a text, with other blanks and marks, is found at offsets that cut out the same piece."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end].replace("“", '"').replace("’", "'").replace(" ", "\n ")
    wanted = normalise_quotes(quote).text.strip()
    found = list(quote_spans(normalise_quotes(text), quote))
    assert all(
        normalise_quotes(text[left:right]).text.strip() in {wanted, wanted.strip("\"' ")} for left, right in found
    )
    assert all(0 <= left < right <= len(text) for left, right in found)
    if len(wanted) > 1:
        core = normalise_quotes(text[start:end]).text
        assert any(normalise_quotes(text[left:right]).text.strip() == core.strip() for left, right in found)


@given(text=TEXTS, other=TEXTS)
def test_what_does_not_stand_in_a_text_is_not_found(text: str, other: str) -> None:
    """Nothing is found but what the folded text holds."""
    wanted = normalise_quotes(other).text.strip()
    inside = wanted in normalise_quotes(text).text or wanted.strip("\"' ") in normalise_quotes(text).text
    assert inside or not list(quote_spans(normalise_quotes(text), other))


@pytest.mark.parametrize(
    ("text", "quote", "cut"),
    [
        ("He said: “a new  road”.", 'said: "a new road"', "said: “a new  road”"),
        ("Le ministre a dit «\u00a0oui\u00a0».", "« oui »", "«\u00a0oui\u00a0»"),
        ("وقعت وهواوي العقد", "هواوي", "هواوي"),
        ("华为建设", "华为", "华为"),
        ("the first\n\nparagraph", "first paragraph", "first\n\nparagraph"),
        ("It’s signed", "“It's signed”", "It’s signed"),
        ("in\u00adfra\u200bstructure", "infrastructure", "in\u00adfra\u200bstructure"),
    ],
)
def test_only_blanks_and_marks_may_differ(text: str, quote: str, cut: str) -> None:
    """What writers and models set differently is no other quote, and the place is the text's own."""
    assert [text[start:end] for start, end in quote_spans(normalise_quotes(text), quote)] == [cut]


@pytest.mark.parametrize("quote", ["signed a deal", "Signed a contract", "signed contract", "", " ", "a", '"'])
def test_a_changed_quote_is_none(quote: str) -> None:
    """Another word, another case, a word left out, and what is too short to prove anything."""
    assert not list(quote_spans(normalise_quotes("They signed a contract."), quote))


def test_within_a_span_only() -> None:
    """A name is looked for inside its quote, not elsewhere."""
    text = "ZTE lost. Huawei and ZTE won."
    assert list(quote_spans(normalise_quotes(text), "ZTE", (10, len(text)))) == [(21, 24)]


def test_a_latin_name_is_a_word_others_need_not_be() -> None:
    """ABB in Abba is none; Arabic writes prefixes onto names, Chinese no blanks."""
    assert not is_word("CABBA", 1, 4)
    assert is_word("an ABB deal", 3, 6)
    assert is_word("وهواوي", 1, 6)
    assert is_word("与华为签", 1, 3)
