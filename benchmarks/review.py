"""How long the pages of review wait for the database, with many candidates in it, on SQLite and PostgreSQL.

    python benchmarks/review.py                         # 100,000 candidates on both; takes a quarter of an hour
    python benchmarks/review.py --candidates 5000 --only sqlite --explain

Candidates are made up, with seeded chance: seven languages, texts of some 350 words, six quotes each, values as uneven
as news is. Each question is asked once to warm up and then seven times; told are the median time that one waits and the
processor time of a question, of this process and the server together (Linux), which other work on the machine does not
lengthen.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from offing.model.candidate import Reason
from offing.model.codec import to_plain
from offing.model.project import Amount, Firm, Lender, ProjectFacts, SizedBy
from offing.model.queue import QueueFilter
from offing.model.vocabulary import AmountKind, Role, Sector, Status
from offing.steps.queue import Reader, neighbours, page
from offing.steps.sight import sight
from offing.store.engine import Database, open_database
from offing.store.index import reindex
from offing.store.migrate import upgrade
from offing.store.tables import article, body, candidate, entry, evidence, feed, story, story_article
from offing.store.tables import page as page_table
from postgres_server import running_postgres

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
CHUNK = 2_000
ROUNDS = 7
COUNTRIES = re.findall(
    "...",
    "KENNGAZMBETHUGATZAGHASENCIVCMRAGOMOZEGYDZAMARTUNSRBHUNPAKBGDLKANPLKHMLAOMMRIDNPHLVNMKAZUZB"
    "KGZTJKBOLECUPERARGBRAMEXPANHNDIRQSAUAREIRNTURBLRARMGEOMDATONFJIPNGVUTSLB",
)
LANGUAGES = ("en", "en", "en", "fr", "es", "ar", "zh", "ru", "pt")
COMMON = (
    *("the", "of", "to", "in", "and", "a", "for", "on", "with", "by", "is", "that", "will", "has", "project", "china"),
    *("chinese", "government", "million", "contract", "minister", "network", "data", "system", "signed", "company"),
)
HAN = "中国华为公司建设数据中心网络城市政府合同贷款银行项目部长签署肯尼亚智慧通信卫星铁路"


class Maker:
    """Makes rows up; the same seed makes the same ones."""

    def __init__(self) -> None:
        self.chance = random.Random(20261125)
        letters = "abcdefghijklmnoprstuvz"
        self.words = ["".join(self.chance.choices(letters, k=self.chance.randint(4, 11))) for _ in range(30_000)]
        self.firms = [f"firm-{number}" for number in range(300)]

    def uneven(self, values: Any) -> Any:
        """One of some values, the first far more often than the last."""
        return values[int(len(values) * self.chance.random() ** 3)]

    def sentence(self, language: str) -> str:
        """Some words, every third one common."""
        if language == "zh":
            return "".join(self.chance.choices(HAN, k=30)) + "。"
        return " ".join(self.uneven(COMMON if place % 3 else self.words) for place in range(18)) + "."

    def facts(self) -> ProjectFacts:
        """The facts of a candidate."""
        name = self.uneven(self.firms)
        return ProjectFacts(
            title=" ".join(self.chance.choices(self.words, k=6)),
            countries=(self.uneven(COUNTRIES),),
            firms=(Firm(name.title(), name, Role.CONTRACTOR, name if self.chance.random() < 0.8 else None),),
            lenders=(Lender("China Exim Bank", "Exim Bank", "china-exim-bank"),) if self.chance.random() < 0.3 else (),
            amounts=(Amount(Decimal(self.chance.randint(1, 900)) * 10**6, "USD", AmountKind.CONTRACT, "USD"),),
            sector=self.uneven(list(Sector)),
            status=self.uneven(list(Status)),
            quantities=(SizedBy(Decimal(self.chance.randint(10, 900)), "km", "km"),),
            places=(self.uneven(self.words),),
            counterparts=(" ".join(self.chance.choices(self.words, k=3)),),
        )

    def reasons(self) -> tuple[Reason, ...]:
        """Nine reasons, as many as a score has."""
        return tuple(Reason(f"r{n}", 2 - n / 3, " ".join(self.chance.choices(self.words, k=9))) for n in range(9))

    def standing(self) -> dict[str, Any]:
        """Where the review of a candidate stands: three in five wait."""
        lot = self.chance.random()
        score = round(self.chance.uniform(0.5, 1), 4)
        at = {"score": score, "above_cut": True, "state": "open", "kind": "update" if lot < 0.15 else "new"}
        if lot >= 0.95:
            at |= {"state": "deferred", "defer_until": NOW + timedelta(days=self.chance.randint(-5, 60))}
        elif lot >= 0.75:
            at |= {"state": self.uneven(["rejected", "accepted", "duplicate"])}
        elif lot >= 0.6:
            drawn = self.chance.random() < 0.02
            at |= {"score": round(score - 0.5, 4), "above_cut": False, "kind": "audit" if drawn else "new"}
            at |= {"audit_day": f"2026-11-{self.chance.randint(10, 25)}" if drawn else None}
        return {"defer_until": None, "audit_day": None, **at}


def rows_of(maker: Maker, number: int) -> Iterator[tuple[sa.Table, dict[str, Any]]]:
    """All rows of one candidate, in the order in which they may be written; every number is `number`."""
    chance = maker.chance
    url = f"https://news{int(900 * chance.random() ** 2)}.example/{number}"
    language = chance.choice(LANGUAGES)
    facts, at = to_plain(maker.facts()), NOW - timedelta(hours=number % 9000)
    paragraphs = [" ".join(maker.sentence(language) for _ in range(4)) for _ in range(5)]
    common = {"id": number, "url": url, "url_key": f"k{number}"}
    yield entry, {**common, "feed_id": 1, "entry_key": f"e{number}", "title": "t", "seen_at": at, "host": "h"}
    yield body, {"sha256": f"{number:064x}", "packed": b""}
    fetched = {"final_url": url, "final_url_key": f"f{number}", "sha256": f"{number:064x}", "status": 200}
    yield page_table, {"id": number, "url": url, "entry_id": number, **fetched, "fetched_at": at, "headers": {}}
    told = {"title": maker.sentence(language)[:90], "paragraphs": paragraphs, "language": language, "published": at}
    told |= {"outlet": f"Outlet {url[12:17]}", "domain": url.split("/")[2], "cut": False, "extracted_at": at}
    yield article, {**common, "page_id": number, **told, "text_hash": f"h{number}"}
    yield story, {"id": number, "first_at": at, "last_at": at}
    yield (
        story_article,
        {"id": number, "story_id": number, "article_id": number, "ordinal": 0, "facts": facts, "score": 0.9},
    )
    reasons = to_plain(maker.reasons(), tuple[Reason, ...])
    row = {"id": number, "story_id": number, "facts": facts, "reasons": reasons, **maker.standing()}
    yield candidate, {**row, "created_at": at, "version": 1}
    for place in range(6):
        quote = {"candidate_id": number, "article_id": number, "telling_id": number, "start": place, "end": place + 90}
        yield evidence, {**quote, "field": "firms", "value": f"v{place}", "quote": paragraphs[0][:90]}


def seed(database: Database, count: int) -> None:
    """Fill a new database; says how long indexing took for a candidate."""
    maker, spent = Maker(), 0.0
    with database.write() as conn:
        needed = {c.name: "media" if c.name == "publisher" else "x" for c in feed.columns if _needed(c)}
        conn.execute(sa.insert(feed).values(**{**needed, **_plain(feed), "id": 1, "publisher": "media"}))
    for first in range(1, count + 1, CHUNK):
        numbers = range(first, min(first + CHUNK, count + 1))
        tables: dict[sa.Table, list[dict[str, Any]]] = {}
        for number in numbers:
            for table, row in rows_of(maker, number):
                tables.setdefault(table, []).append({**_plain(table), **row})
        with database.write() as conn:
            for table, rows in tables.items():
                conn.execute(sa.insert(table), rows)
            started = time.perf_counter()
            reindex(conn, *numbers)
            spent += time.perf_counter() - started
    if not database.is_sqlite:
        with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as conn:
            conn.exec_driver_sql("VACUUM ANALYZE")
    print(f"  indexing {spent / count * 1000:.2f} ms a candidate")


def _needed(column: sa.Column[Any]) -> bool:
    return not column.nullable and column.server_default is None and not column.primary_key


def _plain(table: sa.Table) -> dict[str, Any]:
    """A plain value for each column that must have one."""
    plain = {"Integer": 0, "BigInteger": 0, "Boolean": False, "Float": 0.0, "JSON": [], "Moment": NOW, "Text": ""}
    words = {"publisher": "media", "kind": "feed", "state": "healthy", "form": "rss"} if table is feed else {}
    return {c.name: words.get(c.name, plain.get(type(c.type).__name__, "x")) for c in table.columns if _needed(c)}


def questions(database: Database) -> dict[str, Callable[[], Any]]:
    """What the pages of review ask."""
    reader = Reader("ann", NOW)

    def filtered(query: str) -> Callable[[], Any]:
        return lambda: page(database, QueueFilter.parse(query), reader)

    far = page(database, QueueFilter.parse("view=waiting&size=200"), reader).next
    assert far is not None
    middle = page(database, QueueFilter.parse("view=waiting&q=contract"), reader).lines[20].id
    return {
        "today's queue": filtered(""),
        "all that waits": filtered("view=waiting"),
        "a later page": lambda: page(database, far, reader),
        "everything": filtered("view=all"),
        "decided": filtered("view=decided"),
        "country": filtered("country=KEN"),
        "rare country": filtered("country=SLB"),
        "country, sector, language": filtered("country=KEN&sector=e-government&language=en"),
        "firm": filtered("firm=firm-7"),
        "mine": filtered("mine=1"),
        "a common word": filtered("q=china"),
        "two words": filtered("q=china+contract&country=KEN"),
        "a rare word": filtered("q=zyzzyva"),
        "a phrase": filtered(f"q=%22{Maker().words[5]}+project%22"),
        "a phrase of words that all have": filtered("q=%22the+project%22"),
        "a beginning": filtered("q=contr*"),
        "a beginning of two letters": filtered("q=co*"),
        "without a word": filtered("q=-china"),
        "Chinese": filtered("q=%E5%8D%8E%E4%B8%BA"),
        "next and previous": lambda: neighbours(database, QueueFilter.parse("view=waiting"), reader, middle),
        "next and previous, filtered": lambda: neighbours(
            database, QueueFilter.parse("country=KEN&q=contract"), reader, middle
        ),
        "a candidate": lambda: sight(database, middle),
    }


def measure(database: Database, ask: Callable[[], Any]) -> tuple[float, float]:
    """Milliseconds that one waits for an answer, in the median, and those that processors work for it, on average."""
    ask()
    postmaster = _postmaster(database)
    rounds, worked = [], time.process_time() + _worked(postmaster)
    for _ in range(ROUNDS):
        started = time.perf_counter()
        ask()
        rounds.append((time.perf_counter() - started) * 1000)
    worked = time.process_time() + _worked(postmaster) - worked
    return statistics.median(rounds), worked / ROUNDS * 1000


def _postmaster(database: Database) -> int | None:
    """The server's first process; None without a server, or where processes cannot be looked at."""
    if database.is_sqlite or not Path("/proc/self/stat").exists():
        return None
    with database.read() as conn:
        return _stat(Path(f"/proc/{conn.execute(sa.select(sa.func.pg_backend_pid())).scalar_one()}"))[1]


