"""Full-text search over candidates: FTS5 on SQLite, a tsvector under GIN on PostgreSQL, the same words in both.

The databases' own tokenizers are not used: words are split and folded by `offing.model.text.search` for index and query
alike, and hold letters and digits only, so that no input can be read as query syntax.

GIN stores no positions, so PostgreSQL indexes each pair of adjacent words as a word too (` smart city`, with a
leading blank, so that prefix searches do not match pairs). A phrase of two words is one index lookup; for a longer one
all pairs are looked up, and rows that have them all are checked. Only pairs have positions: PostgreSQL stores
256 per word, and in a long story "of" occurs more often.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from offing.model.text.search import Search, Term, words_of
from offing.store.database.dialect import of_dialect
from offing.store.tables import candidate

MOST_WORDS = 16_000  # indexed per candidate; PostgreSQL does not distinguish positions beyond 16,383
MOST_BYTES = 300_000  # PostgreSQL refuses more than 1 MiB for words, pairs of words and their positions
_END = "\ue000"  # separates phrases of different texts; a letter to FTS5, but never part of a search
_fts = sa.table("candidate_search", sa.column("rowid", sa.Integer()))
_vectors = sa.table("candidate_search", sa.column("candidate_id", sa.BigInteger()), sa.column("words"))
_INSERT = {
    "sqlite": "INSERT INTO candidate_search (rowid, words) VALUES (:id, :words)",
    "postgresql": "INSERT INTO candidate_search (candidate_id, words) VALUES (:id, CAST(:words AS tsvector))",
}
_COUNTED = 200  # candidates; a word that more have is frequent enough
_FREQUENCIES = {
    "sqlite": "SELECT w.value, (SELECT count(*) FROM (SELECT 1 FROM candidate_search"
    " WHERE candidate_search MATCH '\"' || w.value || '\"' LIMIT :most)) FROM json_each(:words) AS w",
    "postgresql": "SELECT w.value, (SELECT count(*) FROM (SELECT 1 FROM candidate_search"
    " WHERE words @@ CAST('''' || w.value || '''' AS tsquery) LIMIT :most) AS hits)"
    " FROM json_array_elements_text(CAST(:words AS json)) AS w(value)",
}
_KEY = {"sqlite": "rowid", "postgresql": "candidate_id"}


def keep_words(conn: sa.Connection, texts: Mapping[int, Iterable[str]]) -> None:
    """Replace the indexed words of candidates; if the limit cuts them, the first texts take precedence."""
    forget(conn, texts)
    write = of_dialect(conn.dialect, sqlite=" ".join, postgresql=_vector)
    rows = [{"id": candidate_id, "words": write(_kept(parts))} for candidate_id, parts in texts.items()]
    if rows:
        conn.execute(sa.text(_INSERT[conn.dialect.name]), rows)


def forget(conn: sa.Connection, ids: Iterable[int]) -> None:
    """Remove all indexed words of candidates."""
    gone = [{"id": each} for each in ids]
    if gone:
        key = _KEY[conn.dialect.name]
        conn.execute(sa.text(f"DELETE FROM candidate_search WHERE {key} = :id"), gone)  # noqa: S608 -- our own word


@dataclass(frozen=True, slots=True)
class Matches:
    """The candidates that contain what is wanted, and those that contain what is not; None if nothing is asked for."""

    wanted: sa.FromClause | None
    unwanted: sa.FromClause | None

    def among(self, ids: sa.ColumnElement[int]) -> list[sa.ColumnElement[bool]]:
        """The conditions that a column of candidate ids matches the search."""
        within = [] if self.wanted is None else [sa.exists().where(self.wanted.c.id == ids)]
        return [*within, *([] if self.unwanted is None else [~sa.exists().where(self.unwanted.c.id == ids)])]


def matches(conn: sa.Connection, search: Search) -> Matches:
    """The matches of a search, usable in any number of places of one statement."""
    asks_nothing = not (search.wanted or search.unwanted)
    if conn.dialect.name == "postgresql" and not asks_nothing:
        # PostgreSQL ignores the cost of unpacking words, and would unpack those of all rows to see if they match.
        conn.execute(sa.text("SET LOCAL enable_seqscan = off"))
    ask = of_dialect(conn.dialect, sqlite=_in_fts, postgresql=_in_vectors)
    return Matches(
        ask(search.wanted, every=True).cte("wanted").prefix_with("MATERIALIZED") if search.wanted else None,
        ask(search.unwanted, every=False).cte("unwanted").prefix_with("MATERIALIZED") if search.unwanted else None,
    )


def frequencies(conn: sa.Connection, words: Collection[str]) -> dict[str, int]:
    """Return in how many candidates each word stands, up to a few hundred; without those that stand in none.

    Args:
        conn: a transaction.
        words: folded, of letters and digits only.
    """
    if of_dialect(conn.dialect, sqlite=False, postgresql=True):
        conn.execute(sa.text("SET LOCAL enable_seqscan = off"))  # as in `matches`
    asked = {"words": json.dumps(list(words)), "most": _COUNTED}
    rows = conn.execute(sa.text(_FREQUENCIES[conn.dialect.name]), asked).all() if words else []
    return {row[0]: row[1] for row in rows if row[1]}


def not_kept(conn: sa.Connection) -> tuple[int, ...]:
    """The candidates that should have words indexed but have none, and those whose words are indexed needlessly."""
    key = _KEY[conn.dialect.name]
    kept = set(conn.execute(sa.text(f"SELECT {key} FROM candidate_search")).scalars())  # noqa: S608 -- our own word
    wanted = set(conn.execute(sa.select(candidate.c.id).where(candidate.c.merged_into.is_(None))).scalars())
    return tuple(sorted(kept ^ wanted))


def _kept(parts: Iterable[str]) -> list[str]:
    """The words of some texts, up to the limit."""
    kept: list[str] = []
    size = 0
    for part in parts:
        for word in words_of(part):
            size += len(word.encode())
            if len(kept) >= MOST_WORDS or size > MOST_BYTES:
                return kept
            kept.append(word)
        kept.append(_END)
    return kept


def _vector(words: list[str]) -> str:
    """Words without positions, pairs of neighbours with the positions of their first words."""
    places: dict[str, list[str]] = {f"'{word}'": [] for word in words if word != _END}
    for place, (word, following) in enumerate(pairwise(words), 1):
        if _END not in {word, following}:
            places.setdefault(_pair(word, following), []).append(str(place))
    return " ".join(f"{word}:{','.join(at)}" if at else word for word, at in places.items())


def _pair(word: str, following: str) -> str:
    return f"' {word} {following}'"


def _in_fts(terms: Iterable[Term], *, every: bool) -> sa.Select[Any]:
    phrases = (f'"{" ".join(term.words)}"{" *" if term.prefix else ""}' for term in terms)
    asked = sa.literal((" AND " if every else " OR ").join(phrases))
    return sa.select(_fts.c.rowid.label("id")).where(sa.literal_column("candidate_search").op("MATCH")(asked))


def _in_vectors(terms: Iterable[Term], *, every: bool) -> sa.Select[Any]:
    phrases = (f"({_phrase(term)})" for term in terms)
    asked = sa.cast(sa.literal((" & " if every else " | ").join(phrases)), postgresql.TSQUERY)
    return sa.select(_vectors.c.candidate_id.label("id")).where(_vectors.c.words.op("@@")(asked))


def _phrase(term: Term) -> str:
    """One word, or the pairs of several consecutive ones; for a prefix search, the last as a prefix."""
    pairs = [_pair(*neighbours) for neighbours in pairwise(term.words)] or [f"'{term.words[0]}'"]
    return " <-> ".join(pairs) + (":*" if term.prefix else "")
