"""Suggests names that the lexicon lacks: names that recognition took for Chinese firms though no list has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from offing.model.reading.rules import EntityKind, Lexicon
from offing.recognize.text.folded_text import fold_form
from offing.recognize.text.name_endings import NameEndings, endings_of
from offing.store.articles.article import get_article
from offing.store.articles.unresolved import Unresolved, anything_read, sample_span, unresolved
from offing.store.database.engine import Database

_INSTITUTION = "institution"
_BANK_WORDS = ("bank", "banque", "banco", "банк", "银行", "بنك", "مصرف")
_AROUND = 90  # characters of context on either side of a name


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name that no list has, with what an analyst needs to decide whether to add it.

    `name` is the spelling that most articles use, `guess` its probable kind by its words, `quote` the words around it
    in `article_id`, its newest article.
    """

    name: str
    spellings: tuple[str, ...]
    guess: EntityKind
    rules: tuple[str, ...]
    articles: int
    outlets: int
    last_seen: datetime | None
    score: float
    article_id: int
    quote: str


def suggestions(
    database: Database, lexicon: Lexicon, *, limit: int, since: datetime | None = None
) -> tuple[Suggestion, ...]:
    """Return the names that no list has, those first that most outlets and articles have.

    Args:
        database: where recognised articles are stored.
        lexicon: today's; names that it now has or rules out are not suggested.
        limit: how many at most.
        since: only articles extracted from then on.
    """
    with database.read() as conn:
        groups = _grouped(unresolved(conn, since), lexicon)
        ordered = sorted(groups, key=_rank)[:limit]
        return tuple(_suggestion(conn, group) for group in ordered)


def why_none(database: Database, since: datetime | None = None) -> str:
    """Return a sentence that explains why there is no suggestion."""
    with database.read() as conn:
        if anything_read(conn, since):
            return "no name waits: every firm that was found stands in a list"
    if since:
        return f"no name waits: no article was read since {since:%Y-%m-%d}"
    return "no name waits: no article was read yet; `offing run` reads what the feeds bring"


def _known(lexicon: Lexicon, endings: NameEndings) -> frozenset[str]:
    names = [alias.text for alias in lexicon.aliases]
    names += [text for entity in (*lexicon.firms, *lexicon.lenders) for text in (entity.name, entity.name_zh) if text]
    names += [friend.phrase for friend in lexicon.false_friends if friend.kind in ("firm", "lender")]
    return frozenset(map(endings.key, names))


def _grouped(found: Iterable[Unresolved], lexicon: Lexicon) -> list[list[Unresolved]]:
    """Group the spellings of each name that no list has, the most frequent spelling first."""
    endings = endings_of(lexicon.endings)
    known = _known(lexicon, endings)
    groups: dict[str, list[Unresolved]] = {}
    for each in found:
        groups.setdefault(endings.key(each.name), []).append(each)
    return [sorted(group, key=lambda each: -len(each.articles)) for key, group in groups.items() if key not in known]


def _rank(group: list[Unresolved]) -> tuple[int, int, float, str]:
    return (-len(_outlets(group)), -len(_articles(group)), -max(each.score for each in group), group[0].name)


def _outlets(group: list[Unresolved]) -> frozenset[str]:
    return frozenset().union(*(each.outlets for each in group))


def _articles(group: list[Unresolved]) -> frozenset[int]:
    return frozenset(number for each in group for number in each.articles)


def _suggestion(conn: sa.Connection, group: list[Unresolved]) -> Suggestion:
    first = group[0]
    newest = first.articles[-1]
    return Suggestion(
        name=first.name,
        spellings=tuple(dict.fromkeys(each.name for each in group)),
        guess=_guess(group),
        rules=tuple(dict.fromkeys(each.rule for each in group)),
        articles=len(_articles(group)),
        outlets=len(_outlets(group)),
        last_seen=max((each.last_seen for each in group if each.last_seen), default=None),
        score=max(each.score for each in group),
        article_id=newest,
        quote=_quote(conn, first.name, newest),
    )


def _guess(group: list[Unresolved]) -> EntityKind:
    """Return a name's probable kind: institution by the rule that read it, bank by its words, else firm."""
    if any(each.rule == _INSTITUTION for each in group):
        return EntityKind.PUBLIC_BODY
    if any(word in fold_form(each.name) for each in group for word in _BANK_WORDS):
        return EntityKind.COMMERCIAL_BANK
    return EntityKind.FIRM


def _quote(conn: sa.Connection, name: str, article_id: int) -> str:
    span = sample_span(conn, name, article_id)
    text = get_article(conn, article_id).text
    if span is None or span[1] > len(text):  # the text was withheld since
        return ""
    start, end = max(0, span[0] - _AROUND), min(len(text), span[1] + _AROUND)
    words = text[start:end].split()
    cut = words[1 if start else 0 : len(words) - (1 if end < len(text) else 0)]
    return " ".join(cut or words)
