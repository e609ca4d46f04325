"""How far what the reader says is from what is right, task by task."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from training.reader.batches import Labels
from training.reader.encoded import OUTSIDE, UNKNOWN
from training.reader.texts import FIELDS

# How much each task counts. A field is a mean over projects, tags a mean over what is inside of spans: over all pieces,
# most of which are in none, they would hardly move the encoder beside the fields.
COUNTS = {"tags": 1.0, "turns": 0.5, "alike": 0.3, "relevant": 1.0, "count": 0.5, "concerns": 3.0}
COUNTS |= {"sector": 1.0, "status": 1.5, "mode": 1.0, "record_type": 0.5, "roles": 0.5, "kinds": 0.5}
SMOOTHING = 0.05
_RARE = 20  # pieces of a batch for one that is counted as inside of a span, if fewer are


def losses(said: dict[str, Tensor], right: Labels) -> dict[str, Tensor]:
    """Return the loss of each task; 0 where a batch teaches nothing of it."""
    found = {
        "tags": _tags(said["tags"], right.tags),
        "turns": _values(said["turns"], right.turns),
        "alike": _chances(said["alike"], right.alike),
        "relevant": _values(said["relevant"], right.relevant),
        "count": _values(said["count"], right.count),
        "concerns": _chances(said["concerns"], right.concerns),
        "roles": _values(said["roles"], right.roles),
        "kinds": _values(said["kinds"], right.kinds),
    }
    return found | {field: _values(said[field], right.readings[:, column]) for column, field in enumerate(FIELDS)}


def total(found: dict[str, Tensor]) -> Tensor:
    """Return the sum of the losses as they count."""
    return torch.stack([COUNTS[name] * loss for name, loss in found.items()]).sum()


def _tags(said: Tensor, right: Tensor) -> Tensor:
    """Return the loss of all pieces and tags for each of those that are inside of a span.

    Of texts with few, as for more.
    """
    inside = (right > OUTSIDE).sum().clamp(min=right.shape[0] * right.shape[1] // _RARE)
    return functional.cross_entropy(said.flatten(0, 2), right.flatten(), ignore_index=UNKNOWN, reduction="sum") / inside


def _values(said: Tensor, right: Tensor, smoothing: float = SMOOTHING) -> Tensor:
    known = (right != UNKNOWN).sum().clamp(min=1)
    found = functional.cross_entropy(said, right, ignore_index=UNKNOWN, label_smoothing=smoothing, reduction="sum")
    return found / known


def _chances(said: Tensor, right: Tensor) -> Tensor:
    known = right != UNKNOWN
    each = functional.binary_cross_entropy_with_logits(said, right.clamp(min=0), reduction="none")
    return (each * known).sum() / known.sum().clamp(min=1)
