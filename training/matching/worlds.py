"""Matching set-ups built from projects that were written up twice: known records, new rows and gold pairs."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from offing.match import pairs_of, profiles
from offing.model.pairs.matching import FEATURES, Account
from offing.services.comparison.match import load_drawer
from offing.services.comparison.row_fields import RowFields

PARTS, SEED = 5, 0
COLUMN = {name: i for i, name in enumerate(FEATURES)}


@dataclass(frozen=True)
class World:
    """The blocked pairs of one set-up: `new[i]` and `known[i]` are the row and the known record of pair `i`."""

    name: str
    new: np.ndarray  # (n_pairs,)
    known: np.ndarray  # (n_pairs,)
    table: np.ndarray  # features, (n_pairs, n_features)
    gold: np.ndarray  # whether a pair describes one project, (n_pairs,)
    size: int  # number of known records


def worlds_of(pairs_path: Path, records_path: Path) -> tuple[list[World], np.ndarray]:
    """Return the three worlds and the cross-validation fold of each project, shape `(n_projects,)`."""
    pairs = list(rows(pairs_path))
    drawer = load_drawer(None)

    def account(title: str, text: str) -> Account:
        return drawer.draw(RowFields(0, "", title or "", text or ""))

    early = [account(row["v1_title"], row["v1_description"]) for row in pairs]
    late = [account(row["v3_title"], row["v3_description"]) for row in pairs]
    ids = {row["id"] for row in pairs}
    neighbours = [account(row["title"], row["description"]) for row in rows(records_path) if row["id"] not in ids]
    worlds = [
        world("later known", late, early),
        world("earlier known", early, late),
        world("later known among all", [*late, *neighbours], early),
    ]
    return worlds, parts_of(early)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a gzipped JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def world(name: str, known: Sequence[Account], new: Sequence[Account]) -> World:
    """Return the world of two lists in which row `i` of `new` describes the same project as row `i` of `known`."""
    found = list(pairs_of(*profiles(known, new)))
    table = np.zeros((len(found), len(FEATURES)))
    for i, (_, _, features) in enumerate(found):
        for feature, strength in features.items():
            table[i, COLUMN[feature]] = strength
    places = np.array([(row, record) for row, record, _ in found])
    return World(name, places[:, 0], places[:, 1], table, places[:, 0] == places[:, 1], len(known))


def parts_of(accounts: Sequence[Account]) -> np.ndarray:
    """Return the fold of each project, shape `(n_projects,)`; projects of one country share a fold."""
    countries = [max(a.countries, key=lambda c: (a.countries[c], c)) if a.countries else "" for a in accounts]
    names = sorted(set(countries))
    order = np.random.default_rng(SEED).permutation(len(names))
    part = {name: int(place) % PARTS for name, place in zip(names, order, strict=True)}
    return np.array([part[country] for country in countries])


def stacked(worlds: Sequence[World], chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the features, groups and gold labels of the chosen projects' pairs in all worlds.

    Args:
        worlds: the worlds to stack.
        chosen: which projects to include, shape `(n_projects,)`.
    """
    tables, groups, golds = [], [], []
    for number, each in enumerate(worlds):
        mine = chosen[each.new]
        tables.append(each.table[mine])
        groups.append(each.new[mine] + number * len(chosen))
        golds.append(each.gold[mine])
    return np.vstack(tables), np.concatenate(groups), np.concatenate(golds).astype(float)
