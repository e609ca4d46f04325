"""Train the reader, or resume a stopped run.

    python -m training.reader.train --run FOLDER --shared SHARED [--epochs 10]

Runs are reproducible: each epoch substitutes names with its own random generator derived from the seed, so that a
resumed run continues with the same batches. A checkpoint is written every ten minutes, at the end of each epoch, and on
SIGTERM. `metrics.json` has the held-out figures after each epoch, `data.lock` the hashes of the training files.
"""

from __future__ import annotations

import argparse
import json
import math
import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from random import Random
from types import FrameType

import torch

from offing.propose.encoder.pieces import Pieces
from training.reader.batches import Vocabulary, batch_of, batched
from training.reader.data import files_of, record_files
from training.reader.digests import digests
from training.reader.encoded import Encoded, encoded
from training.reader.evaluate import figures, held_out_texts, overall
from training.reader.losses import losses, total
from training.reader.names import names_of
from training.reader.sources import HELD_OUT, articles, groups, marked_passages, narratives, news, read_sets
from training.reader.state import (
    BEST,
    METRICS,
    SETTINGS,
    Settings,
    State,
    restore,
    save,
    settings_of,
    weights_of_package,
    write_file,
)
from training.reader.swap import dated, swapped
from training.reader.texts import Text

_CHECKPOINT_SECONDS = 600
STOPPED = 75  # exit code of a run that was stopped and can be resumed (EX_TEMPFAIL)
_MAX_GRADIENT_NORM = 1.0


class StopRequest:
    """A flag set by SIGTERM."""

    def __init__(self) -> None:
        """Install the signal handler."""
        self.is_requested = False
        signal.signal(signal.SIGTERM, self._note)

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self.is_requested = True


def main() -> None:
    """Train until the last epoch, or until early stopping."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--run", type=Path, required=True, help="the folder of the run")
    parser.add_argument("--shared", default="", help="the folder of shared data")
    parser.add_argument("--epochs", type=int, default=Settings("").epochs)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--start", default="", help="best.pt of another run, to initialise the weights from")
    given = parser.parse_args()
    fresh = Settings(given.shared, given.epochs, start=given.start)
    settings = settings_of(given.run) if (given.run / SETTINGS).exists() else fresh
    torch.set_num_threads(given.threads)
    if not run(given.run, settings):
        raise SystemExit(STOPPED)


def run(folder: Path, settings: Settings) -> bool:
    """Start or resume a run; return False if it was stopped before its end."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SETTINGS).write_text(json.dumps(asdict(settings), indent=1), encoding="utf-8")
    weights = weights_of_package()
    vocabulary, tokenizer = Vocabulary(weights), Pieces(weights.vocabulary)
    state, stop = restore(folder, settings, weights), StopRequest()
    record_files(folder, files_of(settings.shared), (state.epoch, state.step))
    held_out = held_out_texts()
    every = [text for text in sources(settings) if text.brief not in HELD_OUT]
    while state.epoch < settings.epochs and not _is_over(state, settings):
        batches = batched(
            epoch_of(every, settings, state.epoch, (tokenizer, vocabulary)),
            settings.budget,
            _rng(settings, state.epoch),
        )
        _train_epoch(folder, settings, state, (batches, vocabulary), stop)
        if stop.is_requested:
            return False
        _evaluate(folder, state, held_out, vocabulary)
    return True


def _train_epoch(
    folder: Path, settings: Settings, state: State, given: tuple[list[list[Encoded]], Vocabulary], stop: StopRequest
) -> None:
    """Train on the remaining batches of an epoch."""
    batches, vocabulary = given
    saved = time.monotonic()
    for number in range(state.step, len(batches)):
        began = time.process_time()
        rate = rate_at((state.epoch + number / len(batches)) / settings.epochs, settings)
        found = _step(state, batches[number], vocabulary, (settings, rate, number))
        state.step = number + 1
        state.seconds += time.process_time() - began
        state.pieces += sum(len(text.pieces) for text in batches[number])
        if number % 20 == 0:
            shown = " ".join(f"{name} {value:.3f}" for name, value in found.items())
            speed = state.pieces / state.seconds
            print(f"epoch {state.epoch} batch {number}/{len(batches)} {speed:.0f} pieces/s {shown}", flush=True)
        if stop.is_requested or time.monotonic() - saved > _CHECKPOINT_SECONDS:
            save(folder, state)
            saved = time.monotonic()
        if stop.is_requested:
            return


