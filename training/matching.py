"""Fits the weights of `config/matching.toml` to projects that were written up twice, and says how they do.

    python training/matching.py --pairs PAIRS.jsonl.gz --records RECORDS.jsonl.gz             cross-validate
    python training/matching.py --pairs … --records … --write                                 and write the weights

PAIRS holds one project a row: id, v1_title, v1_description, v3_title, v3_description. RECORDS holds neighbours: id,
title, description. Three worlds are made of them: the later accounts known and the earlier new, the other way round,
and the later ones known among all neighbours. Weights of features keep the sign of their sense. Parts are whole
countries: what is reported of a row was fitted without its country. Deterministic.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from offing.match import pairs_of, sketches
from offing.match.weigh import Pair, coverage, stands
from offing.model.matching import AGAINST, FEATURES, Account
from offing.steps.given import Given
from offing.steps.match import load_drawer

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "config/matching.toml"
PARTS, SEED = 5, 0
FIRM = 1.0  # how firmly weights are held at nought
ALONE = 0.5  # how much judging pairs one by one counts beside ranking those of a row
FLOOR = -2.0
PLACE = {name: i for i, name in enumerate(FEATURES)}


@dataclass(frozen=True)
class World:
    """Pairs of one set-up: rows, known records, features, and which pairs tell of one project."""

    name: str
    new: np.ndarray
    known: np.ndarray
    table: np.ndarray
    right: np.ndarray
    size: int


@dataclass(frozen=True)
class Setting:
    """A world of which some known records and new rows were taken out."""

    name: str
    keep: np.ndarray
    asked: np.ndarray  # rows that stand in it
    gone: np.ndarray  # projects whose known record does not


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


# ---------------------------------------------------------------- data


def worlds_of(pairs_path: Path, records_path: Path) -> tuple[list[World], np.ndarray]:
    """The three worlds, and the part of each project."""
    pairs = list(rows(pairs_path))
    drawer = load_drawer(None)

    def draw(title: str, text: str) -> Account:
        return drawer.draw(Given(0, "", title or "", text or ""))

    early = [draw(row["v1_title"], row["v1_description"]) for row in pairs]
    late = [draw(row["v3_title"], row["v3_description"]) for row in pairs]
    ids = {row["id"] for row in pairs}
    others = [draw(row["title"], row["description"]) for row in rows(records_path) if row["id"] not in ids]
    worlds = [
        world("later known", late, early),
        world("earlier known", early, late),
        world("later known among all", [*late, *others], early),
    ]
    return worlds, parts_of(early)


def rows(path: Path) -> Iterator[dict]:
    """The rows of a packed JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def world(name: str, known: Sequence[Account], new: Sequence[Account]) -> World:
    """The pairs of two lists whose first rows tell of the same projects in the same order."""
    found = list(pairs_of(*sketches(known, new)))
    table = np.zeros((len(found), len(FEATURES)))
    for i, (_, _, features) in enumerate(found):
        for feature, strength in features.items():
            table[i, PLACE[feature]] = strength
    places = np.array([(row, record) for row, record, _ in found])
    return World(name, places[:, 0], places[:, 1], table, places[:, 0] == places[:, 1], len(known))


def parts_of(accounts: Sequence[Account]) -> np.ndarray:
    """The part of each project, whole countries together."""
    countries = [max(a.countries, key=lambda c: (a.countries[c], c)) if a.countries else "" for a in accounts]
    names = sorted(set(countries))
    order = np.random.default_rng(SEED).permutation(len(names))
    part = {name: int(place) % PARTS for name, place in zip(names, order, strict=True)}
    return np.array([part[country] for country in countries])


def stacked(worlds: Sequence[World], chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features, groups and rightness of the pairs of the chosen projects in all worlds."""
    tables, groups, rights = [], [], []
    for number, each in enumerate(worlds):
        mine = chosen[each.new]
        tables.append(each.table[mine])
        groups.append(each.new[mine] + number * len(chosen))
        rights.append(each.right[mine])
    return np.vstack(tables), np.concatenate(groups), np.concatenate(rights).astype(float)


# ---------------------------------------------------------------- the weights of the features


def fit_pairs(table: np.ndarray, groups: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Weights of the features and, last, the bias: by projected Newton steps, each sign kept.

    What is made small: the surprise at which pair of a row is the right one, and with a smaller part at each pair by
    itself, which gives the sum its level.
    """
    full = np.hstack([table, np.ones((len(table), 1))])
    starts = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]])
    member = np.repeat(np.arange(len(starts)), np.diff(np.r_[starts, len(groups)]))
    counted = (np.add.reduceat(right, starts) > 0)[member]
    signs = np.array([-1.0 if name in AGAINST else 1.0 for name in FEATURES] + [0.0])
    weights = np.zeros(full.shape[1])
    for _ in range(60):
        slope, curve = _slope_and_curve(full, weights, (starts, member, counted), right)
        stuck = (signs * weights <= 0) & (signs * slope > 0)
        free = ~stuck
        step = np.zeros_like(weights)
        step[free] = np.linalg.solve(curve[np.ix_(free, free)], slope[free])
        moved = _descend(full, weights, step, signs, (starts, member, counted), right)
        if np.abs(moved - weights).max() < 1e-6:
            break
        weights = moved
    return weights


