"""How long an article takes to join its story while thousands of near copies arrive beside ordinary news.

    python benchmarks/flood.py [--copies N] [--others N] [--windows N] [--database sqlite|postgresql]

The copies print one release of some two thousand characters, each with a line, a headline and an hour of its own, from
seven hundred outlets; the other articles tell of projects of their own, a tenth of them in the same country and sector.
They arrive mixed, already read: timed is the transaction that stores what the propose step found, with all that follows
from it. Printed is the time for each article in windows of equal size, copies and others apart too, and the last window
as a share of the first. What another process took from one window its median leaves out.
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


def arrivals(copies: int, others: int, chance: random.Random) -> list[Arrival]:
    """Return all articles, in any order."""
    release = tuple(words(60, chance) for _ in range(6))
    found = [copy_of(release, number, chance) for number in range(copies)]
    found += [news(number, chance) for number in range(others)]
    chance.shuffle(found)
    return found


def words(number: int, chance: random.Random) -> str:
    """Return a paragraph of so many words."""
    return " ".join(chance.choices(WORDS, k=number)) + "."


def copy_of(release: tuple[str, ...], number: int, chance: random.Random) -> Arrival:
    """Return the release as one more outlet prints it: a line of its own, at times a paragraph left out at the end."""
    text = (words(8, chance), *release[: chance.choice((5, 6, 6))])
    return Arrival(f"Copy {number}", f"Paper {number % OUTLETS}", chance.uniform(0, DAYS), text, FACTS, copies=True)


def news(number: int, chance: random.Random) -> Arrival:
    """Return an article on a project of its own."""
    firm = f"Firm {number}"
    facts = replace(
        FACTS,
        title=f"Works of {firm}",
        countries=(f"C{number % 90:02d}",) if number % 10 else FACTS.countries,
        firms=(Firm(firm, firm, Role.CONTRACTOR),),
        lenders=(),
        amounts=(Amount(Decimal(10**6 + number * 97_000), "USD", AmountKind.CONTRACT, "a sum"),),
        sector=chance.choice(list(Sector)) if number % 10 else FACTS.sector,
        places=(f"Town {number}",),
    )
    text = tuple(words(60, chance) for _ in range(6))
    return Arrival(f"News {number}", f"Paper {number % OUTLETS}", chance.uniform(0, DAYS), text, facts)


def stored(conn: sa.Connection, arrival: Arrival) -> Article:
    """Return the article as it stands when its proposals are drawn."""
    number = stored_article(conn, NOW + timedelta(days=arrival.days))
    row = {"title": arrival.title, "outlet": arrival.outlet, "paragraphs": list(arrival.text)}
    named = {"url": f"https://news.test/{number}", "text_hash": f"{hash(arrival.text):x}"}
    conn.execute(sa.update(article).where(article.c.id == number).values(**row, **named))
    return get_article(conn, number)


def measure(database: Database, pieces: list[Arrival]) -> Iterator[tuple[bool, float]]:
    """For each article whether it copies, and the milliseconds that its proposal takes to be stored."""
    for arrival in pieces:
        with database.write() as conn:
            told = stored(conn, arrival)
        proposal = Proposal(arrival.facts, quotes(told.id), (), 0.9)
        found = Proposed((proposal,), 0.9, sketch=minhash_of(arrival.text))
        started = time.perf_counter()
        with database.write() as conn:
            store_tellings(conn, told, found, DESK)
        yield arrival.copies, (time.perf_counter() - started) * 1000


def show(times: list[tuple[bool, float]], windows: int) -> None:
    """Print the windows and what they come to."""
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
            print(f"outlets of the largest story: {largest}; looked at in full: {conn.execute(full).scalar_one():,}")
        database.close()


if __name__ == "__main__":
    main()
