"""The heads on the tuned encoder's states, with the weights that `training/reader` learned: small NumPy products."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from offing.model.values.floats import Floats, shares

NONE, BEGINS, GOES_ON = range(3)  # a sentence belongs to no project, starts a new one, or continues an earlier one
NOBODY, OWN, ANOTHER, UNPARTED = range(4)  # whom a sentence belongs to, from the viewpoint of one project
STATES = 3  # of a piece under a tag: outside, first, inside
_TINY = 1e-5  # epsilon of the layer norm
_ERF = np.vectorize(math.erf, otypes=[np.float32])
Numbers = NDArray[np.intp]


@dataclass(frozen=True)
class Heads:
    """All heads, by the names that PyTorch gave their arrays."""

    arrays: Mapping[str, Floats]
    values: Mapping[str, Sequence[str]]  # labels of each head's columns; of `document` and `project`, their fields

    def tags(self, states: Floats, count: int) -> Floats:
        """The probability that each piece is outside, first in, or inside a span: (pieces, tags, 3)."""
        return shares(self._linear("tags", states).reshape(len(states), count, STATES))

    def boundaries(self, sentences: Floats) -> Floats:
        """The probability that each sentence belongs to no project, starts a new one, or continues an earlier one."""
        before = np.concatenate([np.zeros_like(sentences[:1]), sentences[:-1]])
        return shares(self._two("turns", np.concatenate([sentences, before], axis=1)))

    def document(self, states: Floats) -> dict[str, Floats]:
        """The log-odds of the document-level fields."""
        return self._pooled("document", states)

    def project(self, own: Floats) -> dict[str, Floats]:
        """The log-odds of the values of a project's fields, from states as `own` returns them."""
        return self._pooled("project", own)

    def own(self, states: Floats, members: Numbers) -> Floats:
        """States from the viewpoint of one project; `members` assigns each piece to it, another or none."""
        own = states + self.arrays["member.weight"][members]
        own = (own - own.mean(axis=1, keepdims=True)) / np.sqrt(own.var(axis=1, keepdims=True) + _TINY)
        found: Floats = own * self.arrays["own.weight"] + self.arrays["own.bias"]
        return found

    def contributions(self, field: str, value: int, own: Floats) -> Floats:
        """What each piece adds to the log-odds of a value of a project's field, relative to the mean of all values."""
        row, width = self.values["project"].index(field), own.shape[1]
        weights = self.arrays[f"project.values.{field}.weight"]
        centred = (weights[value] - weights.mean(axis=0)).reshape(-1, width)
        found: Floats = (self._attention("project", own)[row] * product(centred, own.T)).sum(axis=0)
        return found

    def roles(self, name: str, states: Floats, spans: Sequence[tuple[int, int]]) -> Floats:
        """The probability of each role of firms, or kind of sums, for spans given by their first and last piece."""
        edges = np.array(spans, np.intp).reshape(-1, 2)
        return shares(self._two(name, np.concatenate([states[edges[:, 0]], states[edges[:, 1]]], axis=1)))

    def _pooled(self, group: str, states: Floats) -> dict[str, Floats]:
        seen = product(self._attention(group, states), states).reshape(len(self.values[group]), -1)
        return {name: self._linear(f"{group}.values.{name}", seen[row]) for row, name in enumerate(self.values[group])}

    def _attention(self, group: str, states: Floats) -> Floats:
        """The attention of each query of each field: (fields, queries, pieces), each row sums to 1."""
        questions = self.arrays[f"{group}.questions"]
        flat = questions.reshape(-1, questions.shape[2])
        return shares(product(flat, self._linear(f"{group}.key", states).T)).reshape(*questions.shape[:2], -1)

    def _two(self, name: str, rows: Floats) -> Floats:
        return self._linear(f"{name}.2", gelu(self._linear(f"{name}.0", rows)))

    def _linear(self, name: str, rows: Floats) -> Floats:
        found: Floats = product(rows, self.arrays[f"{name}.weight"].T) + self.arrays[f"{name}.bias"]
        return found


def product(left: Floats, right: Floats) -> Floats:
    """The matrix product.

    On some processors OpenBLAS raises the flag of an invalid operation although all numbers are finite
    (https://github.com/numpy/numpy/issues/24067), so the numbers are looked at and not the flag.

    Raises:
        FloatingPointError: a number of the product is infinite or none.
    """
    with np.errstate(invalid="ignore"):
        found: Floats = left @ right
    if not np.isfinite(found).all():
        raise FloatingPointError("the encoder's states or its weights hold numbers that are not finite")
    return found


def gelu(rows: Floats) -> Floats:
    """The Gaussian error linear unit."""
    found: Floats = rows * (1 + _ERF(rows / math.sqrt(2))) / 2 if rows.size else rows
    return found
