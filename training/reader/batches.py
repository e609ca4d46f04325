"""Group encoded texts into batches of similar size, and split each text into windows of the encoder's length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import torch
from torch import Tensor

from offing.propose.encoder.heads import ANOTHER, NOBODY, OWN, UNPARTED
from offing.propose.encoder.weights import Weights
from offing.propose.encoder.windows import Window, windows_of
from training.reader.encoded import UNKNOWN, Encoded, Integers
from training.reader.network import MOST_PROJECTS, Batch

_SPLIT = 0.5  # probability that a text on one project is treated as if it had been split


@dataclass(frozen=True, slots=True)
class Labels:
    """The gold labels of a batch; `UNKNOWN` if unlabelled."""

    tags: Tensor  # (n_texts, n_pieces, n_tags)
    turns: Tensor  # (n_sentences,)
    alike: Tensor  # whether two sentences are about the same project, (n_sentences, n_sentences)
    relevant: Tensor  # (n_texts,)
    count: Tensor  # (n_texts,)
    values: Tensor  # (n_projects, n_fields)
    concerns: Tensor  # (n_projects, n_concerns)
    roles: Tensor  # (n_firms,)
    kinds: Tensor  # (n_sums,)


class Vocabulary:
    """Input embeddings of pieces with their positions, and the ids of the start and end tokens (`marks`)."""

    def __init__(self, weights: Weights) -> None:
        """Take the embeddings of the pretrained weights."""
        self._weights = weights
        self.marks = weights.vocabulary.start, weights.vocabulary.end
        types = weights.floats("emb.type").reshape(-1, weights.sizes.hidden)
        self._places = weights.floats("emb.pos").reshape(-1, weights.sizes.hidden) + types[0]

    def embeddings(self, numbers: Integers) -> np.ndarray:
        """Return the encoder's input for windows of piece ids, `(n_windows, window_length, 384)`."""
        found = self._weights.words(numbers.flatten().astype(np.int64)).reshape(*numbers.shape, -1)
        placed: np.ndarray = found + self._places[: numbers.shape[1]]
        return placed


def batched(texts: Sequence[Encoded], budget: int, rng: Random) -> list[list[Encoded]]:
    """Return shuffled batches of texts of similar length.

    Args:
        texts: the texts.
        budget: the size of a batch in pieces, padding included; a longer text is a batch of its own.
        rng: the source of randomness.
    """
    ordered = sorted(texts, key=lambda text: len(text.pieces) * (0.9 + 0.2 * rng.random()))
    found: list[list[Encoded]] = [[]]
    for text in ordered:
        longest = max(len(text.pieces), *(len(other.pieces) for other in found[-1]), 1)
        if found[-1] and longest * (len(found[-1]) + 1) > budget:
            found.append([])
        found[-1].append(text)
    rng.shuffle(found)
    return found


def windows(text: Encoded, marks: tuple[int, int]) -> list[Window]:
    """Return the windows of a text, at least one."""
    found = list(windows_of(text.front.tolist(), text.pieces.tolist(), marks))
    return found or [Window([*marks], 1, 1)]


def batch_of(texts: Sequence[Encoded], vocabulary: Vocabulary, rng: Random | None = None) -> tuple[Batch, Labels]:
    """Return a batch and its gold labels; without `rng`, no text on one project is treated as if it had been split."""
    parts = [windows(text, vocabulary.marks) for text in texts]
    every = [window for found in parts for window in found]
    length = max(len(window.numbers) for window in every)
    numbers = np.full((len(every), length), vocabulary.marks[1], np.int32)
    mask = np.zeros(numbers.shape, bool)
    for row, window in enumerate(every):
        numbers[row, : len(window.numbers)] = window.numbers
        mask[row, : len(window.numbers)] = True
    gather, pieces = _gathered(parts, length)
    sentence, opens = _sentences(texts, pieces.shape)
    members, of_text = _members(texts, pieces.shape[1], rng)
    firms, sums = (_spans(texts, is_sum=is_sum) for is_sum in (False, True))
    batch = Batch(
        *(torch.from_numpy(vocabulary.embeddings(numbers)), torch.from_numpy(mask)),
        *(torch.from_numpy(gather), torch.from_numpy(pieces), torch.from_numpy(sentence), torch.from_numpy(opens)),
        *(torch.from_numpy(members), torch.from_numpy(of_text), firms[:, :3], sums[:, :3]),
    )
    return batch, _labels(texts, pieces.shape, (firms[:, 3], sums[:, 3]))


