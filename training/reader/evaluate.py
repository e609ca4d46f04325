"""Measures the reader on texts of left-out briefs.

    python -m training.reader.evaluate --run FOLDER     figures of its last checkpoint, as JSON

Fields are read of each annotated project, with the sentences that are its own told (one project: none told).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from offing.propose.encoder.heads import BEGINS, GOES_ON
from offing.propose.encoder.pieces import Pieces
from training.reader.batches import Vocabulary, batch_of
from training.reader.encoded import FIRST, INSIDE, TAGS, UNKNOWN, Encoded, encoded
from training.reader.network import Batch, Reader
from training.reader.sources import FITTED, REPORTED, STOPPING, UNLEARNED, articles, marked_passages
from training.reader.state import load, settings_of, weights_of_package
from training.reader.tally import Counts, Figures, add, pair, tabled
from training.reader.texts import FIELDS

_AT_ONCE = 6000  # pieces
_KEY = ("status", "sector", "mode", "record_type", "relevant", "firm", "lender", "body", "place", "amount", "size")


def figures(reader: Reader, texts: Sequence[Encoded], vocabulary: Vocabulary) -> Figures:
    """F1 and shares of right values by task, over all and by group, and the mean by which training is stopped."""
    reader.eval()
    counts = Counts()
    for some in _at_once(texts):
        batch, _ = batch_of(some, vocabulary)
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            said = {name: tensor.float().numpy() for name, tensor in reader(batch).items()}
        _count(counts, some, batch, said)
    found = tabled(counts)
    found["mean"] = float(np.mean([found[task]["all"] for task in _KEY if task in found]))
    return found


def left_out() -> dict[str, list[Encoded]]:
    """Return the texts of the briefs by which training is stopped, of those reported, and of those of other genres."""
    weights = weights_of_package()
    cutter, marks = Pieces(weights.vocabulary), (weights.vocabulary.start, weights.vocabulary.end)
    every = [text for text in (*articles(), *marked_passages()) if text.brief in UNLEARNED]
    halves = {"stopping": STOPPING, "reported": REPORTED, "elsewhere": FITTED}
    return {
        name: [encoded(text, cutter, marks) for text in every if text.brief in briefs]
        for name, briefs in halves.items()
    }


def overall(found: Figures) -> dict[str, float]:
    """Return the figures of all languages together."""
    return {task: value if isinstance(value, float) else value["all"] for task, value in found.items()}


def _at_once(texts: Sequence[Encoded]) -> Iterator[list[Encoded]]:
    some: list[Encoded] = []
    for text in sorted(texts, key=lambda text: len(text.pieces)):
        if some and len(text.pieces) * (len(some) + 1) > _AT_ONCE:
            yield some
            some = []
        some.append(text)
    yield some


def _count(counts: Counts, some: Sequence[Encoded], batch: Batch, said: Mapping[str, np.ndarray]) -> None:
    projects, sentences = 0, 0
    for row, text in enumerate(some):
        rows = slice(projects, projects + len(text.readings))
        own = slice(sentences, sentences + len(text.owners))
        projects, sentences = rows.stop, own.stop
        _count_document(counts, text, {name: said[name][row] for name in ("relevant", "count")})
        _count_projects(counts, text, {name: said[name][rows] for name in (*FIELDS, "concerns")})
        _count_spans(counts, text, said["tags"][row, : len(text.pieces)].argmax(axis=-1))
        _count_turns(counts, text, said["turns"][own].argmax(axis=-1))
    for name, spans, is_sum in (("roles", batch.firms, False), ("kinds", batch.sums, True)):
        _count_labels(counts, some, (name, is_sum), (spans, said[name].argmax(axis=-1)))


def _count_document(counts: Counts, text: Encoded, said: Mapping[str, np.ndarray]) -> None:
    groups, true = text.source.groups, text.source.is_relevant
    if true is not None:
        add(counts, groups, "relevant", **pair(said=said["relevant"].argmax(), true=true))
    if true and text.source.projects:
        add(counts, groups, "several", **pair(said=said["count"].argmax() > 1, true=len(text.readings) > 1))


def _count_projects(counts: Counts, text: Encoded, said: Mapping[str, np.ndarray]) -> None:
    groups = text.source.groups
    for project, right in enumerate(text.readings):
        for field, value in zip(FIELDS, right.tolist(), strict=True):
            if value != UNKNOWN:
                hit = int(said[field][project].argmax() == value)
                add(counts, groups, field, right=hit, of=1)
                if len(text.readings) > 1:
                    add(counts, groups, f"{field} of several", right=hit, of=1)
        for worry, told in zip(said["concerns"][project] > 0, text.concerns[project], strict=True):
            if told != UNKNOWN:
                add(counts, groups, "concerns", **pair(said=worry, true=told))


def _count_spans(counts: Counts, text: Encoded, said: np.ndarray) -> None:
    for column, tag in enumerate(TAGS):
        if tag in text.source.tags and text.source.is_relevant:
            spans = [span for span in text.source.spans if span.tag is tag and span.end <= text.offsets[-1, 1]]
            true = {_grown(text, span.start, span.end) for span in spans}
            found = {_edges(text, *places) for places in stretches(said[:, column].tolist())}
            near = sum(any(start < right and left < end for left, right in true) for start, end in found)
            said_and_true = {"said": len(found), "true": len(true)}
            add(counts, text.source.groups, str(tag), **said_and_true, both=len(found & true))
            add(counts, text.source.groups, f"{tag} overlapping", **said_and_true, both=min(near, len(true)))


def stretches(states: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last piece of each stretch that a tag was given."""
    start = None
    for place, state in enumerate((*states, 0)):
        if start is not None and state != INSIDE:
            yield start, place - 1
            start = None
        if state == FIRST or (state == INSIDE and start is None):
            start = place


def _edges(text: Encoded, first: int, last: int) -> tuple[int, int]:
    return int(text.offsets[first, 0]), int(text.offsets[last, 1])


def _grown(text: Encoded, start: int, end: int) -> tuple[int, int]:
    """Return a span with the whole of the pieces that it touches, as far as anything can be found by pieces."""
    offsets = text.offsets
    rows = np.flatnonzero((offsets[:, 1] > start) & (offsets[:, 0] < end) & (offsets[:, 1] > offsets[:, 0]))
    return _edges(text, rows[0], rows[-1]) if len(rows) else (start, end)


def _count_turns(counts: Counts, text: Encoded, said: np.ndarray) -> None:
    if len(text.readings) > 1:
        for mine, right in zip(said.tolist(), text.turns.tolist(), strict=True):
            if right in {BEGINS, GOES_ON}:
                add(counts, text.source.groups, "begins", **pair(said=mine == BEGINS, true=right == BEGINS))


def _count_labels(
    counts: Counts, some: Sequence[Encoded], what: tuple[str, bool], found: tuple[Tensor, np.ndarray]
) -> None:
    name, is_sum = what
    every = [(text, told) for text in some for told in text.told if told.is_sum is is_sum]
    for (text, told), said in zip(every, found[1].tolist(), strict=True):
        add(counts, text.source.groups, name, right=int(said == told.value), of=1)


def main() -> None:
    """Print the figures of a run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--run", type=Path, required=True, help="the folder of the run")
    given = parser.parse_args()
    reader, vocabulary, at = load(given.run, settings_of(given.run))
    halves = {name: figures(reader, texts, vocabulary) for name, texts in left_out().items()}
    print(json.dumps({"epoch": at, **halves}, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
