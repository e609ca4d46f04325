"""The queue lines of the candidates on a page, read in a fixed number of queries."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSON

from offing.model.pairs.pairing import Ref, RefKind
from offing.model.projects.project import ProjectFacts
from offing.model.review.candidate import CandidateState
from offing.model.review.decision import Decision, edited_fields, effective_facts
from offing.model.review.queue import Facet
from offing.model.values.codec import from_plain
from offing.store.candidates.decision import decisions_of
from offing.store.candidates.facet import named
from offing.store.database.batch import parts
from offing.store.database.dialect import of_dialect
from offing.store.tables import (
    article,
    candidate,
    candidate_facet,
    evidence,
    known_project,
    pair,
    project,
    story_article,
)

_UNDECIDED = (CandidateState.OPEN, CandidateState.DEFERRED)
_COLUMNS = (
    *(candidate.c.id, candidate.c.version, candidate.c.story_id, candidate.c.kind, candidate.c.state),
    *(candidate.c.score, candidate.c.facts, candidate.c.reasons, candidate.c.created_at, candidate.c.defer_until),
    *(candidate.c.update_of, candidate.c.independent),
)


@dataclass(frozen=True, slots=True)
class StoredLine:
    """A candidate's own row, the articles of its story, its decisions, and other candidates of the same article.

    `target` is the title of what an update belongs to, `agrees` what the two have in common.
    """

    row: Any
    articles: tuple[Any, ...]
    decisions: tuple[Decision, ...]
    beside: tuple[int, ...]
    target: str = ""
    agrees: tuple[str, ...] = ()


def stored_lines(conn: sa.Connection, ids: Sequence[int]) -> tuple[StoredLine, ...]:
    """The lines of these candidates, in this order; at most a few hundred."""
    rows = {row.id: row for row in conn.execute(sa.select(*_COLUMNS).where(candidate.c.id.in_(ids)))}
    stories = [row.story_id for row in rows.values()]
    by_story, made, beside = _articles(conn, stories), decisions_of(conn, ids), _beside(conn, stories)
    updates = [row for row in rows.values() if row.update_of]
    titles, agrees = _titles(conn, {row.update_of for row in updates}), _agreement(conn, updates)
    return tuple(
        StoredLine(
            row=rows[each],
            articles=tuple(by_story[rows[each].story_id]),
            decisions=made.get(each, ()),
            beside=beside.get(rows[each].story_id, ()),
            target=titles.get(rows[each].update_of, ""),
            agrees=agrees.get(each, ()),
        )
        for each in ids
        if each in rows
    )


def quotes_of(conn: sa.Connection, candidate_ids: Sequence[int]) -> Mapping[int, list[str]]:
    """Return the quotes of some candidates, each once, by candidate."""
    columns = sa.select(evidence.c.id, evidence.c.candidate_id, evidence.c.quote)
    rows = conn.execute(columns.where(evidence.c.candidate_id.in_(candidate_ids))).all()
    return _by_candidate((number, (quote,)) for _, number, quote in sorted(map(tuple, rows)))


def texts_of(conn: sa.Connection, candidate_ids: Sequence[int]) -> Mapping[int, list[str]]:
    """Return the titles and paragraphs of the articles of some candidates, each once, by candidate."""
    columns = sa.select(story_article.c.id, candidate.c.id, article.c.title, article.c.paragraphs)
    joined = columns.join_from(candidate, story_article, story_article.c.story_id == candidate.c.story_id)
    reported = joined.join(article, article.c.id == story_article.c.article_id).where(story_article.c.repeats.is_(None))
    rows = conn.execute(reported.where(candidate.c.id.in_(candidate_ids))).all()
    return _by_candidate((number, (title, *some)) for _, number, title, some in sorted(map(tuple, rows)))


def _by_candidate(texts: Iterable[tuple[int, Iterable[str]]]) -> dict[int, list[str]]:
    """Texts by candidate, each once, in their order.

    They are sorted here: to have them in order SQLite would read the whole tables, by their ids.
    """
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for number, some in texts:
        found[number].update(dict.fromkeys(some))
    return {number: list(each) for number, each in found.items()}


def names_of(conn: sa.Connection, facet: Facet, values: Sequence[str]) -> dict[str, str]:
    """The display names of sources, firms and lenders, by filter value, if known."""
    if facet is Facet.SOURCE:
        return _of_each(conn, values, _outlet)
    return _party_names(conn, facet, values) if facet in {Facet.FIRM, Facet.LENDER} else {}


def _articles(conn: sa.Connection, story_ids: Sequence[int]) -> dict[int, list[Any]]:
    columns = (article.c.id, article.c.title, article.c.outlet, article.c.language, article.c.published)
    joined = sa.select(story_article.c.story_id, *columns).distinct().join_from(story_article, article)
    by_story: dict[int, list[Any]] = defaultdict(list)
    for row in conn.execute(joined.where(story_article.c.story_id.in_(story_ids)).order_by(article.c.id)):
        by_story[row.story_id].append(row)
    return by_story


def _beside(conn: sa.Connection, story_ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """Undecided candidates of other stories that share an article with each story.

    The database does the join, however many articles a story has. Candidates are read in a second query: in a single
    one, SQLite would expect the undecided ones to be the fewest rows.
    """
    one, other = story_article.alias("one"), story_article.alias("other")
    same = (one.c.article_id == other.c.article_id) & (one.c.story_id != other.c.story_id)
    pairs = sa.select(one.c.story_id, other.c.story_id.label("other")).join_from(one, other, same).distinct()
    stories: dict[int, set[int]] = defaultdict(set)
    for row in conn.execute(pairs.where(one.c.story_id.in_(story_ids))):
        stories[row.story_id].add(row.other)
    of_story = _undecided_of(conn, sorted({each for some in stories.values() for each in some}))
    return {
        story_id: tuple(sorted(of_story[each] for each in others if each in of_story))
        for story_id, others in stories.items()
    }


def _undecided_of(conn: sa.Connection, story_ids: Sequence[int]) -> dict[int, int]:
    """The undecided candidates of some stories, by story."""
    standing = (candidate.c.state.in_(_UNDECIDED), candidate.c.merged_into.is_(None))
    by_story = sa.select(candidate.c.story_id, candidate.c.id, sa.and_(*standing).label("undecided"))
    rows = (row for some in parts(story_ids) for row in conn.execute(by_story.where(candidate.c.story_id.in_(some))))
    return {row.story_id: row.id for row in rows if row.undecided}


def _agreement(conn: sa.Connection, updates: Sequence[Any]) -> dict[int, tuple[str, ...]]:
    targets = {row.id: row.update_of for row in updates}
    rows = conn.execute(
        sa.select(pair.c.candidate_id, pair.c.target, pair.c.reasons).where(pair.c.candidate_id.in_(list(targets)))
    )
    return {row.candidate_id: tuple(row.reasons) for row in rows if targets[row.candidate_id] == row.target}


def _titles(conn: sa.Connection, written: Iterable[str]) -> dict[str, str]:
    """The titles of the items that updates belong to."""
    return {each: _title(conn, Ref.parse(each)) for each in sorted(written)}


def _title(conn: sa.Connection, ref: Ref) -> str:
    if ref.kind is RefKind.PROJECT:
        asked = sa.select(project.c.facts).where(project.c.id == ref.key)
    elif ref.kind is RefKind.KNOWN:
        base, _, key = ref.key.partition(":")
        asked = sa.select(known_project.c.facts).where(known_project.c.source == base, known_project.c.key == key)
    else:
        number = int(ref.key) if ref.key.isdecimal() else 0
        asked = sa.select(candidate.c.facts).where(candidate.c.id == number)
    found = conn.execute(asked).scalar_one_or_none()
    return str((found or {}).get("title") or "")


def _of_each(
    conn: sa.Connection, values: Sequence[str], ask: Callable[[sa.ColumnElement[str]], sa.Select[Any]]
) -> dict[str, Any]:
    """The answer for each value that has one, by one index lookup for each."""
    listed = sa.literal(json.dumps(list(values)), sa.Text())
    rows = of_dialect(
        conn.dialect,
        sqlite=sa.func.json_each(listed).table_valued("value"),
        postgresql=sa.func.json_array_elements_text(sa.cast(listed, JSON)).table_valued("value"),
    )
    each = sa.type_coerce(rows.c.value, sa.Text())
    return {value: answer for value, answer in conn.execute(sa.select(each, ask(each).scalar_subquery())) if answer}


def _outlet(domain: sa.ColumnElement[str]) -> sa.Select[Any]:
    return sa.select(article.c.outlet).where(article.c.domain == domain, article.c.outlet != "").limit(1)


def _party_names(conn: sa.Connection, facet: Facet, values: Sequence[str]) -> dict[str, str]:
    """The names of firms or lenders as in the newest candidate that has them, corrections included."""

    def newest(value: sa.ColumnElement[str]) -> sa.Select[Any]:
        this = (candidate_facet.c.facet == facet) & (candidate_facet.c.value == value)
        return sa.select(sa.func.max(candidate_facet.c.candidate_id)).where(this)

    ids = set(_of_each(conn, values, newest).values())
    names: dict[str, str] = {}
    made = decisions_of(conn, ids)
    chosen = (sa.select(candidate.c.id, candidate.c.facts).where(candidate.c.id.in_(some)) for some in parts(ids))
    for row in (row for each in chosen for row in conn.execute(each)):
        names |= {named(id_ or name): name for id_, name in _parties(row.facts, made.get(row.id, ()), facet)}
    return {value: names[value] for value in values if value in names}


def _parties(plain: Any, made: Sequence[Decision], facet: Facet) -> Iterator[tuple[str | None, str]]:
    """The ids and names of a candidate's firms or lenders; what nobody corrected is read from its row as it stands."""
    field = "firms" if facet is Facet.FIRM else "lenders"
    if not edited_fields(made):
        yield from ((each.get("id"), each["name"]) for each in plain.get(field, ()))
        return
    facts = effective_facts(from_plain(plain, ProjectFacts), made)
    yield from ((party.id, party.name) for party in (facts.firms if facet is Facet.FIRM else facts.lenders))
