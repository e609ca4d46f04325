"""Measure how long an article takes to join its story while thousands of near-duplicates arrive among other news.

    python benchmarks/flood.py [--copies N] [--others N] [--windows N] [--database sqlite|postgresql]

The copies print one release of some two thousand characters, each with its own first line, headline and time, from
seven hundred outlets. The other articles each report a project of their own, a tenth of them in the same country and
sector. They arrive in random order; the timed part is the transaction that stores the proposals, with all its
consequences. The output is the mean time per article in windows of equal size, with means and medians of copies and
others, and the ratio of the last window to the first. Medians are robust to other load.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from stories import databases

from factories.candidate import FACTS, NOW, quotes, stored_article
from offing.model.operation.run import Stamp
from offing.model.projects.project import Amount, Firm, ProjectFacts
from offing.model.reading.rules import ScoringRules
from offing.model.review.candidate import Proposal, Proposed
from offing.model.sources.article import Article
from offing.model.values.vocabulary import AmountKind, Role, Sector
from offing.propose.story import minhash_of
from offing.services.matching.match_rules import judge_of
from offing.services.pipeline.propose import store_tellings
from offing.services.stories.settling import StoryDesk
from offing.store.articles.article import get_article
from offing.store.database.engine import Database, open_database
from offing.store.database.migrate import upgrade
from offing.store.tables import article, candidate, story_article

DESK = StoryDesk(ScoringRules(0.5, -3.5, {"independent-sources": 0.4}, {}), Stamp(NOW + timedelta(days=9), "benchmark"))
OUTLETS = 700
DAYS = 5
WORDS = tuple(f"{one}{two}" for one in ("road", "port", "loan", "cable", "site", "bank") for two in range(500))


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article, and whether it copies the release."""

    title: str
    outlet: str
    days: float
    text: tuple[str, ...]
    facts: ProjectFacts
    copies: bool = False


def arrivals(copies: int, others: int, rng: random.Random) -> list[Arrival]:
    """Return all articles in random order."""
    release = tuple(words(60, rng) for _ in range(6))
    found = [copy_of(release, number, rng) for number in range(copies)]
    found += [news(number, rng) for number in range(others)]
    rng.shuffle(found)
    return found


def words(number: int, rng: random.Random) -> str:
    """Return a paragraph of `number` words."""
    return " ".join(rng.choices(WORDS, k=number)) + "."


def copy_of(release: tuple[str, ...], number: int, rng: random.Random) -> Arrival:
    """Return the release as printed by one outlet: with its own first line, sometimes without the last paragraph."""
    text = (words(8, rng), *release[: rng.choice((5, 6, 6))])
    return Arrival(f"Copy {number}", f"Paper {number % OUTLETS}", rng.uniform(0, DAYS), text, FACTS, copies=True)


def news(number: int, rng: random.Random) -> Arrival:
    """Return an article on a project of its own."""
    firm = f"Firm {number}"
    facts = replace(
        FACTS,
        title=f"Works of {firm}",
        countries=(f"C{number % 90:02d}",) if number % 10 else FACTS.countries,
        firms=(Firm(firm, firm, Role.CONTRACTOR),),
        lenders=(),
        amounts=(Amount(Decimal(10**6 + number * 97_000), "USD", AmountKind.CONTRACT, "a sum"),),
        sector=rng.choice(list(Sector)) if number % 10 else FACTS.sector,
        places=(f"Town {number}",),
    )
    text = tuple(words(60, rng) for _ in range(6))
    return Arrival(f"News {number}", f"Paper {number % OUTLETS}", rng.uniform(0, DAYS), text, facts)


def stored(conn: sa.Connection, arrival: Arrival) -> Article:
    """Store an arrival, and return it as the article that the propose step reads."""
    number = stored_article(conn, NOW + timedelta(days=arrival.days))
    row = {"title": arrival.title, "outlet": arrival.outlet, "paragraphs": list(arrival.text)}
    named = {"url": f"https://news.test/{number}", "text_hash": f"{hash(arrival.text):x}"}
    conn.execute(sa.update(article).where(article.c.id == number).values(**row, **named))
    return get_article(conn, number)


def measure(database: Database, pieces: list[Arrival]) -> Iterator[tuple[bool, float]]:
    """Yield, for each article, whether it is a copy, and the milliseconds to store its proposal."""
    for arrival in pieces:
        with database.write() as conn:
            incoming = stored(conn, arrival)
        proposal = Proposal(arrival.facts, quotes(incoming.id), (), 0.9)
        found = Proposed((proposal,), 0.9, sketch=minhash_of(arrival.text))
        started = time.perf_counter()
        with database.write() as conn:
            store_tellings(conn, incoming, found, DESK)
        yield arrival.copies, (time.perf_counter() - started) * 1000


def show(times: list[tuple[bool, float]], windows: int) -> None:
    """Print a line per window, and the ratio of the last to the first and second."""
    print("articles           all, ms/article    copies  (median)    others  (median)")
    means = []
    size = -(-len(times) // windows)
    for number, window in enumerate((times[at : at + size] for at in range(0, len(times), size)), 1):
        sides = [[each for copies, each in window if copies is side] or [0.0] for side in (True, False)]
        means.append(statistics.fmean(each for _, each in window))
        shown = "  ".join(f"{statistics.fmean(side):8.1f}  {statistics.median(side):8.1f}" for side in sides)
        print(f"window {number:3} of {len(window):6,}   {means[-1]:8.1f}      {shown}", flush=True)
    print(f"last window to first: {means[-1] / means[0]:.2f}, to the second: {means[-1] / means[1]:.2f}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--copies", type=int, default=10_000)
    parser.add_argument("--others", type=int, default=1_000)
    parser.add_argument("--windows", type=int, default=11)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    given = parser.parse_args()
    pieces = arrivals(given.copies, given.others, random.Random(7))
    with databases(given.database) as url:
        database = open_database(url)
        upgrade(database)
        judge_of(database)
        show(list(measure(database, pieces)), given.windows)
        with database.read() as conn:
            largest = conn.execute(sa.select(sa.func.max(candidate.c.outlets))).scalar_one()
            full = sa.select(sa.func.count()).where(story_article.c.repeats.is_(None))
            print(f"outlets of the largest story: {largest}; compared in full: {conn.execute(full).scalar_one():,}")
        database.close()


if __name__ == "__main__":
    main()
