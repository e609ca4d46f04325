"""The search index of candidates: facets and words. Every change of a candidate ends with `reindex`."""

from __future__ import annotations

import ipaddress
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from offing.model.projects.project import ProjectFacts
from offing.model.reading.mention import MentionKind
from offing.model.review.decision import Decision, effective_facts
from offing.model.review.queue import Facet
from offing.model.values.codec import from_plain
from offing.store.candidates.decision import decisions_of
from offing.store.candidates.facet import Values, add_facets, facets_of, keep_facets, named, stored_facets
from offing.store.candidates.figure import forget_figures
from offing.store.candidates.search import forget, keep_words
from offing.store.database.batch import parts
from offing.store.tables import article, candidate, entry, evidence, mention, page, story_article

BATCH = 100
_NAMED = (MentionKind.FIRM, MentionKind.LENDER, MentionKind.PLACE)
_OF_SOURCE = (
    article.c.language,
    article.c.domain,
    article.c.outlet,
    entry.c.added_by,
)  # what is known about the source of an article
_LONGEST_TEXT = 100_000  # characters of an article; more words than are indexed


def reindex(conn: sa.Connection, *ids: int, same_words: bool = False) -> None:
    """Rebuild the index of some candidates, in the transaction that changed them.

    A merged candidate is removed from the index. Unknown ids are ignored. With `same_words`, no searchable text has
    changed.
    """
    for some in parts(ids, BATCH):
        rows = conn.execute(_facts_of(some)).all()
        made, by_story = decisions_of(conn, some), _tellings(conn, [row.story_id for row in rows])
        sources = _sources(conn, by_story)
        gone = [row.id for row in rows if row.merged_into is not None]
        forget_figures(conn, some)
        forget(conn, gone)
        keep_facets(conn, dict.fromkeys(gone, frozenset()))
        live = [(row, _facts(row, made), by_story[row.story_id]) for row in rows if row.merged_into is None]
        values = {row.id: _values(facts, made.get(row.id, ())) | sources[row.story_id] for row, facts, _ in live}
        keep_facets(conn, values)
        if same_words:
            continue
        quotes, names = _quotes(conn, some), _names(conn, {each.id for _, _, all_ in live for each in all_})
        keep_words(conn, {row.id: _texts(facts, quotes[row.id], all_, names) for row, facts, all_ in live})


def reindex_all_within(conn: sa.Connection, progress: Callable[[int, int], None]) -> None:
    """Rebuild the index of all candidates in one transaction, of a database that nobody else uses yet.

    Args:
        conn: that transaction.
        progress: called with the candidates done, and how many there are.
    """
    ids = list(conn.execute(sa.select(candidate.c.id).order_by(candidate.c.id)).scalars())
    for done, some in enumerate(parts(ids, BATCH)):
        progress(done * BATCH, len(ids))
        reindex(conn, *some)


def add_source(conn: sa.Connection, candidate_id: int, article_id: int) -> None:
    """Index a candidate under the outlet of one more article, whose words are already in its story."""
    forget_figures(conn, (candidate_id,))
    chosen = _with_source(sa.select(*_OF_SOURCE).select_from(story_article))
    add_facets(conn, candidate_id, _of_sources(conn.execute(chosen.where(article.c.id == article_id)).all()))


def reindex_article(conn: sa.Connection, article_id: int) -> None:
    """Reindex the candidates of an article whose text has changed."""
    reported = sa.select(candidate.c.id).join(story_article, story_article.c.story_id == candidate.c.story_id)
    reindex(conn, *conn.execute(reported.where(story_article.c.article_id == article_id).distinct()).scalars())


def outdated(conn: sa.Connection, ids: Sequence[int]) -> tuple[int, ...]:
    """Those of some candidates whose stored facets are out of date."""
    stored, wrong = stored_facets(conn, ids), []
    for some in parts(ids, BATCH):
        rows = conn.execute(_facts_of(some)).all()
        made = decisions_of(conn, some)
        sources = _sources(conn, _tellings(conn, [row.story_id for row in rows]))
        for row in rows:
            values = _values(_facts(row, made), made.get(row.id, ())) | sources[row.story_id]
            if stored[row.id] != (values if row.merged_into is None else frozenset()):
                wrong.append(row.id)
    return tuple(wrong)


def _facts_of(ids: Sequence[int]) -> sa.Select[Any]:
    columns = (candidate.c.id, candidate.c.story_id, candidate.c.facts, candidate.c.merged_into)
    return sa.select(*columns).where(candidate.c.id.in_(ids)).order_by(candidate.c.id)


def _facts(row: Any, made: dict[int, tuple[Decision, ...]]) -> ProjectFacts:
    return effective_facts(from_plain(row.facts, ProjectFacts), made.get(row.id, ()))


