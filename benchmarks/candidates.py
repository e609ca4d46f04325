"""Measure English candidates per second on one core, and peak memory, with the encoder and without.

    python benchmarks/candidates.py

Includes recognition, proposal and the gist of each text; CPU time, best of three rounds, each configuration in its own
process. The texts are the articles of `tests/eval/dev_score4` to `dev_score7` that report projects.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from unittest import mock

SETS = sorted((Path(__file__).parents[1] / "tests/eval").glob("dev_score[4-7].jsonl"))
ROUNDS = 3


def measure(*, encoder_is_there: bool) -> tuple[float, float]:
    """Return candidates per second, and the peak memory of the process in MB."""
    from offing.propose import encoder
    from offing.services.analysis.analyse import article_of
    from offing.services.analysis.analyst import load_analyst

    analyst = load_analyst(None)
    if not encoder_is_there:
        analyst = replace(analyst, scoring=replace(analyst.scoring, tuned=None, meaning=None))
    rows = [json.loads(line) for file in SETS for line in file.read_text("utf-8").splitlines()]
    articles = [
        article_of(row, number, analyst.country_of)
        for number, row in enumerate(rows)
        if row["lang"] == "en" and row["relevant"]
    ]
    with mock.patch.object(encoder, "is_there", return_value=encoder_is_there):
        rates = [_round(analyst, articles) for _ in range(ROUNDS + 1)]
    return max(rates[1:]), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _round(analyst, articles) -> float:
    from offing.propose.encoder import forget

    forget()
    began = time.process_time()
    found = sum(len(analyst.study(article).proposals) for article in articles)
    return found / (time.process_time() - began)


def main() -> None:
    """Print both configurations, or measure one in this process."""
    if len(sys.argv) > 1:
        print(json.dumps(measure(encoder_is_there=sys.argv[1] == "with")))
        return
    for way in ("with", "without"):
        done = subprocess.run([sys.executable, __file__, way], capture_output=True, text=True, check=True)
        rate, megabytes = json.loads(done.stdout)
        print(f"{way} the encoder: {rate:.1f} candidates per second, {megabytes:.0f} MB")


if __name__ == "__main__":
    main()
