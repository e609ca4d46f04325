"""Measure the time to match one new candidate in a large site, and to import known projects.

    python benchmarks/matching_store.py RECORDS.jsonl.gz [--candidates 100000] [--known 20000] [--postgres]

RECORDS are AidData's records, whose texts are repeated by generated articles. The timed part is what a new candidate
costs within the transaction that stores it: finding possible matches, comparing, and writing pairs and kinds. Times are
CPU time of this process, without that of a PostgreSQL server.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from factories.candidate import stored_article
from offing.config.files.layers import Layers
from offing.config.lexicons.lexicon import load_lexicon
from offing.config.sites.import_shapes import load_shape
from offing.match.verdicts.match_keys import match_keys
from offing.model.projects.known import KnownProject
from offing.model.values.codec import to_plain
from offing.services.known_projects.row_mapping import Names, RowReader
from offing.services.matching.candidates import keys_of_known, match_candidates, profile_of_known
from offing.services.matching.match_rules import judge_of
from offing.store.database.engine import Database, open_database
from offing.store.database.migrate import upgrade
from offing.store.records.known_project import keep_known
from offing.store.tables import article, candidate, entry, page, story, story_article, story_key

DAY = datetime(2020, 1, 1, tzinfo=UTC)
BATCH = 1000
UNIQUE_OF_ENTRY = ("entry_key", "url", "url_key")


def main() -> None:
    """Fill a database and print the times."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("records", type=Path)
    parser.add_argument("--candidates", type=int, default=100_000)
    parser.add_argument("--known", type=int, default=20_000)
    parser.add_argument("--asked", type=int, default=60)
    parser.add_argument("--postgres", action="store_true")
    given = parser.parse_args()
    with database_of(postgres=given.postgres) as database:
        rows = list(known_of(given.records))
        print(f"import: {fill_known(database, rows, given.known):.1f} s for {given.known} rows")
        fill_candidates(database, rows, given.candidates)
        times = sorted(list(matching_times(database, given.candidates, given.asked))[1:])
        print(f"one candidate: median {statistics.median(times):.1f} ms, worst of {len(times)} {times[-1]:.1f} ms")


@contextmanager
def database_of(*, postgres: bool) -> Iterator[Database]:
    """Yield an empty database on SQLite or PostgreSQL."""
    with tempfile.TemporaryDirectory() as folder:
        if postgres:
            from postgres_server import running_postgres

            with running_postgres() as url:
                opened = open_database(url)
                upgrade(opened)
                yield opened
                opened.close()
            return
        opened = open_database(f"sqlite:///{folder}/offing.db")
        upgrade(opened)
        yield opened
        opened.close()


def known_of(path: Path) -> Iterator[KnownProject]:
    """Yield the known projects of a file."""
    layers = Layers.of(None)
    reader = RowReader(load_shape(layers, "aiddata-records"), Names(load_lexicon(layers)))
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            yield reader.read(json.loads(line), number)[0]


def fill_known(database: Database, rows: list[KnownProject], number: int) -> float:
    """Import `number` rows, repeating them under new keys, and return the CPU time in seconds."""
    judge, start = judge_of(database), time.process_time()
    for first in range(0, number, 500):
        part = [
            replace(rows[at % len(rows)], key=f"{rows[at % len(rows)].key}-{at}")
            for at in range(first, min(first + 500, number))
        ]
        with database.write() as conn:
            keep_known(conn, part, DAY, lambda row: keys_of_known(row, judge))
    return time.process_time() - start


def fill_candidates(database: Database, rows: list[KnownProject], number: int) -> None:
    """Insert `number` candidates, each from one article."""
    rarity = judge_of(database).rarity
    keys = [sorted(match_keys(profile_of_known(row, rarity))) for row in rows]
    with database.write() as conn:
        first = stored_article(conn, DAY)
        shape = dict(conn.execute(sa.select(article).where(article.c.id == first)).mappings().one())
        page_row = dict(conn.execute(sa.select(page)).mappings().one())
        entry_row = dict(conn.execute(sa.select(entry)).mappings().one())
    for start in range(0, number, BATCH):
        ids = range(start + 10, start + 10 + BATCH)
        with database.write() as conn:
            articles = [(each, rows[each % len(rows)], DAY + timedelta(hours=each)) for each in ids]
            entry_rows = [{**entry_row, "id": e, **dict.fromkeys(UNIQUE_OF_ENTRY, f"https://n{e}.test/")} for e in ids]
            conn.execute(sa.insert(entry), entry_rows)
            conn.execute(sa.insert(page), [{**page_row, "id": e, "entry_id": e} for e in ids])
            conn.execute(
                sa.insert(article),
                [
                    {
                        **shape,
                        "id": each,
                        "page_id": each,
                        "url": f"https://n{each}.test/",
                        "url_key": f"n{each}",
                        "title": row.facts.title,
                        "paragraphs": [row.description],
                        "published": at,
                    }
                    for each, row, at in articles
                ],
            )
            conn.execute(sa.insert(story), [{"id": each, "first_at": at, "last_at": at} for each, _, at in articles])
            links = {"ordinal": 0, "score": 0.9}
            conn.execute(
                sa.insert(story_article),
                [
                    {**links, "id": e, "story_id": e, "article_id": e, "facts": to_plain(row.facts), "at": at}
                    for e, row, at in articles
                ],
            )
            fixed = {"kind": "new", "state": "open", "reasons": [], "score": 0.9, "above_cut": True, "version": 1}
            conn.execute(
                sa.insert(candidate),
                [
                    {
                        **fixed,
                        "id": e,
                        "story_id": e,
                        "facts": to_plain(row.facts),
                        "created_at": at,
                        "produced_by": "b",
                    }
                    for e, row, at in articles
                ],
            )
            conn.execute(
                sa.insert(story_key),
                [
                    {"key": key, "telling_id": each, "at": at}
                    for each, _, at in articles
                    for key in keys[each % len(rows)]
                    if ":known:" not in key
                ],
            )


def matching_times(database: Database, candidates: int, number: int) -> Iterator[float]:
    """Yield the CPU time of matching a candidate, in milliseconds, for `number` candidates; the first is a warm-up."""
    step = max(1, candidates // number)
    for each in range(10, 10 + step * number, step):
        with database.write() as conn:
            start = time.process_time()
            match_candidates(conn, (each,), DAY)
            yield (time.process_time() - start) * 1000


if __name__ == "__main__":
    main()
