"""How well articles are drawn from real pages, beside what one would use instead; one run, one table.

    python benchmarks/extract.py          the table, and what pages of unseen sites may expect (cross-validation)
    python benchmarks/extract.py --fit    renew the weights of the choice, src/offing/extract/body/block_weights.json

The pages are data of others and no part of the project; without them nothing is measured.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import logging
import os
import random
import sys
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from extraction.fit import NEWSROOM, RIDGE, WITHOUT_NAMES, Lesson, fit, lesson
from extraction.measure import Score, score, summary
from extraction.pages import (
    EXCESS,
    FOLDER,
    LOSS,
    SETS,
    STANDFIRST,
    KnownPage,
    joined_pages,
    kind_of_planting,
    known_pages,
    newsroom_pages,
    planted_pages,
    without_names,
)
from extraction.peers import NOT_HERE, Way, stay_offline, ways

WEIGHTS = Path(__file__).parents[1] / "src/offing/extract/body/block_weights.json"
FOLDS = 10
PLANTINGS = (EXCESS, LOSS, STANDFIRST)
KINDS = ("as they are", "without names", "without names and sections")


def main() -> int:
    """Print the table, or renew the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fit", action="store_true", help="renew the weights")
    arguments = parser.parse_args()
    if not FOLDER.exists():
        print("extraction is not measured: the pages are not here (set OFFING_SHARED to the folder that holds data/)")
        return 0
    sys.path.append(os.environ.get("OFFING_PEERS", ""))  # last: what the project itself uses comes first
    logging.disable(logging.CRITICAL)
    stay_offline()
    pages = {origin: list(known_pages(origin)) for origin in SETS}
    planted = list(planted_pages([*(page for known in pages.values() for page in known), *joined_pages()]))
    if not arguments.fit:
        compare(pages)
        kinds = {kind: [page for page in planted if kind_of_planting(page.name) == kind] for kind in PLANTINGS}
        compare(kinds, ("offing", "trafilatura"))
    lessons = [each for kind in KINDS for each in _lessons(pages, kind)]
    lessons += [(kind_of_planting(page.name), found) for page in planted if (found := lesson(page))]
    cross_validate(lessons)
    if arguments.fit:
        weights = fit(_taught(lessons))
        note = f"logistic regression on {len(list(_taught(lessons)))} pages, ridge {RIDGE}; benchmarks/extract.py --fit"
        WEIGHTS.write_text(json.dumps({"from": note, "weights": weights}, indent=1) + "\n", "utf-8")
        print(f"wrote {len(weights)} weights")
    return 0


@dataclass(slots=True)
class _Measured:
    """What a way made of the pages of a set, and the processor time that it took."""

    scores: list[Score] = field(default_factory=list)
    failed: int = 0
    seconds: float = 0.0

    def take(self, way: Way, page: KnownPage) -> None:
        """Go one way on one page."""
        text, start = "", time.process_time()
        try:
            text = way(page.body, page.url)
        except (ImportError, LookupError):  # a peer without the tokenizer of some language
            self.failed += 1
        self.seconds += time.process_time() - start
        self.scores.append(score(page.text, text))

    def line(self) -> str:
        """Return the row of the table."""
        precision, recall, f1 = summary(self.scores)
        exact = sum(not each.wrong and not each.missing for each in self.scores) / len(self.scores)
        spent = self.seconds / len(self.scores) * 1000
        failures = f"  {self.failed} failed" if self.failed else ""
        return f"{precision:9.3f} {recall:6.3f} {f1:5.3f} {exact:6.2f} {spent:10.0f}{failures}"


def compare(pages: dict[str, list[KnownPage]], only: Collection[str] = ()) -> None:
    """One line for each way and set. All ways take turns on each page, so that they meet the machine in one mood.

    Args:
        pages: by set; those into which something was planted by kind of planting.
        only: the names of the ways, where not all are asked for.
    """
    print(f"{'':24s} {'':24s} precision recall    F1  exact  ms a page")
    asked = {name: way for name, way in ways() if not only or name in only}
    here = {name: way for name, way in asked.items() if way}
    for origin, known in pages.items():
        measured = {name: _Measured() for name in here}
        for way in here.values():
            _Measured().take(way, known[0])  # to warm up
        for page in known:
            for name, way in here.items():
                measured[name].take(way, page)
        for name in asked:
            print(f"{origin:24s} {name:24s} {measured[name].line() if name in here else NOT_HERE}", flush=True)


def _lessons(pages: dict[str, list[KnownPage]], kind: str) -> Iterator[tuple[str, Lesson]]:
    for known in pages.values():
        for page in known:
            plain = kind == KINDS[0]
            found = lesson(page if plain else without_names(page, tags=kind == KINDS[2]), 1 if plain else WITHOUT_NAMES)
            if found:
                yield kind, found
    if kind == KINDS[0]:
        yield from ((kind, found) for page in newsroom_pages() if (found := lesson(page, NEWSROOM)))


def _taught(lessons: Iterable[tuple[str, Lesson]]) -> Iterator[Lesson]:
    """Return what the weights learn from: not what was planted, which rules keep out.

    As lessons, at a weight of .05, it gave .0004 less on Scrapinghub's pages and .004 more on newspaper4k's 23.
    """
    return (each for kind, each in lessons if kind in KINDS)


def cross_validate(lessons: Sequence[tuple[str, Lesson]]) -> None:
    """What pages of sites may expect that the weights have never seen: sites are parted, not pages."""
    sites = sorted({each.page.site for _, each in lessons if each.page.origin in SETS})
    random.Random(0).shuffle(sites)
    sites += sorted({each.page.site for _, each in lessons} - set(sites))
    fold = {site: at % FOLDS for at, site in enumerate(sites)}
    scores: dict[tuple[str, str], list[Score]] = {}
    for part in range(FOLDS):
        weights = fit(_taught((kind, each) for kind, each in lessons if fold[each.page.site] != part))
        for kind, each in lessons:
            if fold[each.page.site] == part:
                found = score(each.page.text, each.text(weights))
                scores.setdefault((each.page.origin, kind), []).append(found)
    print(f"\ncross-validated over {len(sites)} sites in {FOLDS} parts")
    for (origin, kind), found in scores.items():
        print(f"{origin:12s} {kind:28s} precision %.3f recall %.3f F1 %.4f" % summary(found))


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        sys.exit(main())