def _step(
    state: State, texts: Sequence[Encoded], vocabulary: Vocabulary, now: tuple[Settings, float, int]
) -> dict[str, float]:
    """Take one optimiser step on a batch, and return the loss of each task."""
    settings, rate, number = now
    torch.manual_seed((settings.seed * 1000 + state.epoch) * 100_000 + number)
    batch, gold = batch_of(texts, vocabulary, Random(f"{settings.seed} {state.epoch} {number}"))
    state.reader.train()
    with torch.autocast("cpu", torch.bfloat16):
        logits = state.reader(batch)
    found = losses(logits, gold)
    state.optimiser.zero_grad(set_to_none=True)
    total(found).backward()
    torch.nn.utils.clip_grad_norm_([p for p in state.reader.parameters() if p.grad is not None], _MAX_GRADIENT_NORM)
    for part in state.optimiser.param_groups:
        part["lr"] = part["full"] * rate
    state.optimiser.step()
    state.steps += 1
    _update_average(state, settings)
    return {name: float(loss.detach()) for name, loss in found.items()}


def _update_average(state: State, settings: Settings) -> None:
    """Update the exponential moving average of the weights."""
    kept = min(settings.average, (1 + state.steps) / (10 + state.steps))
    pairs = [(a, b) for a, b in zip(state.mean.parameters(), state.reader.parameters(), strict=True) if b.requires_grad]
    with torch.no_grad():
        torch._foreach_lerp_([a for a, _ in pairs], [b for _, b in pairs], 1 - kept)


def rate_at(share: float, settings: Settings) -> float:
    """Return the learning rate, relative to its peak, at a share of the training: linear warm-up, then cosine decay."""
    if share < settings.warm_up / 2:
        return share / (settings.warm_up / 2)
    return 0.02 + 0.98 * (1 + math.cos(math.pi * share)) / 2


def epoch_of(texts: Sequence[Text], settings: Settings, epoch: int, given: tuple[Pieces, Vocabulary]) -> list[Encoded]:
    """Return the texts of an epoch: with names substituted, a sample of some sources, and digests of short texts."""
    rng, names = _rng(settings, epoch), names_of()
    sampled = {"news": settings.news, "narratives": settings.narratives, "groups": settings.groups}
    chosen = [text for text in texts if text.brief.split("-")[0] not in sampled]
    for source, count in sampled.items():
        own = [text for text in texts if text.brief.split("-")[0] == source]
        chosen += rng.sample(own, min(count, len(own)))
    augmented = [dated(swapped(text, names, rng), rng) for text in chosen]
    augmented += digests(augmented, settings.digests, rng)
    return [encoded(text, given[0], given[1].marks) for text in augmented]


def sources(settings: Settings) -> Iterator[Text]:
    """Yield all training texts, including those of held-out briefs."""
    yield from articles()
    yield from read_sets()
    yield from marked_passages()
    yield from groups()
    if settings.shared:
        yield from news(Path(settings.shared) / "data/news/worldwide_newswire.jsonl.gz")
        yield from narratives(Path(settings.shared) / "data/aiddata/gold_aiddata.jsonl.gz")


def _evaluate(folder: Path, state: State, held_out: dict[str, list[Encoded]], vocabulary: Vocabulary) -> None:
    """Evaluate the averaged weights after an epoch, and save them if they are the best so far."""
    found = {name: figures(state.mean, texts, vocabulary) for name, texts in held_out.items()}
    speed = {"pieces": state.pieces, "cpu_seconds": round(state.seconds)}
    best = max((row["stopping"]["mean"] for row in state.history), default=0.0)
    state.history.append({"epoch": state.epoch + 1, **speed, **found})
    print(state.epoch + 1, {name: overall(each) for name, each in found.items()}, flush=True)
    state.epoch, state.step = state.epoch + 1, 0
    (folder / METRICS).write_text(json.dumps(state.history, indent=1, ensure_ascii=False), encoding="utf-8")
    if found["stopping"]["mean"] > best:
        write_file(folder / BEST, {"mean": state.mean.state_dict(), "epoch": state.epoch})
    save(folder, state)


def _is_over(state: State, settings: Settings) -> bool:
    """Return whether the early-stopping figure has not improved for `patience` epochs."""
    means = [row["stopping"]["mean"] for row in state.history]
    return bool(means) and len(means) - 1 - means.index(max(means)) >= settings.patience


def _rng(settings: Settings, epoch: int) -> Random:
    return Random(f"{settings.seed} {epoch}")


if __name__ == "__main__":
    main()
