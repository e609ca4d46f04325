"""How long an article takes to join its story among 100,000 candidates, on both databases.

    python benchmarks/stories.py [CANDIDATES] [sqlite|postgresql]

The candidates are made up: a hundred countries, two hundred firms of which few are in most of the news, five years. A
third of the arrivals tell what a stored one tells, a third copy its text too, the rest are new. Timed are the join by
itself (keys, neighbours, comparison, merged facts, all rows) and what follows it in the same transaction: on the clock
and in processor time of this process and of the database's, which others on the machine do not lengthen.
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


def facts_of(chance: random.Random) -> ProjectFacts:
    """Return what some article tells; few countries and firms are in most of the news."""
    country = f"C{min(int(chance.expovariate(0.05)), 99):02d}"
    firm = f"firm-{min(int(chance.expovariate(0.03)), 199)}"
    value = Decimal(round(10 ** chance.uniform(6, 9.5), -4))
    return ProjectFacts(
        title=f"{firm} in {country}",
        countries=(country,),
        firms=(Firm(firm, firm, Role.CONTRACTOR, firm),),
        amounts=(Amount(value, "USD", AmountKind.CONTRACT, f"{value}"),),
        sector=chance.choice(list(Sector)),
        status=chance.choice(list(Status)),
        places=(f"town {chance.randrange(20)} of {country}",),
        counterparts=(f"ministry {chance.randrange(8)} of {country}",),
    )


def telling_of(number: int, chance: random.Random) -> Telling:
    """Return a telling of an article of its own."""
    facts = facts_of(chance)
    return Telling(
        id=number,
        article_id=number,
        ordinal=0,
        url=f"https://paper.test/{number}",
        outlet=f"Paper {chance.randrange(300)}",
        language=chance.choice(["en", "fr", "es", "zh"]),
        title=f"{facts.title}, {chance.choice(['signed', 'opened', 'planned', 'late'])} {number}",
        at=START + timedelta(days=chance.random() * DAYS),
        facts=facts,
        score=0.9,
        dollars=tuple(float(amount.value) for amount in facts.amounts),
        text_hash=hashlib.sha256(b"%d" % number).hexdigest(),
        sketch=(400).to_bytes(4, "little") + chance.randbytes(512),
    )


def rows_of(told: Telling) -> Iterator[tuple[sa.Table, dict[str, Any]]]:
    """Yield the rows behind a telling, in the order in which they may be stored."""
    number, facts, now = told.id, to_plain(told.facts), told.at
    url = {"url": told.url, "url_key": told.url}
    yield entry, {"id": number, "feed_id": 1, "entry_key": told.url, **url, "title": told.title, "seen_at": now}
    yield page, _filled(page, id=number, entry_id=number, final_url=told.url, final_url_key=told.url, url=told.url)
    words = {"title": told.title, "outlet": told.outlet, "language": told.language, "paragraphs": [told.title]}
    dated = {"published": now, "extracted_at": now, "text_hash": told.text_hash}
    yield article, _filled(article, id=number, page_id=number, **url, **words, **dated)
    yield story, {"id": number, "first_at": now, "last_at": now}
    queued = {"kind": "new", "state": "open", "facts": facts, "reasons": [], "score": 0.9, "above_cut": True}
    yield candidate, {"id": number, "story_id": number, **queued, "created_at": now, "version": 1}
    kept = {"facts": facts, "score": 0.9, "reasons": [], "at": now, "sketch": told.sketch, "stood_in": [number]}
    yield story_article, {"id": number, "story_id": number, "article_id": number, "ordinal": 0, **kept}
    for key in keys_of(told).all:
        yield story_key, {"key": key, "telling_id": number, "at": now}


def _filled(table: sa.Table, **values: Any) -> dict[str, Any]:
    """Return a row with something plain in every column that needs a value."""
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
        for told in known[begin : begin + BATCH]:
            for table, row in rows_of(told):
                tables.setdefault(table, []).append(row)
        with database.write() as conn:
            for table, rows in tables.items():
                conn.execute(sa.insert(table), rows)
    if not database.is_sqlite:
        with database.write() as conn:
            for table in (entry, page, article, story, candidate, story_article):
                conn.execute(sa.text(f"SELECT setval('{table.name}_id_seq', {len(known) + ARRIVALS})"))


def arrivals(known: list[Telling], chance: random.Random) -> Iterator[Telling]:
    """Yield new tellings: a third retells a stored one, a third copies it, a third is news."""
    for turn in range(ARRIVALS):
        number = len(known) + 1 + turn
        new, old = telling_of(number, chance), chance.choice(known)
        told = {"at": old.at + timedelta(hours=chance.uniform(-60, 60))}
        if turn % 3 == 0:
            told |= {"facts": old.facts, "dollars": old.dollars}
        if turn % 3 == 1:
            told |= {"facts": old.facts, "dollars": old.dollars, "sketch": old.sketch}
        yield _with(new, id=-1, **told)


def _with(told: Telling, **changes: Any) -> Telling:
    from dataclasses import replace

    return replace(told, **changes)


Times = list[tuple[float, float]]  # milliseconds on the clock and of processor time


def busy(conn: sa.Connection) -> tuple[float, float]:
    """Return seconds on the clock and of processor time so far, that of the server's process included."""
    spent = time.process_time()
    if conn.dialect.name == "postgresql":
        fields = Path(f"/proc/{conn.connection.driver_connection.info.backend_pid}/stat").read_text().split()
        spent += (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")
    return time.perf_counter(), spent


def between(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """Return milliseconds from one to the other."""
    return (other[0] - one[0]) * 1000, (other[1] - one[1]) * 1000


def measure(database: Database, known: list[Telling], chance: random.Random) -> tuple[Times, Times]:
    """Return each join, and what follows it."""
    joined: Times = []
    followed: Times = []
    follow = stories.candidates_changed

    def timed(conn: sa.Connection, *given: Any) -> None:
        started = busy(conn)
        follow(conn, *given)
        followed.append(between(started, busy(conn)))

    stories.candidates_changed = timed
    for told in arrivals(known, chance):
        with database.write() as conn:
            for table, row in list(rows_of(_with(told, id=told.article_id)))[:3]:
                conn.execute(sa.insert(table).values(**row))
            started = busy(conn)
            settle(conn, (), DESK, [Newcomer(told, NO_PROOFS)])
            whole = between(started, busy(conn))
        joined.append((whole[0] - followed[-1][0], whole[1] - followed[-1][1]))
    stories.candidates_changed = follow
    return joined, followed


@contextmanager
def databases(kind: str) -> Iterator[str]:
    """The address of an empty database."""
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
    chance = random.Random(7)
    known = [telling_of(number, chance) for number in range(1, size + 1)]
    print(f"{size:,} candidates, {ARRIVALS} arrivals   median    95 %     99 %   processor, ms")
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
