"""Search: the common form in which texts are indexed and searches are put. Pure.

Words are folded (`offing.model.text.folding`). In scripts that do not separate words by blanks, each pair of
neighbouring characters is a word, and so is the last character of a run; so 华为 is found in 中国华为公司, which the
tokenizer of neither database does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from offing.model.text.folding import fold_text

LONGEST_WORD = 40  # characters kept of a word, in the index and in searches; no language of ours has a longer one
MOST_TERMS = 32
MOST_WORDS = 32  # in a phrase
WORD = re.compile(r"[^\W_]+")
RUN = re.compile(r"[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+")
_TERM = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')


@dataclass(frozen=True, slots=True)
class Term:
    """Consecutive words; with `prefix`, the last one matches any word that begins with it."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """What a text must and must not contain; `ignored` are parts of the input that hold no word."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    ignored: tuple[str, ...] = ()


def words_of(text: str) -> Iterator[str]:
    """Yield the words of a text, folded, in order, as they are indexed."""
    folded = fold_text(text)
    if RUN.search(folded):
        yield from _words_with_runs(text)
    else:  # most texts: takes half the time
        yield from (found[0][:LONGEST_WORD] for found in WORD.finditer(folded))


def _words_with_runs(text: str) -> Iterator[str]:
    for piece in _pieces(text):
        if RUN.match(piece):
            yield from _pairs(piece)
            yield piece[-1]
        else:
            yield piece


def parse_search(text: str) -> Search:
    """Parse what was typed into a search box; never raises.

    `loan kenya` both words; `"smart city"` the phrase; `-zambia` not this; `telecom*` words that begin so.
    What is joined without blanks (e-government, 5G网络) is a phrase. Case, accents and the kind of
    quotation marks and dashes make no difference.
    """
    wanted: list[Term] = []
    unwanted: list[Term] = []
    ignored: list[str] = []
    for found in islice(_TERM.finditer(fold_text(text)), MOST_TERMS):
        not_this, phrase, word = found[1], found[2], found[3]
        term = _term(phrase or word or "", prefix=bool(word and word.endswith("*")))
        if not term.words:
            ignored.append(found[0])
        else:
            (unwanted if not_this else wanted).append(term)
    return Search(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted)), tuple(ignored))


def _term(text: str, *, prefix: bool) -> Term:
    pieces = list(_pieces(text))
    words = [word for piece in pieces[:-1] for word in words_of(piece)]
    last = pieces[-1] if pieces else ""
    if RUN.match(last):  # the run may continue in the text: then its last character is not indexed alone
        prefix = prefix or len(last) == 1
        words += _pairs(last) or [last]
    elif last:
        words.append(last)
    return Term(tuple(words[:MOST_WORDS]), prefix and len(words) <= MOST_WORDS)


def _pieces(text: str) -> Iterator[str]:
    """Yield words, split where the script changes between one with blanks and one without."""
    for found in WORD.finditer(fold_text(text)):
        word, at = found[0], 0
        for run in RUN.finditer(word):
            yield from _cut(word[at : run.start()])
            yield run[0]
            at = run.end()
        yield from _cut(word[at:])


def _cut(word: str) -> Iterable[str]:
    return (word[:LONGEST_WORD],) if word else ()


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]
