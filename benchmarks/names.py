"""Measure the cost of names of known projects: parsing, building the matcher, screening (needs OFFING_SHARED).

    OFFING_SHARED=… python benchmarks/names.py [PROJECTS]

Rows are AidData's records; beyond their number, projects are generated from parts of their names. One process.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from offing.config.files.layers import Layers
from offing.config.sites.import_shapes import load_shape
from offing.model.pairs.naming import ProjectName
from offing.model.pairs.pairing import Ref
from offing.recognize import Recognizer
from offing.services.analysis.analyst import load_analyst
from offing.services.known_projects.row_mapping import Names, RowReader

Row = dict[str, Any]
RECORDS, NEWS = "data/aiddata/records.jsonl.gz", "data/news/worldwide_newswire.jsonl.gz"


def main() -> None:
    """Measure and print."""
    root = os.environ.get("OFFING_SHARED")
    if not root:
        print("names: needs OFFING_SHARED, the folder that holds data/aiddata and data/news")
        return
    records, news = rows(Path(root) / RECORDS), rows(Path(root) / NEWS)
    projects = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    recognizer = load_analyst(None).recognizer
    recognizer.reader.names_of(reader(recognizer).read(records[0], 0)[0].facts, "Lotus Tower")  # warm-up: builds tables
    names, took = timed(lambda: [name for row in records for name in names_of(recognizer, row)])
    print(f"{len(names)} names of {len(records)} rows: {1e3 * took / len(records):.2f} ms per row")
    names += islice(more(list(names)), max(0, projects - len(records)) * len(names) // len(records))
    knowing, took = timed(lambda: recognizer.knowing(tuple(names)))
    print(f"finder of {len(names)} names ({projects} projects): built in {took:.2f} s")
    texts = [str(row["text"]) for row in news]
    for label, one in (("without names", recognizer), ("with names", knowing)):
        one.screen(texts[0], "en")
        passed, took = timed(lambda one=one: sum(one.screen(text, "en") for text in texts))  # type: ignore[misc]
        print(f"screening {label}: {1e3 * took / len(texts):.2f} ms per article, {passed} of {len(texts)} pass")


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """Return the result of a function, and its CPU time in seconds."""
    started = time.process_time()
    return work(), time.process_time() - started


def rows(path: Path) -> list[Row]:
    """Return the objects of a gzipped JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def reader(recognizer: Recognizer) -> RowReader:
    """Return a reader of AidData's records."""
    return RowReader(load_shape(Layers.of(None), "aiddata-records"), Names(recognizer.lexicon))


def names_of(recognizer: Recognizer, row: Row) -> list[ProjectName]:
    """Return the names of one row's project."""
    known, _ = READER.setdefault("one", reader(recognizer)).read(row, 0)
    target = Ref.known(known.source, known.key)
    found = recognizer.reader.names_of(known.facts, known.facts.title, known.description)
    return [ProjectName(target, name, known.facts.countries, known.facts.sector or "") for name in found]


READER: dict[str, RowReader] = {}


def more(names: list[ProjectName]) -> Any:
    """Yield generated names without end, each from the first word of one name and all of another."""
    for number, (one, other) in enumerate(zip(names, reversed(names), strict=True)):
        target = Ref.known("made", f"{number}")
        yield ProjectName(target, f"{one.name.split()[0]} {other.name}", one.countries, one.sector or "energy")
    yield from more([ProjectName(n.target, f"{n.name} II", n.countries, n.sector) for n in names])


if __name__ == "__main__":
    main()
