"""Trains the reader, or goes on where it stopped.

    python -m training.reader.train --run FOLDER --shared SHARED [--epochs 10]

Everything hangs on the seed: texts are swapped anew in each epoch, by the epoch's own chance, so that a run that was
stopped goes on with the same batches. A checkpoint is written every ten minutes, at the end of each epoch, and when
the process is asked to end (SIGTERM). `metrics.json` has the figures on left-out briefs after each epoch, `data.lock`
the hashes of what was learned from.
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
from training.reader.batches import Vocabulary, batch_of, parted
from training.reader.data import files_of, locked
from training.reader.digests import digests
from training.reader.encoded import Encoded, encoded
from training.reader.evaluate import figures, left_out, overall
from training.reader.losses import losses, total
from training.reader.names import names_of
from training.reader.sources import UNLEARNED, articles, groups, marked_passages, narratives, news, read_sets
from training.reader.state import (
    BEST,
    METRICS,
    SETTINGS,
    Settings,
    State,
    restored,
    save,
    settings_of,
    weights_of_package,
    written,
)
from training.reader.swap import dated, swapped
from training.reader.texts import Text

_OFTEN = 600  # seconds between checkpoints
STOPPED = 75  # the exit code of a run that goes on another time (EX_TEMPFAIL)
_NORM = 1.0  # what the slopes of a step are cut to


class StopRequest:
    """Whether the process was asked to end."""

    def __init__(self) -> None:
        """Listen for it."""
        self.to_end = False
        signal.signal(signal.SIGTERM, self._note)

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self.to_end = True


def main() -> None:
    """Train until the last epoch, or until nothing has become better for some."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--run", type=Path, required=True, help="the folder of the run")
    parser.add_argument("--shared", default="", help="the folder of shared data")
    parser.add_argument("--epochs", type=int, default=Settings("").epochs)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--start", default="", help="best.pt of another run, to begin with its weights")
    given = parser.parse_args()
    fresh = Settings(given.shared, given.epochs, start=given.start)
    settings = settings_of(given.run) if (given.run / SETTINGS).exists() else fresh
    torch.set_num_threads(given.threads)
    if not run(given.run, settings):
        raise SystemExit(STOPPED)


