"""How much a better rival beside a pair counts, and what the figures are where some of the known is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from offing.match.verdicts.scoring import ScoredPair, coverage, leads_over_rivals
from training.matching.worlds import PARTS, SEED, World
from training.metrics import note

FLOOR = -2.0
LEFT_OUT = f"{PARTS} parts of the countries"


@dataclass(frozen=True)
class Setting:
    """A world of which some known records and new rows were taken out."""

    name: str
    keep: np.ndarray
    asked: np.ndarray  # rows that stand in it
    gone: np.ndarray  # projects whose known record does not


def settings_of(each: World, projects: int) -> list[Setting]:
    """Return the set-ups in which a world is judged: nothing taken out; a tenth of the known; half.

    And few new rows.
    """
    rng = np.random.default_rng(SEED)
    places, everyone = np.arange(projects), np.ones(projects, bool)
    cases = [("all", everyone, np.zeros(projects, bool))]
    cases += [("a tenth unknown", everyone, places % 10 == start) for start in (0, 3, 6, 9)]
    cases += [("half unknown", everyone, rng.random(projects) < 0.5) for _ in range(2)]
    cases += [("few new rows", places % 10 == start, rng.random(projects) < 0.4) for start in range(10)]
    found = []
    for name, asked, gone in cases:
        record_gone = np.zeros(each.size, bool)
        record_gone[:projects] = gone
        found.append(Setting(name, asked[each.new] & ~record_gone[each.known], asked, gone))
    return found


def beside_rivals(each: World, alone: np.ndarray, setting: Setting) -> tuple[np.ndarray, float]:
    """Return row, column and 1 for each pair that was kept, for `few` and then for `lists`; and the coverage."""
    places = np.flatnonzero(setting.keep)
    pairs = [ScoredPair(int(each.new[i]), int(each.known[i]), float(alone[i])) for i in places]
    covered = coverage(pairs, each.size - int(setting.gone.sum()))
    table = np.hstack([np.array(leads_over_rivals(pairs, FLOOR, repeats=False)), np.ones((len(pairs), 1))])
    return np.hstack([table * (1 - covered), table * covered]), covered


def fit_rivals(table: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the six numbers of `few` and `lists`, by Newton steps."""
    weights = np.zeros(table.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        slope = table.T @ (chance - right) + weights
        curve = (table * (chance * (1 - chance))[:, None]).T @ table + np.eye(len(weights))
        weights -= np.linalg.solve(curve, slope)
    return weights


def report(worlds: Sequence[World], alone: Sequence[np.ndarray], parts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Print the cross-validated figures; gives `few` and `lists` as fitted on everything."""
    cases = [
        (each, setting, *beside_rivals(each, values, setting))
        for each, values in zip(worlds, alone, strict=True)
        for setting in settings_of(each, len(parts))
    ]
    odds = [np.zeros(int(setting.keep.sum())) for _, setting, _, _ in cases]
    for part in range(PARTS):
        weights = fit_rivals(*_pooled(cases, parts != part))
        for (each, setting, table, _), values in zip(cases, odds, strict=True):
            mine = parts[each.new[setting.keep]] == part
            values[mine] = table[mine] @ weights
    for each in worlds:
        for name in dict.fromkeys(setting.name for _, setting, _, _ in cases):
            chosen = [
                (*case, values)
                for case, values in zip(cases, odds, strict=True)
                if case[0] is each and case[1].name == name
            ]
            _print_setting(each, name, chosen)
    final = fit_rivals(*_pooled(cases, np.ones(len(parts), bool)))
    return final[:3], final[3:]


def _pooled(cases: Sequence[tuple[Any, ...]], chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    tables, rights = [], []
    for each, setting, table, _ in cases:
        if setting.name != "all":
            mine = chosen[each.new[setting.keep]]
            tables.append(table[mine])
            rights.append(each.right[setting.keep][mine])
    return np.vstack(tables), np.concatenate(rights).astype(float)


def _print_setting(each: World, name: str, chosen: Sequence[tuple[Any, ...]]) -> None:
    """One line: how often the right one is first and among three, or how often new is said rightly and wrongly."""
    if name == "all":
        _, setting, _, covered, values = chosen[0]
        first, three = ranked(each.new[setting.keep], each.right[setting.keep], values)
        blocked = each.right.sum() / len(setting.asked)
        figures = {"examples": len(setting.asked), "blocking": blocked, "first": first, "among three": three}
        note(
            **{each.name: {name: round(float(figure), 4) for name, figure in figures.items()} | {"left_out": LEFT_OUT}}
        )
        print(
            f"{each.name:24} blocking {blocked:.4f}  first {first:.4f}  among three {three:.4f}  coverage {covered:.2f}"
        )
        return
    told, missed = [], []
    for _, setting, _, _, values in chosen:
        best = np.full(len(setting.asked), -99.0)
        np.maximum.at(best, each.new[setting.keep], values)
        told.append(best[setting.asked & setting.gone])
        missed.append(best[setting.asked & ~setting.gone])
    news, olds = np.concatenate(told), np.concatenate(missed)
    cuts = "  ".join(f"{cut:+.2f}: {(news < cut).mean():.3f}/{(olds < cut).mean():.3f}" for cut in (-0.8, -0.4, 0, 0.4))
    print(f"{each.name:24} {name:16} new said rightly/wrongly at odds  {cuts}")


def ranked(rows_: np.ndarray, right: np.ndarray, values: np.ndarray) -> tuple[float, float]:
    """Return how often the right one is first, and among the first three."""
    order = np.lexsort((-values, rows_))
    starts = np.flatnonzero(np.r_[True, rows_[order][1:] != rows_[order][:-1]])
    place = np.arange(len(order)) - np.repeat(starts, np.diff(np.r_[starts, len(order)]))
    found = place[right[order]]
    total = len(np.unique(rows_))
    return float((found == 0).sum() / total), float((found < 3).sum() / total)
