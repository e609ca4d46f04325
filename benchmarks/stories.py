"""Measure how long an article takes to join its story among 100,000 candidates, on both databases.

    python benchmarks/stories.py [CANDIDATES] [sqlite|postgresql]

The candidates are generated: a hundred countries, two hundred firms, a few of which are in most of the news, and five
years. A third of the arrivals report a stored story, a third also copy its text, and the rest are new. The join itself
(keys, neighbours, comparison, merged facts, all rows) and what follows it in the same transaction are timed separately,
in wall-clock time and in CPU time of this process and the database, which does not depend on other load.
"""

from __future__ import annotations

import hashlib
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from offing.model.operation.run import Stamp
from offing.model.projects.project import Amount, Firm, ProjectFacts
from offing.model.reading.evidence import Evidence
from offing.model.reading.rules import ScoringRules
from offing.model.review.story import Telling
from offing.model.values.codec import to_plain
from offing.model.values.vocabulary import AmountKind, Role, Sector, Status
from offing.propose.story import keys_of
from offing.services.stories import settling as stories
from offing.services.stories.settling import Newcomer, StoryDesk, settle
from offing.store.database.engine import Database, open_database
from offing.store.database.migrate import upgrade
from offing.store.tables import article, body, candidate, entry, feed, page, story, story_article, story_key

START = datetime(2021, 1, 1, tzinfo=UTC)
DAYS = 5 * 365
ARRIVALS = 300
BATCH = 5_000
DESK = StoryDesk(ScoringRules(0.5, -3.5, {}, {}), Stamp(START, "benchmark"))
NO_PROOFS: tuple[Evidence, ...] = ()


def facts_of(rng: random.Random) -> ProjectFacts:
    """Return the facts of a generated article; a few countries and firms are in most of the news."""
    country = f"C{min(int(rng.expovariate(0.05)), 99):02d}"
    firm = f"firm-{min(int(rng.expovariate(0.03)), 199)}"
    value = Decimal(round(10 ** rng.uniform(6, 9.5), -4))
    return ProjectFacts(
        title=f"{firm} in {country}",
        countries=(country,),
        firms=(Firm(firm, firm, Role.CONTRACTOR, firm),),
        amounts=(Amount(value, "USD", AmountKind.CONTRACT, f"{value}"),),
        sector=rng.choice(list(Sector)),
        status=rng.choice(list(Status)),
        places=(f"town {rng.randrange(20)} of {country}",),
        counterparts=(f"ministry {rng.randrange(8)} of {country}",),
    )


def telling_of(number: int, rng: random.Random) -> Telling:
    """Return a generated telling with its own article."""
    facts = facts_of(rng)
    return Telling(
        id=number,
        article_id=number,
        ordinal=0,
        url=f"https://paper.test/{number}",
        outlet=f"Paper {rng.randrange(300)}",
        language=rng.choice(["en", "fr", "es", "zh"]),
        title=f"{facts.title}, {rng.choice(['signed', 'opened', 'planned', 'late'])} {number}",
        at=START + timedelta(days=rng.random() * DAYS),
        facts=facts,
        score=0.9,
        dollars=tuple(float(amount.value) for amount in facts.amounts),
        text_hash=hashlib.sha256(b"%d" % number).hexdigest(),
        sketch=(400).to_bytes(4, "little") + rng.randbytes(512),
    )


def rows_of(telling: Telling) -> Iterator[tuple[sa.Table, dict[str, Any]]]:
    """Yield the rows behind a telling, in an order that satisfies foreign keys."""
    number, facts, now = telling.id, to_plain(telling.facts), telling.at
    url = {"url": telling.url, "url_key": telling.url}
    yield entry, {"id": number, "feed_id": 1, "entry_key": telling.url, **url, "title": telling.title, "seen_at": now}
    yield (
        page,
        _filled(page, id=number, entry_id=number, final_url=telling.url, final_url_key=telling.url, url=telling.url),
    )
    words = {
        "title": telling.title,
        "outlet": telling.outlet,
        "language": telling.language,
        "paragraphs": [telling.title],
    }
    dated = {"published": now, "extracted_at": now, "text_hash": telling.text_hash}
    yield article, _filled(article, id=number, page_id=number, **url, **words, **dated)
    yield story, {"id": number, "first_at": now, "last_at": now}
    queued = {"kind": "new", "state": "open", "facts": facts, "reasons": [], "score": 0.9, "above_cut": True}
    yield candidate, {"id": number, "story_id": number, **queued, "created_at": now, "version": 1}
    kept = {"facts": facts, "score": 0.9, "reasons": [], "at": now, "sketch": telling.sketch, "stood_in": [number]}
    yield story_article, {"id": number, "story_id": number, "article_id": number, "ordinal": 0, **kept}
    for key in keys_of(telling).all:
        yield story_key, {"key": key, "telling_id": number, "at": now}


