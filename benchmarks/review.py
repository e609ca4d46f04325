"""How long the pages of review wait for the database, with many candidates in it, on SQLite and PostgreSQL.

    python benchmarks/review.py                         # 100,000 candidates on both; takes half an hour
    python benchmarks/review.py --candidates 5000 --only sqlite --explain --like digest

Candidates are made up, with seeded chance: seven languages, texts of some 350 words, six quotes each, values as uneven
as news is. A quarter is decided, by five people over half a year; 400 feeds were asked each hour for a month. Each
question is asked once to warm up and then seven times; told are the median time that one waits and the processor time
of a question, of this process and the server together (Linux), which other work on the machine does not lengthen.
What changes something is done and taken back in turns, and told for one turn.
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
    """Make the newsroom up."""
    started = time.perf_counter()
    upgrade(database)
    seed(database, count)
    print(f"  {count} candidates in {time.perf_counter() - started:.0f} s")


def report(database: Database, asked: argparse.Namespace) -> None:
    """Ask, print; the load says how many processes wanted the processors meanwhile."""
    all_questions = questions(database)
    judge_of(database)  # as the web app does before it serves
    keep_loaded()
    for name, ask in all_questions.items():
        if asked.like not in name:
            continue
        waited, worked = measure(database, ask)
        print(
            f"  {name:38s} {waited:7.1f} ms waited {worked:7.1f} ms worked  load {os.getloadavg()[0]:.1f}", flush=True
        )
        if asked.explain:
            explain(database, ask)
    database.close()


def main() -> None:
    """Print the times, for each database."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--candidates", type=int, default=100_000)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    parser.add_argument("--explain", action="store_true")
    parser.add_argument("--like", default="", help="only questions with these letters in their names")
    parser.add_argument("--at", help="a database that was filled before, by its URL")
    asked = parser.parse_args()
    if asked.at:
        return report(open_database(asked.at), asked)
    if asked.only != "postgresql":
        print("SQLite")
        with tempfile.TemporaryDirectory() as folder:
            fill(database := open_database(f"sqlite:///{folder}/offing.db"), asked.candidates)
            report(database, asked)
    if asked.only != "sqlite":
        print("PostgreSQL")
        with running_postgres() as url:
            fill(database := open_database(url), asked.candidates)
            report(database, asked)
    return None


if __name__ == "__main__":
    main()
