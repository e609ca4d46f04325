"""Evaluate the reader on texts of held-out briefs.

    python -m training.reader.evaluate --run FOLDER     print the figures of its best checkpoint, as JSON

Fields are predicted for each annotated project from its gold sentences; a text on one project is not split.
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
from training.reader.sources import FITTED, HELD_OUT, REPORTED, STOPPING, articles, marked_passages
from training.reader.state import load, settings_of, weights_of_package
from training.reader.tally import Counts, Figures, add, pair, tabled
from training.reader.texts import FIELDS

_BATCH = 6000  # pieces, padding included
_KEY = ("status", "sector", "mode", "record_type", "relevant", "firm", "lender", "body", "place", "amount", "size")


def figures(reader: Reader, texts: Sequence[Encoded], vocabulary: Vocabulary) -> Figures:
    """Return F1 or accuracy by task, overall and by group, and their `mean`, the criterion of early stopping."""
    reader.eval()
    counts = Counts()
    for some in _batches(texts):
        batch, _ = batch_of(some, vocabulary)
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            logits = {name: tensor.float().numpy() for name, tensor in reader(batch).items()}
        _count(counts, some, batch, logits)
    found = tabled(counts)
    found["mean"] = float(np.mean([found[task]["all"] for task in _KEY if task in found]))
    return found


def held_out_texts() -> dict[str, list[Encoded]]:
    """Return the texts of held-out briefs: those for early stopping, those reported, and those of other genres."""
    weights = weights_of_package()
    cutter, marks = Pieces(weights.vocabulary), (weights.vocabulary.start, weights.vocabulary.end)
    every = [text for text in (*articles(), *marked_passages()) if text.brief in HELD_OUT]
    parts = {"stopping": STOPPING, "reported": REPORTED, "elsewhere": FITTED}
    return {
        name: [encoded(text, cutter, marks) for text in every if text.brief in briefs] for name, briefs in parts.items()
    }


def overall(found: Figures) -> dict[str, float]:
    """Return the figures over all groups."""
    return {task: value if isinstance(value, float) else value["all"] for task, value in found.items()}


def _batches(texts: Sequence[Encoded]) -> Iterator[list[Encoded]]:
    some: list[Encoded] = []
    for text in sorted(texts, key=lambda text: len(text.pieces)):
        if some and len(text.pieces) * (len(some) + 1) > _BATCH:
            yield some
            some = []
        some.append(text)
    yield some


def _count(counts: Counts, some: Sequence[Encoded], batch: Batch, logits: Mapping[str, np.ndarray]) -> None:
    projects, sentences = 0, 0
    for row, text in enumerate(some):
        rows = slice(projects, projects + len(text.values))
        own = slice(sentences, sentences + len(text.owners))
        projects, sentences = rows.stop, own.stop
        _count_document(counts, text, {name: logits[name][row] for name in ("relevant", "count")})
        _count_projects(counts, text, {name: logits[name][rows] for name in (*FIELDS, "concerns")})
        _count_spans(counts, text, logits["tags"][row, : len(text.pieces)].argmax(axis=-1))
        _count_turns(counts, text, logits["turns"][own].argmax(axis=-1))
    for name, spans, is_sum in (("roles", batch.firms, False), ("kinds", batch.sums, True)):
        _count_labels(counts, some, (name, is_sum), (spans, logits[name].argmax(axis=-1)))


def _count_document(counts: Counts, text: Encoded, logits: Mapping[str, np.ndarray]) -> None:
    groups, gold = text.source.groups, text.source.is_relevant
    if gold is not None:
        add(counts, groups, "relevant", **pair(predicted=logits["relevant"].argmax(), gold=gold))
    if gold and text.source.projects:
        several = pair(predicted=logits["count"].argmax() > 1, gold=len(text.values) > 1)
        add(counts, groups, "several", **several)


def _count_projects(counts: Counts, text: Encoded, logits: Mapping[str, np.ndarray]) -> None:
    groups = text.source.groups
    for project, gold in enumerate(text.values):
        for field, value in zip(FIELDS, gold.tolist(), strict=True):
            if value != UNKNOWN:
                hit = int(logits[field][project].argmax() == value)
                add(counts, groups, field, correct=hit, total=1)
                if len(text.values) > 1:
                    add(counts, groups, f"{field} of several", correct=hit, total=1)
        for predicted, concern in zip(logits["concerns"][project] > 0, text.concerns[project], strict=True):
            if concern != UNKNOWN:
                add(counts, groups, "concerns", **pair(predicted=predicted, gold=concern))


def _count_spans(counts: Counts, text: Encoded, states: np.ndarray) -> None:
    for column, tag in enumerate(TAGS):
        if tag in text.source.tags and text.source.is_relevant:
            spans = [span for span in text.source.spans if span.tag is tag and span.end <= text.offsets[-1, 1]]
            gold = {_to_whole_pieces(text, span.start, span.end) for span in spans}
            found = {_edges(text, *places) for places in runs(states[:, column].tolist())}
            near = sum(any(start < gold and left < end for left, gold in gold) for start, end in found)
            sizes = {"predicted": len(found), "gold": len(gold)}
            add(counts, text.source.groups, str(tag), **sizes, hits=len(found & gold))
            add(counts, text.source.groups, f"{tag} overlapping", **sizes, hits=min(near, len(gold)))


def runs(states: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last piece of each span in the predicted states of a tag."""
    start = None
    for place, state in enumerate((*states, 0)):
        if start is not None and state != INSIDE:
            yield start, place - 1
            start = None
        if state == FIRST or (state == INSIDE and start is None):
            start = place


def _edges(text: Encoded, first: int, last: int) -> tuple[int, int]:
    return int(text.offsets[first, 0]), int(text.offsets[last, 1])


def _to_whole_pieces(text: Encoded, start: int, end: int) -> tuple[int, int]:
    """Return a span extended to whole pieces, the finest span that can be predicted."""
    offsets = text.offsets
    rows = np.flatnonzero((offsets[:, 1] > start) & (offsets[:, 0] < end) & (offsets[:, 1] > offsets[:, 0]))
    return _edges(text, rows[0], rows[-1]) if len(rows) else (start, end)


def _count_turns(counts: Counts, text: Encoded, states: np.ndarray) -> None:
    if len(text.values) > 1:
        for predicted, gold in zip(states.tolist(), text.turns.tolist(), strict=True):
            if gold in {BEGINS, GOES_ON}:
                add(counts, text.source.groups, "begins", **pair(predicted=predicted == BEGINS, gold=gold == BEGINS))


def _count_labels(
    counts: Counts, some: Sequence[Encoded], what: tuple[str, bool], found: tuple[Tensor, np.ndarray]
) -> None:
    name, is_sum = what
    every = [(text, span) for text in some for span in text.labelled_spans if span.is_sum is is_sum]
    for (text, span), predicted in zip(every, found[1].tolist(), strict=True):
        add(counts, text.source.groups, name, correct=int(predicted == span.value), total=1)


def main() -> None:
    """Print the figures of a run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--run", type=Path, required=True, help="the folder of the run")
    given = parser.parse_args()
    reader, vocabulary, at = load(given.run, settings_of(given.run))
    parts = {name: figures(reader, texts, vocabulary) for name, texts in held_out_texts().items()}
    print(json.dumps({"epoch": at, **parts}, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