def run(folder: Path, settings: Settings) -> bool:
    """Go on with a run to its end, or begin it; False where it was asked to end before."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SETTINGS).write_text(json.dumps(asdict(settings), indent=1), encoding="utf-8")
    weights = weights_of_package()
    vocabulary, cutter = Vocabulary(weights), Pieces(weights.vocabulary)
    state, asked = restored(folder, settings, weights), StopRequest()
    locked(folder, files_of(settings.shared), (state.epoch, state.step))
    halves = left_out()
    every = [text for text in sources(settings) if text.brief not in UNLEARNED]
    while state.epoch < settings.epochs and not _is_over(state, settings):
        batches = parted(
            epoch_of(every, settings, state.epoch, (cutter, vocabulary)),
            settings.budget,
            _chance(settings, state.epoch),
        )
        _learn(folder, settings, state, (batches, vocabulary), asked)
        if asked.to_end:
            return False
        _measure(folder, state, halves, vocabulary)
    return True


def _learn(
    folder: Path, settings: Settings, state: State, given: tuple[list[list[Encoded]], Vocabulary], asked: StopRequest
) -> None:
    """Learn from the batches of an epoch that are still to come."""
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
            told = " ".join(f"{name} {value:.3f}" for name, value in found.items())
            print(f"{state.epoch} {number}/{len(batches)} {state.pieces / state.seconds:.0f}/s {told}", flush=True)
        if asked.to_end or time.monotonic() - saved > _OFTEN:
            save(folder, state)
            saved = time.monotonic()
        if asked.to_end:
            return


def _step(
    state: State, texts: Sequence[Encoded], vocabulary: Vocabulary, now: tuple[Settings, float, int]
) -> dict[str, float]:
    """Return one step of the optimiser on a batch."""
    settings, rate, number = now
    torch.manual_seed((settings.seed * 1000 + state.epoch) * 100_000 + number)
    batch, right = batch_of(texts, vocabulary, Random(f"{settings.seed} {state.epoch} {number}"))
    state.reader.train()
    with torch.autocast("cpu", torch.bfloat16):
        said = state.reader(batch)
    found = losses(said, right)
    state.optimiser.zero_grad(set_to_none=True)
    total(found).backward()
    torch.nn.utils.clip_grad_norm_([p for p in state.reader.parameters() if p.grad is not None], _NORM)
    for part in state.optimiser.param_groups:
        part["lr"] = part["full"] * rate
    state.optimiser.step()
    state.steps += 1
    _follow(state, settings)
    return {name: float(loss.detach()) for name, loss in found.items()}


def _follow(state: State, settings: Settings) -> None:
    """Move the mean towards what was learned."""
    kept = min(settings.average, (1 + state.steps) / (10 + state.steps))
    pairs = [(a, b) for a, b in zip(state.mean.parameters(), state.reader.parameters(), strict=True) if b.requires_grad]
    with torch.no_grad():
        torch._foreach_lerp_([a for a, _ in pairs], [b for _, b in pairs], 1 - kept)


def rate_at(share: float, settings: Settings) -> float:
    """Return how large a step is at some share of the way: it rises, then falls as a cosine does."""
    if share < settings.warm_up / 2:
        return share / (settings.warm_up / 2)
    return 0.02 + 0.98 * (1 + math.cos(math.pi * share)) / 2


def epoch_of(texts: Sequence[Text], settings: Settings, epoch: int, given: tuple[Pieces, Vocabulary]) -> list[Encoded]:
    """Return the texts of an epoch: swapped, some of the real ones, and digests of the short ones."""
    chance, names = _chance(settings, epoch), names_of()
    often = {"news": settings.news, "narratives": settings.narratives, "groups": settings.groups}
    chosen = [text for text in texts if text.brief.split("-")[0] not in often]
    for source, count in often.items():
        own = [text for text in texts if text.brief.split("-")[0] == source]
        chosen += chance.sample(own, min(count, len(own)))
    other = [dated(swapped(text, names, chance), chance) for text in chosen]
    other += digests(other, settings.digests, chance)
    return [encoded(text, given[0], given[1].marks) for text in other]


def sources(settings: Settings) -> Iterator[Text]:
    """Yield all texts that there are to learn from."""
    yield from articles()
    yield from read_sets()
    yield from marked_passages()
    yield from groups()
    if settings.shared:
        yield from news(Path(settings.shared) / "data/news/worldwide_newswire.jsonl.gz")
        yield from narratives(Path(settings.shared) / "data/aiddata/gold_aiddata.jsonl.gz")


def _measure(folder: Path, state: State, halves: dict[str, list[Encoded]], vocabulary: Vocabulary) -> None:
    """Measure the mean at the end of an epoch, keep it where it is the best, and go on to the next."""
    found = {name: figures(state.mean, texts, vocabulary) for name, texts in halves.items()}
    speed = {"pieces": state.pieces, "cpu_seconds": round(state.seconds)}
    best = max((row["stopping"]["mean"] for row in state.history), default=0.0)
    state.history.append({"epoch": state.epoch + 1, **speed, **found})
    print(state.epoch + 1, {name: overall(each) for name, each in found.items()}, flush=True)
    state.epoch, state.step = state.epoch + 1, 0
    (folder / METRICS).write_text(json.dumps(state.history, indent=1, ensure_ascii=False), encoding="utf-8")
    if found["stopping"]["mean"] > best:
        written(folder / BEST, {"mean": state.mean.state_dict(), "epoch": state.epoch})
    save(folder, state)


def _is_over(state: State, settings: Settings) -> bool:
    """Return whether nothing has become better on the stopping half for some epochs."""
    means = [row["stopping"]["mean"] for row in state.history]
    return bool(means) and len(means) - 1 - means.index(max(means)) >= settings.patience


def _chance(settings: Settings, epoch: int) -> Random:
    return Random(f"{settings.seed} {epoch}")


if __name__ == "__main__":
    main()
