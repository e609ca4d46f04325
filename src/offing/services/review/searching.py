"""What helps a search in the queue along: excerpts with its words, a wider scope, and a word that may be meant."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from offing.model.review.queue import QueueFilter, QueueLine, QueueView
from offing.model.text.folding import fold_text
from offing.model.text.marking import MarkedPiece, excerpt, lacking
from offing.model.text.search import Search, parse_search
from offing.model.text.spelling import near_words
from offing.review import headline
from offing.services.review.queue import QueueReader, total_of
from offing.store.candidates.queue_line import quotes_of, texts_of
from offing.store.candidates.search import frequencies
from offing.store.database.engine import Database

_WIDER = (QueueView.WAITING, QueueView.ALL)
_WORD = re.compile(r"[^\s\"]+")


@dataclass(frozen=True, slots=True)
class Scope:
    """A filter and how many candidates it finds."""

    filter: QueueFilter
    total: int

    @property
    def query(self) -> str:
        """The filter as in an address, with its view, since a search without one is for all that waits."""
        return urlencode({"view": self.filter.view.value, **self.filter.to_dict()}, doseq=True)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What to try where a search finds nothing: a correction of a typed word, and the same search in wider scopes.

    `unknown` are the typed words that stand in no candidate at all.
    """

    meant: Scope | None = None
    wider: tuple[Scope, ...] = ()
    unknown: tuple[str, ...] = ()


def elsewhere(database: Database, wanted: QueueFilter, reader: QueueReader) -> Elsewhere:
    """Return what to try instead of a search that found nothing; asks the database a few times more.

    Scopes that find nothing are left out, and so is each that finds no more than a narrower one.
    """
    if not wanted.text:
        return Elsewhere()
    unknown, corrected = _spelled(database, wanted.text)
    meant = next(iter(_scopes(database, replace(wanted, text=corrected), reader)), None) if corrected else None
    wider = () if unknown else _scopes(database, wanted, reader)
    return Elsewhere(meant, wider, unknown)


def excerpts(database: Database, lines: Sequence[QueueLine], search: Search) -> Mapping[int, tuple[MarkedPiece, ...]]:
    """Return for some lines of the queue the part of a text with the words of a search that the line does not show."""
    missing = {
        line.id: terms
        for line in lines
        if (terms := lacking((headline(line.facts) or line.title, line.headline), search))
    }
    found: dict[int, tuple[MarkedPiece, ...]] = {}
    for read in (quotes_of, texts_of):  # articles are long: they are read only where no quote has a word
        left = [number for number in missing if not found.get(number)]
        if left:
            with database.read() as conn:
                texts = read(conn, left)
            found |= {number: excerpt(texts.get(number, ()), missing[number], search) for number in left}
    return {number: pieces for number, pieces in found.items() if pieces}


def _scopes(database: Database, wanted: QueueFilter, reader: QueueReader) -> tuple[Scope, ...]:
    bare = QueueFilter(text=wanted.text)
    tried = (wanted, replace(bare, view=wanted.view), *(replace(bare, view=view) for view in _WIDER))
    found: dict[int, Scope] = {}
    for each in dict.fromkeys(replace(one, after=None, before=None) for one in tried):
        total = total_of(database, each, reader)
        if total > max(found, default=0):
            found[total] = Scope(each, total)
    return tuple(found.values())


def _spelled(database: Database, text: str) -> tuple[tuple[str, ...], str]:
    """The typed words that stand nowhere, and the text with a near word in the place of each; "" if one has none."""
    wanted = parse_search(text).wanted
    words = {term.words[0] for term in wanted if len(term.words) == 1 and not term.prefix}
    with database.read() as conn:
        known = frequencies(conn, words)
        near = {word: frequencies(conn, near_words(word)) for word in sorted(words - known.keys())}
    best = {word: max(found, key=lambda each: (found[each], each)) for word, found in near.items() if found}
    corrected = _WORD.sub(lambda typed: best.get(fold_text(typed[0]), typed[0]), text)
    return tuple(near), corrected if near and len(best) == len(near) else ""
