"""Fit the weights of rivals beside a pair, and measure matching when known records are missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from offing.match.verdicts.scoring import ScoredPair, coverage, leads_over_rivals
from training.matching.worlds import PARTS, SEED, World
from training.metrics import note

FLOOR = -2.0
HELD_OUT = f"{PARTS} parts of the countries"


@dataclass(frozen=True)
class Setting:
    """A world with some known records and new rows removed."""

    name: str
    keep: np.ndarray  # pairs that remain, (n_pairs,)
    present: np.ndarray  # projects whose new row remains, (n_projects,)
    removed: np.ndarray  # projects whose known record was removed, (n_projects,)


def settings_of(each: World, projects: int) -> list[Setting]:
    """Return the settings in which a world is evaluated.

    Nothing removed; a tenth of the known records removed; half of them removed; and only a tenth of the new rows, with
    two fifths of the known records removed.
    """
    rng = np.random.default_rng(SEED)
    places, everyone = np.arange(projects), np.ones(projects, bool)
    cases = [("all", everyone, np.zeros(projects, bool))]
    cases += [("a tenth unknown", everyone, places % 10 == start) for start in (0, 3, 6, 9)]
    cases += [("half unknown", everyone, rng.random(projects) < 0.5) for _ in range(2)]
    cases += [("few new rows", places % 10 == start, rng.random(projects) < 0.4) for start in range(10)]
    found = []
    for name, present, removed in cases:
        record_removed = np.zeros(each.size, bool)
        record_removed[:projects] = removed
        found.append(Setting(name, present[each.new] & ~record_removed[each.known], present, removed))
    return found


def beside_rivals(each: World, log_odds: np.ndarray, setting: Setting) -> tuple[np.ndarray, float]:
    """Return the rival features of the remaining pairs, and the coverage.

    Args:
        each: the world.
        log_odds: log-odds of each pair by its own features, shape `(n_pairs,)`.
        setting: which pairs remain.

    Returns:
        Features, shape `(n_kept, 6)`: the leads over rivals in the row and column and a constant 1, weighted for `few`
        (1 − coverage) and then for `lists` (coverage); and the coverage of the known records by the new rows.
    """
    places = np.flatnonzero(setting.keep)
    pairs = [ScoredPair(int(each.new[i]), int(each.known[i]), float(log_odds[i])) for i in places]
    covered = coverage(pairs, each.size - int(setting.removed.sum()))
    table = np.hstack([np.array(leads_over_rivals(pairs, FLOOR, repeats=False)), np.ones((len(pairs), 1))])
    return np.hstack([table * (1 - covered), table * covered]), covered


def fit_rivals(table: np.ndarray, gold: np.ndarray) -> np.ndarray:
    """Fit the six weights of `few` and `lists` by logistic regression with an L2 penalty, in Newton steps."""
    weights = np.zeros(table.shape[1])
    for _ in range(50):
        probability = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        gradient = table.T @ (probability - gold) + weights
        hessian = (table * (probability * (1 - probability))[:, None]).T @ table + np.eye(len(weights))
        weights -= np.linalg.solve(hessian, gradient)
    return weights


def report(worlds: Sequence[World], log_odds: Sequence[np.ndarray], parts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Print cross-validated figures, and return the weights `few` and `lists` fitted on everything.

    Args:
        worlds: the worlds to evaluate.
        log_odds: for each world, held-out log-odds of each pair by its own features, shape `(n_pairs,)`.
        parts: fold of each project, shape `(n_projects,)`.
    """
    cases = [
        (each, setting, *beside_rivals(each, values, setting))
        for each, values in zip(worlds, log_odds, strict=True)
        for setting in settings_of(each, len(parts))
    ]
    held_out = [np.zeros(int(setting.keep.sum())) for _, setting, _, _ in cases]
    for part in range(PARTS):
        weights = fit_rivals(*_pooled(cases, parts != part))
        for (each, setting, table, _), values in zip(cases, held_out, strict=True):
            in_fold = parts[each.new[setting.keep]] == part
            values[in_fold] = table[in_fold] @ weights
    for each in worlds:
        for name in dict.fromkeys(setting.name for _, setting, _, _ in cases):
            chosen = [
                (*case, values)
                for case, values in zip(cases, held_out, strict=True)
                if case[0] is each and case[1].name == name
            ]
            _print_setting(each, name, chosen)
    final = fit_rivals(*_pooled(cases, np.ones(len(parts), bool)))
    return final[:3], final[3:]


def _pooled(cases: Sequence[tuple[Any, ...]], chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    tables, golds = [], []
    for each, setting, table, _ in cases:
        if setting.name != "all":
            in_fold = chosen[each.new[setting.keep]]
            tables.append(table[in_fold])
            golds.append(each.gold[setting.keep][in_fold])
    return np.vstack(tables), np.concatenate(golds).astype(float)


def _print_setting(each: World, name: str, chosen: Sequence[tuple[Any, ...]]) -> None:
    """Print a line on one setting of a world.

    With all records present: how often the gold record ranks first and among the first three. With some removed: at
    each threshold, how often a new project is correctly called new, and how often a known one is.
    """
    if name == "all":
        _, setting, _, covered, values = chosen[0]
        first, three = ranked(each.new[setting.keep], each.gold[setting.keep], values)
        blocked = each.gold.sum() / len(setting.present)
        figures = {"examples": len(setting.present), "blocking": blocked, "first": first, "among three": three}
        note(
            **{each.name: {name: round(float(figure), 4) for name, figure in figures.items()} | {"left_out": HELD_OUT}}
        )
        print(
            f"{each.name:24} blocking {blocked:.4f}  first {first:.4f}  among three {three:.4f}  coverage {covered:.2f}"
        )
        return
    best_of_new, best_of_known = [], []
    for _, setting, _, _, values in chosen:
        best = np.full(len(setting.present), -99.0)
        np.maximum.at(best, each.new[setting.keep], values)
        best_of_new.append(best[setting.present & setting.removed])
        best_of_known.append(best[setting.present & ~setting.removed])
    new, known = np.concatenate(best_of_new), np.concatenate(best_of_known)
    cuts = "  ".join(f"{cut:+.2f}: {(new < cut).mean():.3f}/{(known < cut).mean():.3f}" for cut in (-0.8, -0.4, 0, 0.4))
    print(f"{each.name:24} {name:16} called new, of new/known projects, below log-odds  {cuts}")


def ranked(rows_: np.ndarray, gold: np.ndarray, values: np.ndarray) -> tuple[float, float]:
    """Return how often the gold pair of a row ranks first, and among the first three."""
    order = np.lexsort((-values, rows_))
    starts = np.flatnonzero(np.r_[True, rows_[order][1:] != rows_[order][:-1]])
    place = np.arange(len(order)) - np.repeat(starts, np.diff(np.r_[starts, len(order)]))
    found = place[gold[order]]
    total = len(np.unique(rows_))
    return float((found == 0).sum() / total), float((found < 3).sum() / total)
