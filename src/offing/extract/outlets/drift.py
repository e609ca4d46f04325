"""Detects drift: what is extracted from an outlet's pages changes beyond its usual variation. Pure.

Each outlet is measured against its own past: the last days against the weeks before. Shares are compared as two
proportions, lengths by median and median absolute deviation, so that a few odd articles have no effect. The thresholds
are wide, since hundreds of outlets are checked every day: 400 simulated outlets without a change gave no alarm.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from statistics import median

from offing.extract.outlets.outlet_rule import METHOD, MISSED
from offing.model.sources.drift import Drawn, Drift, DriftMeasure

LATELY = timedelta(days=7)
BEFORE = timedelta(days=60)
LEAST_LATELY = 10  # pages
LEAST_BEFORE = 30
_LEAST_FALL = 0.25  # of a share, absolute
_LEAST_SIGMAS = 4.5
_LEAST_FACTOR = 2.0  # of a median length
_MAD_TO_SIGMA = 1.4826
_MEDIAN_TO_MEAN = 1.2533  # standard error of a median relative to that of a mean
_LEAST_SPREAD = 0.1  # of the logarithm; even outlets with uniform texts vary a little

_WORDS = {
    DriftMeasure.FOUND: "an article in {}",
    DriftMeasure.TITLES: "a title of its own in {}",
    DriftMeasure.DATES: "a date in {}",
    DriftMeasure.AUTHORS: "an author in {}",
    DriftMeasure.SECTIONS: "a section in {}",
    DriftMeasure.WHOLE: "a complete text in {}",
    DriftMeasure.RULES: "all that the outlet's rule names in {}",
}


def judge_drift(pages: Iterable[Drawn], now: datetime) -> tuple[Drift, ...]:
    """The outlets that drift at a moment, by domain.

    Args:
        pages: what was extracted from pages, in any order; those outside the two windows are ignored.
        now: aware UTC, the end of the later window.
    """
    before: dict[str, list[Drawn]] = defaultdict(list)
    lately: dict[str, list[Drawn]] = defaultdict(list)
    for page in pages:
        if now - LATELY < page.at <= now:
            lately[page.domain].append(page)
        elif now - LATELY - BEFORE < page.at <= now - LATELY:
            before[page.domain].append(page)
    return tuple(
        drift
        for domain in sorted(lately)
        if len(lately[domain]) >= LEAST_LATELY and len(before[domain]) >= LEAST_BEFORE
        for drift in _of_outlet(before[domain], lately[domain])
    )


def outlets_watched(pages: Iterable[Drawn], now: datetime) -> int:
    """How many outlets have enough pages in the later window to be judged."""
    counts = Counter(page.domain for page in pages if now - LATELY < page.at <= now)
    return sum(count >= LEAST_LATELY for count in counts.values())


def _of_outlet(before: Sequence[Drawn], lately: Sequence[Drawn]) -> Iterator[Drift]:
    yield from _share(DriftMeasure.FOUND, before, lately, lambda page: page.length is not None)
    before, lately = _articles(before), _articles(lately)
    if len(lately) < LEAST_LATELY or len(before) < LEAST_BEFORE:
        return
    titles = Counter(page.title for page in (*before, *lately))
    yield from _length(before, lately)
    yield from _share(DriftMeasure.TITLES, before, lately, lambda page: bool(page.title) and titles[page.title] == 1)
    yield from _share(DriftMeasure.DATES, before, lately, lambda page: page.dated)
    yield from _share(DriftMeasure.AUTHORS, before, lately, lambda page: page.signed)
    yield from _share(DriftMeasure.SECTIONS, before, lately, lambda page: page.placed)
    yield from _share(DriftMeasure.WHOLE, before, lately, lambda page: page.whole)
    if any(page.method.startswith(METHOD) for page in before):
        yield from _share(DriftMeasure.RULES, before, lately, lambda page: not page.method.endswith(MISSED))


def _articles(pages: Sequence[Drawn]) -> list[Drawn]:
    return [page for page in pages if page.length is not None]


def _share(
    measure: DriftMeasure, before: Sequence[Drawn], lately: Sequence[Drawn], holds: Callable[[Drawn], bool]
) -> Iterator[Drift]:
    """A share that fell by enough to matter, and by more than chance explains."""
    old, new = sum(map(holds, before)) / len(before), sum(map(holds, lately)) / len(lately)
    pooled = (old * len(before) + new * len(lately)) / (len(before) + len(lately))
    error = math.sqrt(pooled * (1 - pooled) * (1 / len(before) + 1 / len(lately)))
    if old - new >= _LEAST_FALL and old - new >= _LEAST_SIGMAS * error:
        sentence = _WORDS[measure].format(f"{new:.0%} of {len(lately)} pages, {old:.0%} of {len(before)} before")
        example = next(page.url for page in sorted(lately, key=lambda page: page.at, reverse=True) if not holds(page))
        yield Drift(lately[0].domain, measure, old, new, len(before), len(lately), example, sentence)


def _length(before: Sequence[Drawn], lately: Sequence[Drawn]) -> Iterator[Drift]:
    """A median length that halved or doubled, beyond the past spread."""
    old = [math.log(max(page.length or 0, 1)) for page in before]
    new = [math.log(max(page.length or 0, 1)) for page in lately]
    change = median(new) - median(old)
    spread = max(_MAD_TO_SIGMA * median(abs(value - median(old)) for value in old), _LEAST_SPREAD)
    error = _MEDIAN_TO_MEAN * spread * math.sqrt(1 / len(old) + 1 / len(new))
    if abs(change) < math.log(_LEAST_FACTOR) or abs(change) < _LEAST_SIGMAS * error:
        return
    was, now = (round(math.exp(median(values))) for values in (old, new))
    sentence = f"texts of {now:,} characters in {len(new)} articles (median), {was:,} in {len(old)} before"
    example = min(lately, key=lambda page: abs((page.length or 0) - now)).url
    yield Drift(lately[0].domain, DriftMeasure.LENGTH, was, now, len(old), len(new), example, sentence)
