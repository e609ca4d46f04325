"""Search: the one form in which texts are kept to be searched, and in which searches are put. Pure.

Words are folded (`offing.model.folding`). Of scripts that set no blanks between words, each pair of neighbouring
characters is a word, and the last character of a run; so 华为 is found in 中国华为公司, which no tokenizer of either
database does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from offing.model.folding import fold_text

LONGEST_WORD = 40  # characters kept of a word, at both ends of a search; no language of ours has a longer one
MOST_TERMS = 32
MOST_WORDS = 32  # of a phrase
_WORD = re.compile(r"[^\W_]+")
_RUN = re.compile(r"[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+")
_TERM = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand one after the other; of the last only the beginning where `prefix` is set."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """What a text must hold and must not hold; `ignored` are parts of what was typed that hold no word."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    ignored: tuple[str, ...] = ()


def words_of(text: str) -> Iterator[str]:
    """The words of a text, folded, in order, as they are kept."""
    folded = fold_text(text)
    if _RUN.search(folded):
        yield from _words_with_runs(text)
    else:  # of most texts, in half the time
        yield from (found[0][:LONGEST_WORD] for found in _WORD.finditer(folded))


def _words_with_runs(text: str) -> Iterator[str]:
    for piece in _pieces(text):
        if _RUN.match(piece):
            yield from _pairs(piece)
            yield piece[-1]
        else:
            yield piece


def parse_search(text: str) -> Search:
    """What was typed into a search box, understood; never raises.

    `loan kenya` both words; `"smart city"` one after the other; `-zambia` not this; `telecom*` words that begin so.
    What hangs together without blanks (e-government, 5G网络) stands one after the other. Case, accents and the kind of
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
    if _RUN.match(last):  # may go on in the text: its last character does not stand alone there
        prefix = prefix or len(last) == 1
        words += _pairs(last) or [last]
    elif last:
        words.append(last)
    return Term(tuple(words[:MOST_WORDS]), prefix and len(words) <= MOST_WORDS)


def _pieces(text: str) -> Iterator[str]:
    """Words, parted where the script changes from one that sets blanks to one that does not."""
    for found in _WORD.finditer(fold_text(text)):
        word, at = found[0], 0
        for run in _RUN.finditer(word):
            yield from _cut(word[at : run.start()])
            yield run[0]
            at = run.end()
        yield from _cut(word[at:])


def _cut(word: str) -> Iterable[str]:
    return (word[:LONGEST_WORD],) if word else ()


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]