def _tellings(conn: sa.Connection, story_ids: Sequence[int]) -> dict[int, list[Any]]:
    """The articles of some stories, each once, with who added it; without those that repeat another."""
    columns = (article.c.id, article.c.title, article.c.paragraphs, *_OF_SOURCE)
    leading = story_article.c.story_id.in_(story_ids) & story_article.c.repeats.is_(None)
    joined = _with_source(sa.select(story_article.c.story_id, *columns)).where(leading)
    by_story: dict[int, dict[int, Any]] = defaultdict(dict)
    for row in conn.execute(joined.order_by(story_article.c.id)):
        by_story[row.story_id].setdefault(row.id, row)
    return defaultdict(list, {story_id: list(rows.values()) for story_id, rows in by_story.items()})


def _with_source(columns: sa.Select[Any]) -> sa.Select[Any]:
    """Columns of tellings and their articles; may include those of `_OF_SOURCE`."""
    return (
        columns.join(article, article.c.id == story_article.c.article_id)
        .outerjoin(page, page.c.id == article.c.page_id)
        .outerjoin(entry, entry.c.id == page.c.entry_id)
    )


def _sources(conn: sa.Connection, by_story: Mapping[int, Iterable[Any]]) -> dict[int, Values]:
    """The source facets of the articles of some stories, including those that only repeat."""
    found: dict[int, set[tuple[Facet, str]]] = defaultdict(set)
    for story_id, rows in by_story.items():
        found[story_id] |= _of_sources(rows)
    repeats = story_article.c.story_id.in_(list(by_story)) & story_article.c.repeats.is_not(None)
    for row in conn.execute(_with_source(sa.select(story_article.c.story_id, *_OF_SOURCE)).where(repeats).distinct()):
        found[row.story_id] |= _of_sources((row,))
    return defaultdict(frozenset, {story_id: frozenset(values) for story_id, values in found.items()})


def _quotes(conn: sa.Connection, ids: Sequence[int]) -> dict[int, list[str]]:
    quotes: dict[int, list[str]] = defaultdict(list)
    columns = sa.select(evidence.c.candidate_id, evidence.c.quote).where(evidence.c.candidate_id.in_(ids))
    for row in conn.execute(columns.order_by(evidence.c.id)):
        quotes[row.candidate_id].append(row.quote)
    return quotes


def _names(conn: sa.Connection, article_ids: Iterable[int]) -> dict[int, list[str]]:
    """The English names of the entities that articles mention: Kenya finds كينيا."""
    names: dict[int, list[str]] = defaultdict(list)
    for some in parts(sorted(article_ids), BATCH):
        here = mention.c.article_id.in_(some) & mention.c.kind.in_(_NAMED)
        columns = sa.select(mention.c.article_id, mention.c.name).where(here, mention.c.name != "").distinct()
        for row in conn.execute(columns.order_by(mention.c.article_id, mention.c.name)):
            names[row.article_id].append(row.name)
    return names


def _values(facts: ProjectFacts, made: Iterable[Decision]) -> Values:
    values = {*facets_of(facts), *((Facet.PERSON, named(each.by)) for each in made)}
    return frozenset((facet, value) for facet, value in values if value)


def _of_sources(rows: Iterable[Any]) -> Values:
    values = {
        value
        for each in rows
        for value in (
            (Facet.LANGUAGE, each.language),
            (Facet.SOURCE, _source(each.domain, each.outlet)),
            (Facet.PERSON, named(each.added_by or "")),
        )
    }
    return frozenset((facet, value) for facet, value in values if value)


def _source(domain: str, outlet: str) -> str:
    """Return what tells an outlet from others: its domain, or its name where a bare address serves several outlets."""
    try:
        ipaddress.ip_address(domain.strip("[]"))
    except ValueError:
        return domain
    return outlet or domain


def _texts(
    facts: ProjectFacts, quotes: Iterable[str], rows: Sequence[Any], names: dict[int, list[str]]
) -> Iterator[str]:
    """The searchable texts of a candidate, most important first."""
    yield facts.title
    yield from (name for firm in facts.firms for name in (firm.name, firm.as_written))
    yield from (name for lender in facts.lenders for name in (lender.name, lender.as_written))
    yield from (*facts.counterparts, *facts.places, *(concern.as_written for concern in facts.concerns))
    yield from (each.title for each in rows)
    yield from dict.fromkeys(quotes)
    yield from dict.fromkeys(name for each in rows for name in names.get(each.id, ()))
    for each in rows:
        yield from _opening(each.paragraphs)


def _opening(paragraphs: Sequence[str]) -> Iterator[str]:
    left = _LONGEST_TEXT
    for paragraph in paragraphs:
        if left <= 0:
            return
        yield paragraph[:left]
        left -= len(paragraph)
