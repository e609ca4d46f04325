"""Words as they are kept and searches as they are put."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from offing.model.text.folding import fold_text
from offing.model.text.search import LONGEST_WORD, MOST_WORDS, Search, Term, parse_search, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kénya's e-Government", ["kenya", "s", "e", "government"]),
        ("中国华为", ["中国", "国华", "华为", "为"]),
        ("5G网络_A", ["5g", "网络", "络", "a"]),
        ("شركة هواوي", ["شركه", "هواوي"]),
        ("ＺＴＥ ﬁbre ٢٠٢٦", ["zte", "fibre", "2026"]),
        ("Łódź Straße", ["lodz", "strasse"]),
        ("a" * 99, ["a" * LONGEST_WORD]),
        ("* - \ud800\x00 _", []),
    ],
)
def test_words_are_folded_and_unparted_scripts_cut_in_pairs(text: str, words: list[str]) -> None:
    """Case, accents, width and forms of letters make no difference; Chinese is kept in pairs."""
    assert list(words_of(text)) == words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("loan Kenya loan", Search((Term(("loan",)), Term(("kenya",))))),
        ('"Smart City"', Search((Term(("smart", "city")),))),
        ("«smart city» –zambia", Search((Term(("smart", "city")),), (Term(("zambia",)),))),
        ('-"smart city', Search((), (Term(("smart", "city")),))),
        ("tele* e-gov*", Search((Term(("tele",), prefix=True), Term(("e", "gov"), prefix=True)))),
        ("华为", Search((Term(("华为",)),))),
        ("华", Search((Term(("华",), prefix=True),))),
        ("5G网络建", Search((Term(("5g", "网络", "络建")),))),
        ('"华为 公司"', Search((Term(("华为", "为", "公司")),))),
        ("-- * kenya", Search((Term(("kenya",)),), (), ("--", "*"))),
        ('"', Search((), (), ('"',))),
        ("", Search()),
    ],
)
def test_a_search_is_understood(typed: str, meant: Search) -> None:
    """Words, phrases, exclusions and beginnings; what holds no word is told."""
    assert parse_search(typed) == meant


def test_a_phrase_is_not_endless() -> None:
    """A pasted article is searched for by its first words; the last of them is whole, then."""
    term = parse_search("x-" * 100 + "y*").wanted[0]
    assert term == Term(("x",) * MOST_WORDS)


def test_a_search_is_not_endless() -> None:
    """32 terms, each of 32 words of 40 characters; of Chinese words pairs count."""
    assert (LONGEST_WORD, MOST_WORDS) == (40, 32)
    typed = [f"w{number}" for number in range(40)]
    assert parse_search(" ".join(typed)).wanted == tuple(Term((word,)) for word in typed[:32])
    assert parse_search("x-" * 31 + "y*").wanted == (Term((*["x"] * 31, "y"), prefix=True),)
    assert parse_search("x-" * 31 + "华为*").wanted == (Term((*["x"] * 31, "华为"), prefix=True),)
    assert parse_search("x" * 41).wanted == (Term(("x" * 40,)),)


@given(st.text())
@example('"-*\x00OR NEAR(')
def test_any_text_is_a_search_of_kept_words(typed: str) -> None:
    """Whatever is typed is understood, and asks for words of the kind that are kept, folded once and for all."""
    found = parse_search(typed)
    for term in (*found.wanted, *found.unwanted):
        assert term.words
        for word in term.words:
            assert word.isalnum()
            assert len(word) <= LONGEST_WORD
            assert fold_text(word) == word


@given(st.text())
@example("İ" * 41 + "_x")
def test_a_further_word_leaves_the_others(text: str) -> None:
    """Texts without Chinese are read in a quicker way, and give the words that they give beside it."""
    assert [*words_of(f"{text} 华")] == [*words_of(text), "华"]


_ALPHABET = "ab é中华为网-' \n"


@given(st.text(_ALPHABET, max_size=12), st.text(_ALPHABET, max_size=12), st.text(_ALPHABET, max_size=12))
def test_a_phrase_of_whole_words_is_found(before: str, phrase: str, after: str) -> None:
    """The words of a phrase stand in each text that holds it, one after the other."""
    kept = list(words_of(f"{before} {phrase} {after}"))
    assert all(_holds(kept, term) for term in parse_search(f'"{phrase}"').wanted)


@given(st.text("中华为网网络", min_size=1, max_size=9), st.integers(0, 8), st.integers(1, 9))
@example("华为", 1, 1)
def test_any_part_of_a_chinese_run_is_found(run: str, start: int, length: int) -> None:
    """Chinese sets no blanks: every part of a run is found in it, also a single character."""
    (*_, term) = parse_search(run[start : start + length] or run).wanted
    assert _holds(list(words_of(run)), term)


def _holds(kept: list[str], term: Term) -> bool:
    size = len(term.words)
    return any(_stands(kept[at : at + size], list(term.words), prefix=term.prefix) for at in range(len(kept)))


def _stands(kept: list[str], wanted: list[str], *, prefix: bool) -> bool:
    last = kept[-1].startswith(wanted[-1]) if prefix and kept else kept[-1:] == wanted[-1:]
    return len(kept) == len(wanted) and kept[:-1] == wanted[:-1] and last
