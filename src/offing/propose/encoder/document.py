"""Reads a whole article at once, by an encoder that was tuned for the domain (`training/reader`).

Its lower layers are the package's; the upper ones and the heads come from one file that the training writes. Nothing
in `propose` asks it yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from offing.model.floats import Floats
from offing.propose.encoder.engine import Engine
from offing.propose.encoder.heads import UNPARTED, Heads, Numbers
from offing.propose.encoder.pieces import Pieces
from offing.propose.encoder.weights import Weights
from offing.propose.encoder.windows import LONGEST, Piece, pieces_of, windows_of

HEAD = "head."  # before the names of the heads' arrays in the file, and of the lists of values
VALUES = "values."
LAYER = "layer."


@dataclass(frozen=True, slots=True)
class Document:
    """An article as it was read: its pieces with offsets in its text, and what each means in it, a row each."""

    pieces: tuple[Piece, ...]
    states: Floats

    def inside(self, start: int, end: int) -> Numbers:
        """The places of the pieces that a stretch of the text touches."""
        rows = [row for row, piece in enumerate(self.pieces) if piece.start < end and start < piece.end != piece.start]
        return np.array(rows, np.intp)

    def means(self, sentences: Sequence[tuple[int, int]]) -> Floats:
        """The mean state of each sentence, given from where to where it goes; zeros behind what was read."""
        rows = [self.inside(*sentence) for sentence in sentences]
        empty = np.zeros(self.states.shape[1], np.float32)
        return np.stack([self.states[own].mean(axis=0) if len(own) else empty for own in rows])


class DocumentReader:
    """The tuned encoder with its heads; `values` has for each field the values whose log-odds a head gives."""

    def __init__(self, file: Path, weights: Weights) -> None:
        """Load what a training wrote.

        Raises:
            ImportError: there is no ONNX Runtime here.
            ValueError: the file is none of a training's.
        """
        with np.load(file, allow_pickle=False) as arrays:
            given = dict(arrays)
        layers, heads, values = (
            {name.removeprefix(part): array for name, array in given.items() if name.startswith(part)}
            for part in (LAYER, HEAD, VALUES)
        )
        self.values = {name: tuple(map(str, found)) for name, found in values.items()}
        fields = {group: self.values[group] for group in ("document", "project")}
        self.heads = Heads({name: array.astype(np.float32) for name, array in heads.items()}, fields)
        self.engine = Engine(weights, layers)
        self._cutter = Pieces(weights.vocabulary)
        self._marks = weights.vocabulary.start, weights.vocabulary.end

    def read(self, text: str, published: str = "") -> Document:
        """Read an article's text (title, empty line, paragraphs); its date is ISO 8601, "" where none is known."""
        pieces = pieces_of(text, self._cutter, self._marks[1])[:LONGEST]
        front = [token.number for token in self._cutter.tokens(published)] if published else []
        windows = windows_of(front, [piece.number for piece in pieces], self._marks)
        states = [self.engine.states(window.numbers)[0][window.first : window.last] for window in windows]
        return Document(tuple(pieces), np.concatenate(states) if states else np.zeros((0, 1), np.float32))

    def project(self, document: Document, members: Numbers | None = None) -> dict[str, dict[str, float]]:
        """How likely each value of a project's fields is; `members` as `Heads.project` takes them, if it was parted."""
        whose = np.full(len(document.pieces), UNPARTED) if members is None else members
        odds = self.heads.project(document.states, whose)
        return {name: dict(zip(self.values[name], _likely(name, found), strict=True)) for name, found in odds.items()}


def _likely(name: str, odds: Floats) -> list[float]:
    """Chances of values of which one is right, or of worries, of which any may be."""
    raised = np.exp(odds - odds.max())
    chances = 1 / (1 + np.exp(-odds)) if name == "concerns" else raised / raised.sum()
    return [float(chance) for chance in chances]
