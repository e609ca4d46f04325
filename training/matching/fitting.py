"""Fits the weights of the features of a pair, each with the sign of its sense."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from offing.model.pairs.matching import AGAINST, FEATURES
from training.matching.worlds import PARTS, World, stacked

Shape = tuple[np.ndarray, np.ndarray, np.ndarray]  # where groups start, which group a pair is of, which count
FIRM = 1.0  # how firmly weights are held at nought
ALONE = 0.5  # how much judging pairs one by one counts beside ranking those of a row


def fit_pairs(table: np.ndarray, groups: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return weights of the features and, last, the bias: by projected Newton steps, each sign kept.

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


def _loss(full: np.ndarray, weights: np.ndarray, shape: Shape, right: np.ndarray) -> float:
    starts, member, counted = shape
    sums = full @ weights
    top = np.maximum.reduceat(sums, starts)[member]
    total = np.log(np.add.reduceat(np.exp(sums - top), starts))[member] + top
    ranking = ((total - sums) * right * counted).sum()
    alone = (np.logaddexp(0, sums) - right * sums).sum()
    return float(ranking + ALONE * alone + FIRM * (weights[:-1] ** 2).sum() / 2)


def _slope_and_curve(
    full: np.ndarray, weights: np.ndarray, shape: Shape, right: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
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
    full: np.ndarray, weights: np.ndarray, step: np.ndarray, signs: np.ndarray, shape: Shape, right: np.ndarray
) -> np.ndarray:
    """Return the weights after the longest of some halved steps that makes the loss smaller."""
    before = _loss(full, weights, shape, right)
    for halving in range(20):
        moved = weights - step / 2**halving
        moved = np.where(signs * moved < 0, 0.0, moved)
        if _loss(full, moved, shape, right) < before:
            return moved
    return weights


def cross_validated(worlds: Sequence[World], parts: np.ndarray) -> list[np.ndarray]:
    """Return the odds of each pair alone, by weights that were fitted without its country."""
    found = [np.zeros(len(each.new)) for each in worlds]
    for part in range(PARTS):
        weights = fit_pairs(*stacked(worlds, parts != part))
        for each, values in zip(worlds, found, strict=True):
            mine = parts[each.new] == part
            values[mine] = each.table[mine] @ weights[:-1] + weights[-1]
    return found
