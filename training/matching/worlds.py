"""Worlds of projects that were written up twice: which are known, which are new, and which tell of one project."""

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


def worlds_of(pairs_path: Path, records_path: Path) -> tuple[list[World], np.ndarray]:
    """Return the three worlds, and the part of each project."""
    pairs = list(rows(pairs_path))
    drawer = load_drawer(None)

    def draw(title: str, text: str) -> Account:
        return drawer.draw(RowFields(0, "", title or "", text or ""))

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


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a packed JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def world(name: str, known: Sequence[Account], new: Sequence[Account]) -> World:
    """Return the pairs of two lists whose first rows tell of the same projects in the same order."""
    found = list(pairs_of(*profiles(known, new)))
    table = np.zeros((len(found), len(FEATURES)))
    for i, (_, _, features) in enumerate(found):
        for feature, strength in features.items():
            table[i, PLACE[feature]] = strength
    places = np.array([(row, record) for row, record, _ in found])
    return World(name, places[:, 0], places[:, 1], table, places[:, 0] == places[:, 1], len(known))


def parts_of(accounts: Sequence[Account]) -> np.ndarray:
    """Return the part of each project, whole countries together."""
    countries = [max(a.countries, key=lambda c: (a.countries[c], c)) if a.countries else "" for a in accounts]
    names = sorted(set(countries))
    order = np.random.default_rng(SEED).permutation(len(names))
    part = {name: int(place) % PARTS for name, place in zip(names, order, strict=True)}
    return np.array([part[country] for country in countries])


def stacked(worlds: Sequence[World], chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return features, groups and rightness of the pairs of the chosen projects in all worlds."""
    tables, groups, rights = [], [], []
    for number, each in enumerate(worlds):
        mine = chosen[each.new]
        tables.append(each.table[mine])
        groups.append(each.new[mine] + number * len(chosen))
        rights.append(each.right[mine])
    return np.vstack(tables), np.concatenate(groups), np.concatenate(rights).astype(float)
