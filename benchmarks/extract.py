"""Measure the quality of article extraction on real pages, beside other libraries.

    python benchmarks/extract.py          print the table, and cross-validated figures for unseen sites
    python benchmarks/extract.py --fit    refit the block weights, src/offing/extract/body/block_weights.json

The pages belong to others and are not part of the repository; without them nothing is measured.
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
    """Print the table, or refit the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fit", action="store_true", help="refit the weights")
    arguments = parser.parse_args()
    if not FOLDER.exists():
        print("extraction is not measured: no pages found (set OFFING_SHARED to the folder that holds data/)")
        return 0
    sys.path.append(os.environ.get("OFFING_PEERS", ""))  # last, so that the project's own packages take precedence
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
        weights = fit(_training_pages(lessons))
        count = len(list(_training_pages(lessons)))
        note = f"logistic regression on {count} pages, ridge {RIDGE}; benchmarks/extract.py --fit"
        WEIGHTS.write_text(json.dumps({"from": note, "weights": weights}, indent=1) + "\n", "utf-8")
        print(f"wrote {len(weights)} weights")
    return 0


@dataclass(slots=True)
class _Measured:
    """The scores of an extractor on a set of pages, its failures and its CPU time in seconds."""

    scores: list[Score] = field(default_factory=list)
    failed: int = 0
    seconds: float = 0.0

    def take(self, way: Way, page: KnownPage) -> None:
        """Run an extractor on a page and record its score."""
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
    """Print a line for each extractor and set. Extractors take turns on each page, so that load affects them equally.

    Args:
        pages: the pages by set; modified pages by kind of modification.
        only: the names of the extractors to run; all if empty.
    """
    print(f"{'':24s} {'':24s} precision recall    F1  exact  ms/page")
    chosen = {name: way for name, way in ways() if not only or name in only}
    available = {name: way for name, way in chosen.items() if way}
    for origin, known in pages.items():
        measured = {name: _Measured() for name in available}
        for way in available.values():
            _Measured().take(way, known[0])  # to warm up
        for page in known:
            for name, way in available.items():
                measured[name].take(way, page)
        for name in chosen:
            print(f"{origin:24s} {name:24s} {measured[name].line() if name in available else NOT_HERE}", flush=True)


def _lessons(pages: dict[str, list[KnownPage]], kind: str) -> Iterator[tuple[str, Lesson]]:
    for known in pages.values():
        for page in known:
            plain = kind == KINDS[0]
            found = lesson(page if plain else without_names(page, tags=kind == KINDS[2]), 1 if plain else WITHOUT_NAMES)
            if found:
                yield kind, found
    if kind == KINDS[0]:
        yield from ((kind, found) for page in newsroom_pages() if (found := lesson(page, NEWSROOM)))


def _training_pages(lessons: Iterable[tuple[str, Lesson]]) -> Iterator[Lesson]:
    """Return the training pages, without modified ones, whose insertions are removed by rules.

    Trained on modified pages too, at a weight of .05, F1 was .0004 lower on Scrapinghub's pages and .004 higher on
    newspaper4k's 23.
    """
    return (each for kind, each in lessons if kind in KINDS)


def cross_validate(lessons: Sequence[tuple[str, Lesson]]) -> None:
    """Print figures for sites that the weights were not fitted on, cross-validated by site."""
    sites = sorted({each.page.site for _, each in lessons if each.page.origin in SETS})
    random.Random(0).shuffle(sites)
    sites += sorted({each.page.site for _, each in lessons} - set(sites))
    fold = {site: at % FOLDS for at, site in enumerate(sites)}
    scores: dict[tuple[str, str], list[Score]] = {}
    for held_out in range(FOLDS):
        weights = fit(_training_pages((kind, each) for kind, each in lessons if fold[each.page.site] != held_out))
        for kind, each in lessons:
            if fold[each.page.site] == held_out:
                found = score(each.page.text, each.text(weights))
                scores.setdefault((each.page.origin, kind), []).append(found)
    print(f"\ncross-validated over {len(sites)} sites in {FOLDS} folds")
    for (origin, kind), found in scores.items():
        print(f"{origin:12s} {kind:28s} precision %.3f recall %.3f F1 %.4f" % summary(found))


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        sys.exit(main())
