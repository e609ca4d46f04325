"""What a text tells, read from those of its pieces that tell it: attention over what an encoder says of each piece.

A mean of sentences hides the one verb that tells where a project stands. Each look of an attention asks for some kind
of pieces, and sees the mean of the text's pieces weighed by how much they are what it asks for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from offing.model.floats import Floats


@dataclass(frozen=True, slots=True)
class Pieces:
    """What the pieces of a text mean where they stand, a row of length 1 each, and the zone that each stands in."""

    states: Floats
    zones: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Attention:
    """Looks at pieces, and a multinomial logistic over what they see and over the mean of the text's sentences.

    `queries` has a column for each look and `zones` a row for each zone and a column for each look; `seen` has a row
    for each look, a column for each dimension and a layer for each value; `whole` a row for each dimension and a
    column for each value, `bias` a number for each value.
    """

    values: tuple[str, ...]
    queries: Floats
    zones: Floats
    seen: Floats
    whole: Floats
    bias: Floats

    def of(self, pieces: Pieces, mean: Floats) -> Floats:
        """The probability of each value for a text of at least one piece."""
        looks = shares(pieces.states @ self.queries + self.zones[pieces.zones]).T @ pieces.states
        return shares(np.tensordot(looks, self.seen) + mean @ self.whole + self.bias)


def shares(odds: Floats) -> Floats:
    """Log-odds as shares of 1, along the first axis."""
    raised = np.exp(odds - odds.max(axis=0))
    found: Floats = raised / raised.sum(axis=0)
    return found
