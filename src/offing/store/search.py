"""Full-text search over candidates: FTS5 on SQLite, a tsvector under GIN on PostgreSQL, the same words in both.

The databases' own tokenizers have no say: words are cut and folded by `offing.model.search` when they are kept and
when they are asked for, and hold letters and digits only, so that nothing typed can be read as query syntax.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from offing.model.search import Search, Term, words_of
from offing.store.tables import candidate

MOST_WORDS = 16_000  # kept of a candidate; PostgreSQL tells no places apart beyond 16,383
MOST_BYTES = 700_000  # it refuses more than 1 MiB for words and places
_END = "\ue000"  # parts phrases of different texts; a letter to FTS5, to no search
_fts = sa.table("candidate_search", sa.column("rowid", sa.Integer()))
_vectors = sa.table("candidate_search", sa.column("candidate_id", sa.BigInteger()), sa.column("words"))
_INSERT = {
    "sqlite": "INSERT INTO candidate_search (rowid, words) VALUES (:id, :words)",
    "postgresql": "INSERT INTO candidate_search (candidate_id, words) VALUES (:id, CAST(:words AS tsvector))",
}
_KEY = {"sqlite": "rowid", "postgresql": "candidate_id"}


def keep_words(conn: sa.Connection, texts: Mapping[int, Iterable[str]]) -> None:
    """Let candidates be found by the words of these texts and by no others; the first texts count most when cut."""
    forget(conn, texts)
    write = _vector if conn.dialect.name == "postgresql" else " ".join
    rows = [{"id": candidate_id, "words": write(_kept(parts))} for candidate_id, parts in texts.items()]
    if rows:
        conn.execute(sa.text(_INSERT[conn.dialect.name]), rows)


def forget(conn: sa.Connection, ids: Iterable[int]) -> None:
    """Let candidates no longer be found by any word."""
    gone = [{"id": each} for each in ids]
    if gone:
        key = _KEY[conn.dialect.name]
        conn.execute(sa.text(f"DELETE FROM candidate_search WHERE {key} = :id"), gone)  # noqa: S608 -- our own word


@dataclass(frozen=True, slots=True)
class Matches:
    """The candidates that hold what is wanted, and those that hold what is not; None where nothing is asked for."""

    wanted: sa.FromClause | None
    unwanted: sa.FromClause | None

    def among(self, ids: sa.ColumnElement[int]) -> list[sa.ColumnElement[bool]]:
        """The conditions under which the candidates of a column of ids are found."""
        within = [] if self.wanted is None else [sa.exists().where(self.wanted.c.id == ids)]
        return [*within, *([] if self.unwanted is None else [~sa.exists().where(self.unwanted.c.id == ids)])]


def matches(conn: sa.Connection, search: Search) -> Matches:
    """What a search finds, to be asked for in any number of places of one statement."""
    asks_nothing = not (search.wanted or search.unwanted)
    if conn.dialect.name == "postgresql" and not asks_nothing:
        # It does not know what unpacking words costs, and would unpack those of all rows to see if they match.
        conn.execute(sa.text("SET LOCAL enable_seqscan = off"))
    ask = _in_vectors if conn.dialect.name == "postgresql" else _in_fts
    return Matches(
        ask(search.wanted, every=True).cte("wanted").prefix_with("MATERIALIZED") if search.wanted else None,
        ask(search.unwanted, every=False).cte("unwanted").prefix_with("MATERIALIZED") if search.unwanted else None,
    )


def not_kept(conn: sa.Connection) -> tuple[int, ...]:
    """The candidates that stand for a story and have no words kept, and those whose words are kept needlessly."""
    key = _KEY[conn.dialect.name]
    kept = set(conn.execute(sa.text(f"SELECT {key} FROM candidate_search")).scalars())  # noqa: S608 -- our own word
    wanted = set(conn.execute(sa.select(candidate.c.id).where(candidate.c.merged_into.is_(None))).scalars())
    return tuple(sorted(kept ^ wanted))


def _kept(parts: Iterable[str]) -> list[str]:
    """The words of some texts, as many as are kept."""
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
    places: dict[str, list[str]] = defaultdict(list)
    for place, word in enumerate(words, 1):
        if word != _END:
            places[word].append(str(place))
    return " ".join(f"'{word}':{','.join(at)}" for word, at in places.items())


def _in_fts(terms: Iterable[Term], *, every: bool) -> sa.Select[Any]:
    phrases = (f'"{" ".join(term.words)}"{" *" if term.prefix else ""}' for term in terms)
    asked = sa.literal((" AND " if every else " OR ").join(phrases))
    return sa.select(_fts.c.rowid.label("id")).where(sa.literal_column("candidate_search").op("MATCH")(asked))


def _in_vectors(terms: Iterable[Term], *, every: bool) -> sa.Select[Any]:
    phrases = (f"({' <-> '.join(_lexemes(term))})" for term in terms)
    asked = sa.cast(sa.literal((" & " if every else " | ").join(phrases)), postgresql.TSQUERY)
    return sa.select(_vectors.c.candidate_id.label("id")).where(_vectors.c.words.op("@@")(asked))


def _lexemes(term: Term) -> list[str]:
    *before, last = (f"'{word}'" for word in term.words)
    return [*before, f"{last}:*" if term.prefix else last]
