"""Evaluates the second reader on annotated articles, alone and together with the built-in reader."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from offing.model.reading.mention import Mention
from offing.model.review.candidate import Proposal
from offing.model.review.second_reader import Broken, ModelAnswer, Opinion, Spending
from offing.model.sources.article import Article
from offing.net.chat import ChatClient
from offing.propose import propose
from offing.second import PROMPT, alone, read_answer, union
from offing.second.prompt import digest_of
from offing.services.analysis.analyse import Analyst, article_of
from offing.services.analysis.candidate_rows import Row, candidate_row
from offing.services.evaluation.report import Figures, shown
from offing.services.second_reader.answers import AnswerCache
from offing.services.second_reader.asking import Asker, Blame, Failed, SecondReader
from offing.services.second_reader.budget import UnstoredTokenBudget

OURS, THEIRS, BOTH = "built-in", "second", "both"
_IN_A_ROW = 3  # failures of the endpoint, or of answers, after which no more is asked


@dataclass(frozen=True, slots=True)
class EvaluationCase:
    """An annotated article with the result of the built-in reader."""

    row: Row
    article: Article
    mentions: Sequence[Mention]
    proposals: tuple[Proposal, ...]


@dataclass(slots=True)
class Compared:
    """Predictions by reader and article, for articles that the second reader answered, and the cost.

    `failed` has the causes for the others.
    """

    predictions: dict[str, dict[Any, list[Row]]] = field(default_factory=lambda: {OURS: {}, THEIRS: {}, BOTH: {}})
    failed: list[str] = field(default_factory=list)
    spending: Spending = field(default_factory=Spending)


def cases_of(rows: Sequence[Row], analyst: Analyst) -> Iterator[EvaluationCase]:
    """Yield the built-in reader's results for annotated articles.

    Raises:
        BadRecord: a row is no article.
    """
    country_of = lru_cache(maxsize=1024)(analyst.country_of)
    for number, row in enumerate(rows, 1):
        article = article_of(row, number, country_of, analyst.recognizer.language_words)
        mentions = analyst.mentions(article)
        found = propose(article, mentions, analyst.scoring).proposals if mentions else ()
        kept = tuple(each for each in found if each.score >= analyst.scoring.cut)
        yield EvaluationCase(row, article, mentions or analyst.recognizer.recognize(article), kept)


def read_cases(
    cases: Sequence[EvaluationCase], reader: SecondReader, kept: AnswerCache, moved: Callable[[int], None]
) -> Compared:
    """Ask the second reader about articles, within the budget of a day.

    Args:
        cases: the articles.
        reader: who is asked.
        kept: cached answers.
        moved: called with 1 after each article.
    """
    return asyncio.run(_read(cases, reader, kept, moved))


async def _read(
    cases: Sequence[EvaluationCase], reader: SecondReader, kept: AnswerCache, moved: Callable[[int], None]
) -> Compared:
    budget = UnstoredTokenBudget(reader.rules)
    async with ChatClient(reader.endpoint) as client:
        asker = Asker(reader.rules, client, budget, lambda: datetime.now(UTC))
        desk = _Desk(asker, reader, kept if reader.rules.cache else AnswerCache(None), moved)
        left = iter(cases)
        await asyncio.gather(*(desk.read(left) for _ in range(reader.rules.concurrency)))
    desk.found.spending = budget.total.plus(Spending(cached=desk.cached))
    return desk.found


@dataclass(slots=True)
class _Desk:
    asker: Asker
    reader: SecondReader
    kept: AnswerCache
    moved: Callable[[int], None]
    found: Compared = field(default_factory=Compared)
    cached: int = 0
    in_a_row: int = 0
    over: str = ""

    async def read(self, left: Iterator[EvaluationCase]) -> None:
        for case in left:
            opinions = await self._opinions(case)
            if isinstance(opinions, str):
                self.found.failed.append(opinions)
            else:
                self._add(case, opinions)
            self.moved(1)

    async def _opinions(self, case: EvaluationCase) -> tuple[Opinion, ...] | str:
        rules = self.reader.rules
        key = digest_of(case.article, rules.characters), rules.model, PROMPT
        said = self.kept.find(key)
        self.cached += said is not None
        got = said or await self._asked(case)
        if isinstance(got, Failed):
            return self._failure(got)
        reading = read_answer(got, case.article, case.mentions)
        if isinstance(reading, Broken):
            return self._failure(Failed(reading.cause, Blame.ARTICLE))
        self.in_a_row = 0
        if said is None:
            self.kept.keep(key, got)
        return reading.opinions

    async def _asked(self, case: EvaluationCase) -> ModelAnswer | Failed:
        if self.over:
            return Failed(self.over, Blame.ENDPOINT)
        got = await self.asker.ask(case.article)
        return got if isinstance(got, Failed) else got.reply

    def _failure(self, failed: Failed) -> str:
        self.in_a_row += 1
        if failed.blame is not Blame.ARTICLE or self.in_a_row >= _IN_A_ROW:
            self.over = self.over or failed.cause
        return failed.cause

    def _add(self, case: EvaluationCase, opinions: tuple[Opinion, ...]) -> None:
        by_reader = {OURS: case.proposals, THEIRS: alone(opinions), BOTH: union(case.proposals, opinions)}
        for name, proposals in by_reader.items():
            rows = [candidate_row(each, case.article.text) for each in proposals]
            self.found.predictions[name][case.row["id"]] = rows


def side_by_side(figures: dict[str, Figures]) -> Iterator[str]:
    """Yield the lines of a table: F1 or share of each field by reader."""
    yield f"  {'':18s}" + "".join(f"{name:>10s}" for name in figures)
    for name, row in figures[OURS].items():
        cells = [_figure(each[name]) for each in figures.values()]
        if name == "relevance" or any(row.get("support", 0) for row in (each[name] for each in figures.values())):
            yield f"  {name:18s}" + "".join(f"{shown(each):>10s}" for each in cells) + f"  (n={row['support']})"


def _figure(row: dict[str, float]) -> float:
    return row["f1"] if "f1" in row else row["accuracy"]