def _loss(full: np.ndarray, weights: np.ndarray, shape: tuple, right: np.ndarray) -> float:
    starts, member, counted = shape
    sums = full @ weights
    top = np.maximum.reduceat(sums, starts)[member]
    total = np.log(np.add.reduceat(np.exp(sums - top), starts))[member] + top
    ranking = ((total - sums) * right * counted).sum()
    alone = (np.logaddexp(0, sums) - right * sums).sum()
    return float(ranking + ALONE * alone + FIRM * (weights[:-1] ** 2).sum() / 2)


def _slope_and_curve(full: np.ndarray, weights: np.ndarray, shape: tuple, right: np.ndarray) -> tuple:
    starts, member, counted = shape
    sums = full @ weights
    powers = np.exp(sums - np.maximum.reduceat(sums, starts)[member])
    share = powers / np.add.reduceat(powers, starts)[member] * counted
    chance = 1 / (1 + np.exp(-np.clip(sums, -30, 30)))
    held = np.full(len(weights), FIRM)
    held[-1] = 1e-6
    slope = full.T @ (share - right * counted + ALONE * (chance - right)) + held * weights * (held >= FIRM)
    means = np.add.reduceat(full * share[:, None], starts)
    curve = full.T @ (full * (share + ALONE * chance * (1 - chance))[:, None]) - means.T @ means + np.diag(held)
    return slope, curve


def _descend(
    full: np.ndarray, weights: np.ndarray, step: np.ndarray, signs: np.ndarray, shape: tuple, right: np.ndarray
) -> np.ndarray:
    """The weights after the longest of some halved steps that makes the loss smaller."""
    before = _loss(full, weights, shape, right)
    for halving in range(20):
        moved = weights - step / 2**halving
        moved = np.where(signs * moved < 0, 0.0, moved)
        if _loss(full, moved, shape, right) < before:
            return moved
    return weights


def cross_validated(worlds: Sequence[World], parts: np.ndarray) -> list[np.ndarray]:
    """The odds of each pair alone, by weights that were fitted without its country."""
    found = [np.zeros(len(each.new)) for each in worlds]
    for part in range(PARTS):
        weights = fit_pairs(*stacked(worlds, parts != part))
        for each, values in zip(worlds, found, strict=True):
            mine = parts[each.new] == part
            values[mine] = each.table[mine] @ weights[:-1] + weights[-1]
    return found


# ---------------------------------------------------------------- rivals


def settings_of(each: World, projects: int) -> list[Setting]:
    """The set-ups in which a world is judged: nothing taken out; a tenth of the known; half; and few new rows."""
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
    """Row, column and 1 for each pair that was kept, for `few` and then for `lists`; and the coverage."""
    places = np.flatnonzero(setting.keep)
    pairs = [Pair(int(each.new[i]), int(each.known[i]), float(alone[i])) for i in places]
    covered = coverage(pairs, each.size - int(setting.gone.sum()))
    table = np.hstack([np.array(stands(pairs, FLOOR, repeats=False)), np.ones((len(pairs), 1))])
    return np.hstack([table * (1 - covered), table * covered]), covered


def fit_rivals(table: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The six numbers of `few` and `lists`, by Newton steps."""
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
            _tell(each, name, chosen)
    final = fit_rivals(*_pooled(cases, np.ones(len(parts), bool)))
    return final[:3], final[3:]


def _pooled(cases: Sequence[tuple], chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    tables, rights = [], []
    for each, setting, table, _ in cases:
        if setting.name != "all":
            mine = chosen[each.new[setting.keep]]
            tables.append(table[mine])
            rights.append(each.right[setting.keep][mine])
    return np.vstack(tables), np.concatenate(rights).astype(float)


def _tell(each: World, name: str, chosen: Sequence[tuple]) -> None:
    """One line: how often the right one is first and among three, or how often new is said rightly and wrongly."""
    if name == "all":
        _, setting, _, covered, values = chosen[0]
        first, three = ranked(each.new[setting.keep], each.right[setting.keep], values)
        blocked = each.right.sum() / len(setting.asked)
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
    """How often the right one is first, and among the first three."""
    order = np.lexsort((-values, rows_))
    starts = np.flatnonzero(np.r_[True, rows_[order][1:] != rows_[order][:-1]])
    place = np.arange(len(order)) - np.repeat(starts, np.diff(np.r_[starts, len(order)]))
    found = place[right[order]]
    total = len(np.unique(rows_))
    return float((found == 0).sum() / total), float((found < 3).sum() / total)


# ---------------------------------------------------------------- the file


def write(weights: np.ndarray, few: np.ndarray, lists: np.ndarray) -> None:
    """Put the numbers into the file; its comments and cuts stay."""
    text = TARGET.read_text(encoding="utf-8")
    for name, value in zip(FEATURES, weights[:-1], strict=True):
        text = _put(text, "weights", name, value)
    text = _put(_put(text, "pair", "bias", weights[-1]), "pair", "floor", FLOOR)
    for table, values in (("few", few), ("lists", lists)):
        for name, value in zip(("row", "column", "bias"), values, strict=True):
            text = _put(text, table, name, value)
    TARGET.write_text(text, encoding="utf-8")


def _put(text: str, table: str, name: str, value: float) -> str:
    pattern = rf"(^\[{table}\]\n(?:(?!\[).*\n)*?{re.escape(name)} *= *)[-+\d.]+"
    found, times = re.subn(
        pattern, lambda match: f"{match[1]}{round(float(value), 2) + 0.0}", text, count=1, flags=re.MULTILINE
    )
    if not times:
        raise SystemExit(f"{TARGET.name} has no {table}.{name}")
    return found


if __name__ == "__main__":
    main()
