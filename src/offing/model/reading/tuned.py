"""The fine-tuned encoder as stored in its file: the changed weights of the packaged encoder, and the heads on top."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from offing.model.values.floats import Floats


@dataclass(frozen=True, eq=False, slots=True)
class Tuned:
    """Trained weights; two are equal only if they are the same object, so that one engine serves it.

    `layers` replace constants of the encoder's graph by name. `heads` are the arrays of the heads as PyTorch named
    them. `values` has, for each head, the meaning of its columns, in order; under `document` and `project` the fields
    of these groups.
    """

    layers: Mapping[str, NDArray[Any]]
    heads: Mapping[str, Floats]
    values: Mapping[str, tuple[str, ...]]