def _worked(postmaster: int | None) -> float:
    """Seconds that a server's processes have worked so far, those that ended as well."""
    if postmaster is None:
        return 0.0
    ticks = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            fields = _stat(process)
        except OSError:
            continue
        if int(process.name) == postmaster:
            ticks += sum(fields[11:15])
        elif fields[1] == postmaster:
            ticks += sum(fields[11:13])
    return ticks / os.sysconf("SC_CLK_TCK")


def _stat(process: Path) -> list[int]:
    """The numbers of a process, from its state on; the state itself, a letter, counts as 0."""
    return [
        int(word) if word.lstrip("-").isdecimal() else 0
        for word in (process / "stat").read_text().rsplit(")")[-1].split()
    ]


@contextmanager
def statements(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """The statements that are sent to the database meanwhile."""
    seen: list[tuple[str, Any]] = []

    def note(*arguments: Any) -> None:
        seen.append((arguments[2], arguments[3]))

    sa.event.listen(database.engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(database.engine, "before_cursor_execute", note)


def explain(database: Database, ask: Callable[[], Any]) -> None:
    """Print how the database answers each statement."""
    with statements(database) as seen:
        ask()
    prefix = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN ANALYZE "
    with database.read() as conn:
        for statement, parameters in list(seen):
            if statement.startswith(("BEGIN", "PRAGMA")):
                continue
            started = time.perf_counter()
            conn.exec_driver_sql(statement, parameters).all()
            print(f"      {(time.perf_counter() - started) * 1000:7.1f} ms  {' '.join(statement.split())[:150]}")
            for row in conn.exec_driver_sql(prefix + statement, parameters):
                print(f"                  {row[-1]}")


def report(database: Database, count: int, *, plans: bool) -> None:
    """Seed, ask, print."""
    upgrade(database)
    started = time.perf_counter()
    seed(database, count)
    print(f"  {count} candidates in {time.perf_counter() - started:.0f} s")
    for name, ask in questions(database).items():
        waited, worked = measure(database, ask)
        print(f"  {name:34s} {waited:7.1f} ms waited {worked:7.1f} ms worked", flush=True)
        if plans:
            explain(database, ask)
    database.close()


def main() -> None:
    """Print the times, for each database."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--candidates", type=int, default=100_000)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    parser.add_argument("--explain", action="store_true")
    asked = parser.parse_args()
    if asked.only != "postgresql":
        print("SQLite")
        with tempfile.TemporaryDirectory() as folder:
            report(open_database(f"sqlite:///{folder}/offing.db"), asked.candidates, plans=asked.explain)
    if asked.only != "sqlite":
        print("PostgreSQL")
        with running_postgres() as url:
            report(open_database(url), asked.candidates, plans=asked.explain)


if __name__ == "__main__":
    main()
