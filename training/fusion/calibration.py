"""Measure the calibration of scores on annotated articles that nothing was trained on.

    python -m training.fusion.calibration GOLD.jsonl …                      print the slope and a table
    python -m training.fusion.calibration GOLD.jsonl … --plot FILE.svg      also draw a reliability diagram

The slope is the coefficient of a logistic regression of relevance on the log-odds of an article's best score. It is 1
if eight of ten articles with a score of .8 are relevant, and less than 1 if scores are overconfident. Multiplying all
reason weights and the bias by the slope brings it to 1.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from offing.propose import propose
from offing.services.analysis.analyse import article_of
from offing.services.analysis.analyst import load_analyst

BOUNDS = (0.0, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97, 1.0)
FAINTEST = 1e-4  # scores are clipped to this distance from 0 and 1
SIDE, EDGE = 320, 40  # side of the plot and margin, in pixels


@dataclass(frozen=True, slots=True)
class Band:
    """The articles with a score between two bounds: their number, mean score, and share that is relevant."""

    count: int
    score: float
    relevant: float


def main() -> None:
    """Print the slope and the bands, and draw them if `--plot` is given."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path, nargs="+", help="annotated articles, JSONL")
    parser.add_argument("--plot", type=Path, help="SVG to write")
    given = parser.parse_args()
    scored = [pair for file in given.gold for pair in scores_of(file)]
    bands = list(bands_of(scored))
    print(f"slope {slope(scored):.2f} of {len(scored)} articles")
    print(
        "\n".join(
            f"{band.count:5} articles, mean score {band.score:.2f}, relevant {band.relevant:.2f}" for band in bands
        )
    )
    if given.plot:
        given.plot.write_text(reliability_diagram(bands), encoding="utf-8")


def scores_of(file: Path) -> Iterator[tuple[float, bool]]:
    """Yield the best score of each article, and whether it reports a project."""
    analyst = load_analyst(None)
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        row = json.loads(line)
        article = article_of(row, number, analyst.country_of)
        found = propose(article, analyst.mentions(article), analyst.scoring)
        yield found.score, bool(row["relevant"])


def slope(scored: Sequence[tuple[float, bool]]) -> float:
    """Return the factor by which the log-odds of the scores must be multiplied to be calibrated."""
    clipped = [min(max(score, FAINTEST), 1 - FAINTEST) for score, _ in scored]
    log_odds = np.array([[math.log(score / (1 - score))] for score in clipped])
    model = LogisticRegression(C=1e6).fit(log_odds, [relevant for _, relevant in scored])
    return float(model.coef_[0, 0])


def bands_of(scored: Sequence[tuple[float, bool]]) -> Iterator[Band]:
    """Yield the non-empty bands."""
    for low, high in zip(BOUNDS, (*BOUNDS[1:-1], 2.0), strict=False):
        inside = [(score, relevant) for score, relevant in scored if low <= score < high]
        if inside:
            scores, relevant = zip(*inside, strict=True)
            yield Band(len(inside), sum(scores) / len(inside), sum(relevant) / len(inside))


def reliability_diagram(bands: Sequence[Band]) -> str:
    """Return a reliability diagram as SVG: a dot per band, sized by its number of articles, and the diagonal."""
    size = SIDE + 2 * EDGE
    dots = "".join(
        f'<circle cx="{EDGE + band.score * SIDE:.0f}" cy="{EDGE + (1 - band.relevant) * SIDE:.0f}" '
        f'r="{3 + math.log(band.count):.1f}" fill="#0b5cad" fill-opacity=".7"><title>{band.count} articles</title>'
        "</circle>"
        for band in bands
    )
    marks = "".join(
        f'<text x="{EDGE + mark * SIDE / 5:.0f}" y="{size - EDGE / 2:.0f}" text-anchor="middle">.{2 * mark}</text>'
        f'<text x="{EDGE - 8}" y="{EDGE + SIDE - mark * SIDE / 5 + 4:.0f}" text-anchor="end">.{2 * mark}</text>'
        for mark in range(1, 5)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" font-family="sans-serif" font-size="12">'
        f'<rect width="{size}" height="{size}" fill="#fff"/>'
        f'<path d="M{EDGE} {EDGE}V{EDGE + SIDE}H{EDGE + SIDE}M{EDGE} {EDGE + SIDE}L{EDGE + SIDE} {EDGE}" fill="none" '
        f'stroke="#888"/>{dots}{marks}<text x="{size / 2:.0f}" y="{size - 4}" text-anchor="middle">score</text>'
        f'<text x="14" y="{size / 2:.0f}" text-anchor="middle" transform="rotate(-90 14 {size / 2:.0f})">'
        f"share of projects</text></svg>\n"
    )


if __name__ == "__main__":
    main()