def _gathered(windows: Sequence[Sequence[Window]], length: int) -> tuple[np.ndarray, np.ndarray]:
    places, row = list[list[int]](), 0
    for found in windows:
        own = list[int]()
        for window in found:
            own += range(row * length + window.first, row * length + window.last)
            row += 1
        places.append(own)
    gather = np.zeros((len(places), max(map(len, places))), np.int64)
    mask = np.zeros(gather.shape, bool)
    for text, own in enumerate(places):
        gather[text, : len(own)] = own
        mask[text, : len(own)] = True
    return gather, mask


def _sentences(texts: Sequence[Encoded], shape: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Return the sentence number of each piece, and whether each sentence is the first of its text."""
    found, opens = np.zeros(shape, np.int64), list[bool]()
    for row, text in enumerate(texts):
        found[row, : len(text.sentence)] = np.where(text.sentence >= 0, text.sentence + len(opens) + 1, 0)
        opens += [place == 0 for place in range(len(text.owners))]
    return found, np.array(opens, bool)


def _members(texts: Sequence[Encoded], length: int, rng: Random | None) -> tuple[np.ndarray, np.ndarray]:
    rows, of_text = [], []
    for number, text in enumerate(texts):
        for project in range(len(text.values)):
            row = np.full(length, NOBODY, np.int64)
            row[: len(text.pieces)] = members_of(text, project, rng)
            rows.append(row)
            of_text.append(number)
    return np.array(rows, np.int64).reshape(-1, length), np.array(of_text, np.int64)


def members_of(text: Encoded, project: int, rng: Random | None) -> np.ndarray:
    """Return, for each piece, whether its sentence is about the given project, another one, or none."""
    if len(text.values) == 1 and (rng is None or rng.random() >= _SPLIT):
        return np.full(len(text.pieces), UNPARTED, np.int64)
    owners = np.append(text.owners, UNKNOWN)[text.sentence]
    return np.select([owners == project, owners == UNKNOWN], [OWN, NOBODY], ANOTHER).astype(np.int64)


def _spans(texts: Sequence[Encoded], *, is_sum: bool) -> Tensor:
    rows = [
        (number, span.first, span.last, span.value)
        for number, text in enumerate(texts)
        for span in text.labelled_spans
        if span.is_sum is is_sum
    ]
    return torch.tensor(rows, dtype=torch.int64).reshape(-1, 4)


def _labels(texts: Sequence[Encoded], shape: tuple[int, ...], kinds: tuple[Tensor, Tensor]) -> Labels:
    tags = np.full((*shape, texts[0].tags.shape[1]), UNKNOWN, np.int64)
    for row, text in enumerate(texts):
        tags[row, : len(text.tags)] = text.tags
    relevant = [UNKNOWN if text.source.is_relevant is None else int(text.source.is_relevant) for text in texts]
    return Labels(
        torch.from_numpy(tags),
        torch.from_numpy(np.concatenate([text.turns for text in texts]).astype(np.int64)),
        torch.from_numpy(_alike(texts)),
        torch.tensor(relevant),
        torch.tensor([_count(text) for text in texts]),
        torch.from_numpy(np.concatenate([text.values for text in texts]).astype(np.int64)),
        torch.from_numpy(np.concatenate([text.concerns for text in texts]).astype(np.float32)),
        *kinds,
    )


def _count(text: Encoded) -> int:
    """Return the number of projects in a text, at most `MOST_PROJECTS`; unknown if they are not annotated."""
    return UNKNOWN if text.source.is_relevant and not text.source.projects else min(len(text.values), MOST_PROJECTS)


def _alike(texts: Sequence[Encoded]) -> np.ndarray:
    """Return, for each pair of sentences, whether they share a project; labelled in texts on several projects only."""
    owners = np.concatenate([text.owners if len(text.values) > 1 else np.full_like(text.owners, -1) for text in texts])
    rows = np.concatenate([np.full(len(text.owners), row) for row, text in enumerate(texts)])
    known = (owners >= 0)[:, None] & (owners >= 0) & (rows[:, None] == rows) & ~np.eye(len(rows), dtype=bool)
    return np.where(known, (owners[:, None] == owners).astype(np.float32), UNKNOWN).astype(np.float32)