def _filled(table: sa.Table, **values: Any) -> dict[str, Any]:
    """Return a row with the given values, and defaults in other required columns."""
    plain = {"Integer": 200, "Boolean": False, "Float": 0.0, "JSON": [], "Moment": START, "Text": "", "String": "x"}
    needed = (c for c in table.columns if not c.nullable and c.server_default is None and not c.primary_key)
    return {column.name: plain.get(type(column.type).__name__) for column in needed} | values


def fill(database: Database, known: list[Telling]) -> None:
    """Store all tellings, each as a story with its candidate."""
    with database.write() as conn:
        conn.execute(sa.insert(body).values(sha256="x", packed=b""))
        conn.execute(
            sa.insert(feed).values(
                _filled(feed, id=1, url="https://paper.test/feed", publisher="media", state="healthy")
            )
        )
    for begin in range(0, len(known), BATCH):
        tables: dict[sa.Table, list[dict[str, Any]]] = {}
        for telling in known[begin : begin + BATCH]:
            for table, row in rows_of(telling):
                tables.setdefault(table, []).append(row)
        with database.write() as conn:
            for table, rows in tables.items():
                conn.execute(sa.insert(table), rows)
    if not database.is_sqlite:
        with database.write() as conn:
            for table in (entry, page, article, story, candidate, story_article):
                conn.execute(sa.text(f"SELECT setval('{table.name}_id_seq', {len(known) + ARRIVALS})"))


def arrivals(known: list[Telling], rng: random.Random) -> Iterator[Telling]:
    """Yield new tellings: a third repeat a stored one, a third copy its text, a third are new."""
    for turn in range(ARRIVALS):
        number = len(known) + 1 + turn
        new, old = telling_of(number, rng), rng.choice(known)
        changes = {"at": old.at + timedelta(hours=rng.uniform(-60, 60))}
        if turn % 3 == 0:
            changes |= {"facts": old.facts, "dollars": old.dollars}
        if turn % 3 == 1:
            changes |= {"facts": old.facts, "dollars": old.dollars, "sketch": old.sketch}
        yield _with(new, id=-1, **changes)


def _with(telling: Telling, **changes: Any) -> Telling:
    from dataclasses import replace

    return replace(telling, **changes)


Times = list[tuple[float, float]]  # milliseconds of wall-clock and CPU time


def clocks(conn: sa.Connection) -> tuple[float, float]:
    """Return wall-clock and CPU seconds so far, including those of the server process."""
    spent = time.process_time()
    if conn.dialect.name == "postgresql":
        fields = Path(f"/proc/{conn.connection.driver_connection.info.backend_pid}/stat").read_text().split()
        spent += (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")
    return time.perf_counter(), spent


def between(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """Return the milliseconds between two readings."""
    return (other[0] - one[0]) * 1000, (other[1] - one[1]) * 1000


def measure(database: Database, known: list[Telling], rng: random.Random) -> tuple[Times, Times]:
    """Return the times of each join, and of what follows it."""
    joined: Times = []
    followed: Times = []
    follow = stories.candidates_changed

    def timed(conn: sa.Connection, *given: Any) -> None:
        started = clocks(conn)
        follow(conn, *given)
        followed.append(between(started, clocks(conn)))

    stories.candidates_changed = timed
    for telling in arrivals(known, rng):
        with database.write() as conn:
            for table, row in list(rows_of(_with(telling, id=telling.article_id)))[:3]:
                conn.execute(sa.insert(table).values(**row))
            started = clocks(conn)
            settle(conn, (), DESK, [Newcomer(telling, NO_PROOFS)])
            whole = between(started, clocks(conn))
        joined.append((whole[0] - followed[-1][0], whole[1] - followed[-1][1]))
    stories.candidates_changed = follow
    return joined, followed


@contextmanager
def databases(kind: str) -> Iterator[str]:
    """Yield the URL of an empty database."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/offing.db"
        return
    from postgres_server import running_postgres

    with running_postgres() as url:
        yield url


def main() -> None:
    """Print the table."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    kinds = sys.argv[2:] or ["sqlite", "postgresql"]
    rng = random.Random(7)
    known = [telling_of(number, rng) for number in range(1, size + 1)]
    print(f"{size:,} candidates, {ARRIVALS} arrivals   median    95 %     99 %         CPU, ms")
    for kind in kinds:
        with databases(kind) as url:
            database = open_database(url)
            upgrade(database)
            started = time.perf_counter()
            fill(database, known)
            if kind == "postgresql":
                with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
                    conn.execute(sa.text("ANALYZE"))
            filled = time.perf_counter() - started
            for name, values in zip(("join", "what follows"), measure(database, known, random.Random(8)), strict=True):
                clock, work = [each[0] for each in values], statistics.fmean(each[1] for each in values)
                cuts = statistics.quantiles(clock, n=100)
                print(f"{kind:11}{name:14}      {cuts[49]:8.1f} {cuts[94]:8.1f} {cuts[98]:8.1f} {work:14.1f}")
            print(f"{kind:11}filled in {filled:.0f} s")
            database.close()


if __name__ == "__main__":
    main()
