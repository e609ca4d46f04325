"""Measure the database latency of the review pages with many candidates, on SQLite and PostgreSQL.

    python benchmarks/review.py                         # 100,000 candidates on both; takes half an hour
    python benchmarks/review.py --candidates 5000 --only sqlite --explain --like digest

Candidates are generated from a fixed seed: seven languages, texts of some 350 words, six quotes each, values as skewed
as in news. A quarter is decided, by five people over half a year; 400 feeds were polled hourly for a month. Each query
runs once to warm up and then seven times. The output is the median latency and the mean CPU time of this process and
the server together (Linux), which does not depend on other load. Changes are made and undone in turn, and reported per
turn.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from reviewing.measuring import explain, measure
from reviewing.questions import questions
from reviewing.seeding import seed

from offing.services.matching.match_rules import judge_of
from offing.store.database.engine import Database, open_database
from offing.store.database.migrate import upgrade
from offing.web.serve import keep_loaded
from postgres_server import running_postgres


def fill(database: Database, count: int) -> None:
    """Fill a database with the generated newsroom."""
    started = time.perf_counter()
    upgrade(database)
    seed(database, count)
    print(f"  {count} candidates in {time.perf_counter() - started:.0f} s")


def report(database: Database, given: argparse.Namespace) -> None:
    """Run the queries, and print their latency and CPU time with the load average of the machine."""
    all_questions = questions(database)
    judge_of(database)  # as the web app does before it serves
    keep_loaded()
    for name, ask in all_questions.items():
        if given.like not in name:
            continue
        waited, worked = measure(database, ask)
        print(f"  {name:38s} {waited:7.1f} ms latency {worked:7.1f} ms CPU  load {os.getloadavg()[0]:.1f}", flush=True)
        if given.explain:
            explain(database, ask)
    database.close()


def main() -> None:
    """Run the benchmark on each database."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--candidates", type=int, default=100_000)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    parser.add_argument("--explain", action="store_true")
    parser.add_argument("--like", default="", help="only queries whose name contains this text")
    parser.add_argument("--at", help="URL of an existing database")
    given = parser.parse_args()
    if given.at:
        return report(open_database(given.at), given)
    if given.only != "postgresql":
        print("SQLite")
        with tempfile.TemporaryDirectory() as folder:
            fill(database := open_database(f"sqlite:///{folder}/offing.db"), given.candidates)
            report(database, given)
    if given.only != "sqlite":
        print("PostgreSQL")
        with running_postgres() as url:
            fill(database := open_database(url), given.candidates)
            report(database, given)
    return None


if __name__ == "__main__":
    main()
