"""The training losses, one per task."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from training.reader.batches import Labels
from training.reader.encoded import OUTSIDE, UNKNOWN
from training.reader.texts import FIELDS

# Weights of the tasks. The loss of a field is a mean over projects, that of tags a mean over pieces within spans: a
# mean over all pieces, most of which are in no span, would leave tags too little weight beside the fields.
WEIGHTS = {"tags": 1.0, "turns": 0.5, "alike": 0.3, "relevant": 1.0, "count": 0.5, "concerns": 3.0}
WEIGHTS |= {"sector": 1.0, "status": 1.5, "mode": 1.0, "record_type": 0.5, "roles": 0.5, "kinds": 0.5}
SMOOTHING = 0.05
_RARE = 20  # the divisor of the tag loss is at least one in so many pieces of the batch


def losses(logits: dict[str, Tensor], gold: Labels) -> dict[str, Tensor]:
    """Return the mean loss of each task; 0 if the batch has no labels for it."""
    found = {
        "tags": _tags(logits["tags"], gold.tags),
        "turns": _cross_entropy(logits["turns"], gold.turns),
        "alike": _binary_cross_entropy(logits["alike"], gold.alike),
        "relevant": _cross_entropy(logits["relevant"], gold.relevant),
        "count": _cross_entropy(logits["count"], gold.count),
        "concerns": _binary_cross_entropy(logits["concerns"], gold.concerns),
        "roles": _cross_entropy(logits["roles"], gold.roles),
        "kinds": _cross_entropy(logits["kinds"], gold.kinds),
    }
    return found | {field: _cross_entropy(logits[field], gold.values[:, column]) for column, field in enumerate(FIELDS)}


def total(found: dict[str, Tensor]) -> Tensor:
    """Return the weighted sum of the losses."""
    return torch.stack([WEIGHTS[name] * loss for name, loss in found.items()]).sum()


def _tags(logits: Tensor, gold: Tensor) -> Tensor:
    """Return the summed cross-entropy over pieces and tags, divided by the number of labels within spans.

    The divisor has a floor, so that batches with few spans do not dominate.
    """
    inside = (gold > OUTSIDE).sum().clamp(min=gold.shape[0] * gold.shape[1] // _RARE)
    return (
        functional.cross_entropy(logits.flatten(0, 2), gold.flatten(), ignore_index=UNKNOWN, reduction="sum") / inside
    )


def _cross_entropy(logits: Tensor, gold: Tensor, smoothing: float = SMOOTHING) -> Tensor:
    known = (gold != UNKNOWN).sum().clamp(min=1)
    found = functional.cross_entropy(logits, gold, ignore_index=UNKNOWN, label_smoothing=smoothing, reduction="sum")
    return found / known


def _binary_cross_entropy(logits: Tensor, gold: Tensor) -> Tensor:
    known = gold != UNKNOWN
    each = functional.binary_cross_entropy_with_logits(logits, gold.clamp(min=0), reduction="none")
    return (each * known).sum() / known.sum().clamp(min=1)
