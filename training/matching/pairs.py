"""Fits the weights of `config/matching.toml` to projects that were written up twice, and says how they do.

    python -m training.matching.pairs --pairs PAIRS.jsonl.gz --records RECORDS.jsonl.gz             cross-validate
    python -m training.matching.pairs --pairs … --records … --write                                and write the weights

PAIRS holds one project a row: id, v1_title, v1_description, v3_title, v3_description. RECORDS holds neighbours: id,
title, description. Three worlds are made of them: the later accounts known and the earlier new, the other way round,
and the later ones known among all neighbours. Weights of features keep the sign of their sense. Parts are whole
countries: what is reported of a row was fitted without its country. Deterministic.
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
    """Cross-validate, and write where told so."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--records", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    worlds, parts = worlds_of(given.pairs, given.records)
    alone = cross_validated(worlds, parts)
    few, lists = report(worlds, alone, parts)
    if given.write:
        weights = fit_pairs(*stacked(worlds, np.ones(len(parts), bool)))
        write(weights, few, lists)


if __name__ == "__main__":
    main()
