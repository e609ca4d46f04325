"""The groups of stories played as news: articles arrive, an analyst accepts what is a project, and records grow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from itertools import combinations

import sqlalchemy as sa

from eval.conftest import TESTS, Row, read_rows
from factories.candidate import stored_article
from offing.model.operation.run import Stamp
from offing.model.pairs.naming import ProjectName
from offing.model.pairs.pairing import Ref
from offing.model.review.decision import Judgement, Verdict
from offing.model.sources.article import Article
from offing.recognize import Recognizer
from offing.services.analysis.analyse import article_of
from offing.services.analysis.analyst import Analyst
from offing.services.analysis.remembering import remembering
from offing.services.pipeline.propose import store_tellings
from offing.services.records.promote import promote_accepted
from offing.services.review.decisions import decide
from offing.services.stories.settling import StoryDesk
from offing.store.articles.article import get_article, save_mentions
from offing.store.candidates.candidate import get_candidate, queued
from offing.store.database.engine import Database
from offing.store.records.membership import project_of
from offing.store.records.memory import memory_of
from offing.store.tables import article, candidate, story_article

NOW = datetime(2026, 11, 25, tzinfo=UTC)
Pair = frozenset[str]


@dataclass
class Newsroom:
    """A site that reads articles one by one; `known` are the names of its records' projects."""

    database: Database
    analyst: Analyst
    plain: Recognizer
    ids: dict[str, int] = field(default_factory=dict)
    known: list[ProjectName] = field(default_factory=list)

    def read(self, row: Row, number: int) -> None:
        """Let one article arrive; the analyst accepts what it opens as it is proposed, unless it is no news of ours."""
        country_of = lru_cache(1024)(self.analyst.country_of)
        drawn = article_of(row, number, country_of)
        with self.database.write() as conn:
            stored = self._store(conn, drawn)
            self.ids[row["id"]] = stored.id
            plain = Analyst(self.plain.knowing(self.known), self.analyst.scoring)
            knowing = remembering(plain, memory_of(conn))
            found = knowing.study(stored)
            if not found.screened_out:
                save_mentions(conn, stored.id, knowing.mentions(stored))
            kept = tuple(each for each in found.proposals if each.score >= self.analyst.scoring.cut)
            store_tellings(
                conn, stored, replace(found, proposals=kept), StoryDesk(self.analyst.scoring, Stamp(NOW, "test"))
            )
        self._decide(drawn, Judgement.ACCEPT if row["relevant"] else Judgement.REJECT)

    def _store(self, conn: sa.Connection, drawn: Article) -> Article:
        article_id = stored_article(conn, drawn.published or NOW)
        values = {
            name: getattr(drawn, name) for name in ("title", "language", "outlet", "domain", "country", "published")
        }
        url = f"https://{drawn.domain or 'news.test'}/{drawn.id}"
        values |= {"paragraphs": list(drawn.paragraphs), "url": url, "text_hash": str(hash(drawn.paragraphs))}
        conn.execute(sa.update(article).where(article.c.id == article_id).values(**values))
        return get_article(conn, article_id)

    def _decide(self, drawn: Article, judgement: Judgement) -> None:
        with self.database.read() as conn:
            waiting = [each.id for each in queued(conn, NOW)]
        for number in waiting:
            decide(self.database, Verdict(number, judgement, "analyst", "no project of theirs"), NOW)
        for each in promote_accepted(self.database, NOW):
            self._learn(each.project_id, each.candidate_id, drawn)

    def _learn(self, project_id: str, candidate_id: int, drawn: Article) -> None:
        with self.database.read() as conn:
            told = get_candidate(conn, candidate_id)
        assert told
        names = self.plain.reader.names_of(told.facts, drawn.title, "\n".join(drawn.paragraphs))
        ref, sector = Ref.project(project_id), str(told.facts.sector or "")
        new = (ProjectName(ref, name, told.facts.countries, sector) for name in names)
        self.known += [name for name in new if (name.target, name.name) not in {(k.target, k.name) for k in self.known}]

    def groups(self) -> dict[str, set[str]]:
        """The records and undecided candidates of each article, as far as it told of any."""
        found: dict[str, set[str]] = defaultdict(set)
        names = {number: name for name, number in self.ids.items()}
        with self.database.read() as conn:
            chosen = sa.select(story_article.c.article_id, candidate.c.id).join(
                candidate, candidate.c.story_id == story_article.c.story_id
            )
            for article_id, candidate_id in conn.execute(chosen):
                found[names[article_id]].add(project_of(conn, candidate_id) or f"candidate {candidate_id}")
        return found


def rows_of(half: str) -> list[Row]:
    """The articles of one half of the groups, in the order of their dates."""
    return _by_date(row for row in read_rows(TESTS / "eval/story_groups.jsonl") if row["half"] == half)


def shorts_of(part: str) -> list[Row]:
    """The terse articles of one part, in the order of their dates."""
    return _by_date(row for row in read_rows(TESTS / "eval/story_shorts.jsonl") if row["part"] == part)


def open_rows() -> list[Row]:
    """The open gold set by date; a project is named by its first article, further ones stand alone."""
    rows = read_rows(TESTS / "data/gold_open.jsonl")
    for row in rows:
        for number, project in enumerate(row["projects"]):
            first = row["id"] if number else row.get("same_project_as") or row["id"]
            project["project_id"] = f"{first} {number}"
    return _by_date(rows)


def _by_date(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["published"], row["id"]))


def played(database: Database, analyst: Analyst, rows: Iterable[Row]) -> dict[str, set[str]]:
    """The records and undecided candidates of each article, once all have arrived."""
    room = Newsroom(database, analyst, analyst.recognizer)
    for number, row in enumerate(rows, 1):
        room.read(row, number)
    return room.groups()


def right_pairs(rows: Iterable[Row]) -> set[Pair]:
    """The pairs of articles that tell of one project."""
    told: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        for project in row["projects"]:
            told[project["project_id"]].append(row["id"])
    return {frozenset(pair) for members in told.values() for pair in combinations(members, 2)}


def found_pairs(groups: dict[str, set[str]]) -> set[Pair]:
    """The pairs of articles that stand in one record or candidate."""
    return {frozenset((a, b)) for a, b in combinations(groups, 2) if groups[a] & groups[b]}


def figures(right: set[Pair], found: set[Pair]) -> dict[str, float]:
    """Precision, recall and F1 of pairs."""
    hits = len(right & found)
    precision, recall = hits / max(len(found), 1), hits / max(len(right), 1)
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / max(precision + recall, 1e-9)}
