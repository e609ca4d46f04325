"""Fit the weights of the features of a pair, constrained to their expected signs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from offing.model.pairs.matching import AGAINST, FEATURES
from training.matching.worlds import PARTS, World, stacked

# The first pair of each group, the group of each pair, and whether a pair is in a group that has a gold match.
Shape = tuple[np.ndarray, np.ndarray, np.ndarray]
L2 = 1.0  # penalty on squared weights
POINTWISE = 0.5  # weight of the pointwise loss relative to the ranking loss


def fit_pairs(table: np.ndarray, groups: np.ndarray, gold: np.ndarray) -> np.ndarray:
    """Fit the weights by projected Newton steps that keep the sign of each.

    Minimises the negative log-likelihood of the gold pair within its group (a conditional logit) plus `POINTWISE` times
    the binary cross-entropy of each pair, which sets the level of the log-odds.

    Args:
        table: features, shape `(n_pairs, n_features)`.
        groups: group of each pair, shape `(n_pairs,)`; pairs of a group are adjacent.
        gold: 1.0 for a gold match, else 0.0, shape `(n_pairs,)`.

    Returns:
        Weights, shape `(n_features + 1,)`; the last is the bias.
    """
    full = np.hstack([table, np.ones((len(table), 1))])
    starts = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]])
    member = np.repeat(np.arange(len(starts)), np.diff(np.r_[starts, len(groups)]))
    has_gold = (np.add.reduceat(gold, starts) > 0)[member]
    sign = np.array([-1.0 if name in AGAINST else 1.0 for name in FEATURES] + [0.0])
    weights = np.zeros(full.shape[1])
    for _ in range(60):
        gradient, hessian = _gradient_and_hessian(full, weights, (starts, member, has_gold), gold)
        at_bound = (sign * weights <= 0) & (sign * gradient > 0)
        free = ~at_bound
        step = np.zeros_like(weights)
        step[free] = np.linalg.solve(hessian[np.ix_(free, free)], gradient[free])
        moved = _descend(full, weights, step, sign, (starts, member, has_gold), gold)
        if np.abs(moved - weights).max() < 1e-6:
            break
        weights = moved
    return weights


def _loss(full: np.ndarray, weights: np.ndarray, shape: Shape, gold: np.ndarray) -> float:
    starts, member, has_gold = shape
    log_odds = full @ weights
    top = np.maximum.reduceat(log_odds, starts)[member]
    log_sum = np.log(np.add.reduceat(np.exp(log_odds - top), starts))[member] + top
    ranking = ((log_sum - log_odds) * gold * has_gold).sum()
    pointwise = (np.logaddexp(0, log_odds) - gold * log_odds).sum()
    return float(ranking + POINTWISE * pointwise + L2 * (weights[:-1] ** 2).sum() / 2)


def _gradient_and_hessian(
    full: np.ndarray, weights: np.ndarray, shape: Shape, gold: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    starts, member, has_gold = shape
    log_odds = full @ weights
    exponentials = np.exp(log_odds - np.maximum.reduceat(log_odds, starts)[member])
    softmax = exponentials / np.add.reduceat(exponentials, starts)[member] * has_gold
    probability = 1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))
    penalty = np.full(len(weights), L2)
    penalty[-1] = 1e-6
    gradient = full.T @ (softmax - gold * has_gold + POINTWISE * (probability - gold))
    gradient += penalty * weights * (penalty >= L2)
    means = np.add.reduceat(full * softmax[:, None], starts)
    variance = softmax + POINTWISE * probability * (1 - probability)
    hessian = full.T @ (full * variance[:, None]) - means.T @ means + np.diag(penalty)
    return gradient, hessian


def _descend(
    full: np.ndarray, weights: np.ndarray, step: np.ndarray, sign: np.ndarray, shape: Shape, gold: np.ndarray
) -> np.ndarray:
    """Return the weights after the longest step, halved at most 19 times, that lowers the loss."""
    before = _loss(full, weights, shape, gold)
    for halving in range(20):
        moved = weights - step / 2**halving
        moved = np.where(sign * moved < 0, 0.0, moved)
        if _loss(full, moved, shape, gold) < before:
            return moved
    return weights


def cross_validated(worlds: Sequence[World], parts: np.ndarray) -> list[np.ndarray]:
    """Return the log-odds of each pair from weights fitted without its fold of countries.

    Args:
        worlds: the worlds to score.
        parts: fold of each project, shape `(n_projects,)`.

    Returns:
        An array of shape `(n_pairs,)` for each world.
    """
    log_odds = [np.zeros(len(each.new)) for each in worlds]
    for part in range(PARTS):
        weights = fit_pairs(*stacked(worlds, parts != part))
        for each, world_log_odds in zip(worlds, log_odds, strict=True):
            held_out = parts[each.new] == part
            world_log_odds[held_out] = each.table[held_out] @ weights[:-1] + weights[-1]
    return log_odds
