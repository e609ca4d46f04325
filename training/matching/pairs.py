"""Fit the weights of `config/matching.toml` to projects that AidData wrote up twice, and cross-validate them.

    python -m training.matching.pairs --pairs PAIRS.jsonl.gz --records RECORDS.jsonl.gz     cross-validate
    python -m training.matching.pairs --pairs … --records … --write                         also write the weights

PAIRS has one project per row: id, v1_title, v1_description, v3_title, v3_description. RECORDS has their neighbours: id,
title, description. Weights are fitted on three worlds: later accounts known and earlier ones new, the reverse, and
later accounts known among all neighbours. Weights keep their expected sign. Folds are whole countries, so each row is
scored by weights fitted without its country. The fit is deterministic.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from training.matching.fitting import cross_validated, fit_pairs
from training.matching.rivals import report
from training.matching.table import write
from training.matching.worlds import stacked, worlds_of


def main() -> None:
    """Cross-validate, and write the weights if `--write` is given."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--records", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    worlds, parts = worlds_of(given.pairs, given.records)
    log_odds = cross_validated(worlds, parts)
    few, lists = report(worlds, log_odds, parts)
    if given.write:
        weights = fit_pairs(*stacked(worlds, np.ones(len(parts), bool)))
        write(weights, few, lists)


if __name__ == "__main__":
    main()
