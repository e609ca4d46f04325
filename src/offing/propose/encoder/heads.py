"""What a tuned encoder's states say, by the numbers that `training/reader` learned: small products of NumPy."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from offing.model.floats import Floats

NOBODY, OWN, ANOTHER, UNPARTED = range(4)  # whose a sentence is, as seen from a project
_TINY = 1e-5  # of the norm
_ERF = np.vectorize(math.erf, otypes=[np.float32])
Numbers = NDArray[np.intp]


@dataclass(frozen=True)
class Heads:
    """All heads by the names of their arrays, as PyTorch named them."""

    arrays: Mapping[str, Floats]
    fields: Mapping[str, Sequence[str]]  # for each group of looks its fields in order

    def tags(self, states: Floats, count: int) -> Floats:
        """For each piece and tag how likely it is outside, the first, or inside of a span."""
        return shares(self._linear("tags", states).reshape(len(states), count, -1))

    def turns(self, sentences: Floats) -> Floats:
        """For each sentence how likely it is of no project, of one not met before, or of one that was."""
        before = np.concatenate([np.zeros_like(sentences[:1]), sentences[:-1]])
        return shares(self._two("turns", np.concatenate([sentences, before], axis=1)))

    def alike(self, sentences: Floats) -> Floats:
        """How likely two sentences are of one project, for each pair."""
        found = self._linear("alike", sentences)
        odds = found @ found.T / math.sqrt(found.shape[1]) + self.arrays["alike_bias"]
        likely: Floats = 1 / (1 + np.exp(-odds))
        return likely

    def document(self, states: Floats) -> dict[str, Floats]:
        """The log-odds of what is said of a text as a whole."""
        return self._looks("document", states)

    def project(self, states: Floats, members: Numbers) -> dict[str, Floats]:
        """The log-odds of the values of a project's fields; `members` tells of each piece whose it is."""
        own = states + self.arrays["member.weight"][members]
        own = (own - own.mean(axis=1, keepdims=True)) / np.sqrt(own.var(axis=1, keepdims=True) + _TINY)
        return self._looks("project", own * self.arrays["own.weight"] + self.arrays["own.bias"])

    def told(self, name: str, states: Floats, spans: Sequence[tuple[int, int]]) -> Floats:
        """How likely each role of firms, or kind of sums, is; spans go from their first piece to their last."""
        edges = np.array(spans, np.intp).reshape(-1, 2)
        return shares(self._two(name, np.concatenate([states[edges[:, 0]], states[edges[:, 1]]], axis=1)))

    def _looks(self, group: str, states: Floats) -> dict[str, Floats]:
        questions = self.arrays[f"{group}.questions"]
        flat = questions.reshape(-1, questions.shape[2])
        asked = shares(flat @ self._linear(f"{group}.key", states).T)
        seen = (asked @ states).reshape(len(questions), -1)
        return {name: self._linear(f"{group}.values.{name}", seen[row]) for row, name in enumerate(self.fields[group])}

    def _two(self, name: str, rows: Floats) -> Floats:
        return self._linear(f"{name}.2", gelu(self._linear(f"{name}.0", rows)))

    def _linear(self, name: str, rows: Floats) -> Floats:
        found: Floats = rows @ self.arrays[f"{name}.weight"].T + self.arrays[f"{name}.bias"]
        return found


def shares(odds: Floats) -> Floats:
    """Log-odds as shares of 1, along the last axis."""
    raised = np.exp(odds - odds.max(axis=-1, keepdims=True))
    found: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return found


def gelu(rows: Floats) -> Floats:
    """The Gaussian error linear unit."""
    found: Floats = rows * (1 + _ERF(rows / math.sqrt(2))) / 2 if rows.size else rows
    return found
