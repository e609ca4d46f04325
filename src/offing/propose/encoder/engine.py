"""Runs the encoder, the graph that ships beside this file (`training/reference/graph.py`), by ONNX Runtime in integers.

Weights are rounded to 7 bits a column when the graph is loaded, activations to 8 bits when it runs: four times as fast
as in floats, and the same on processors with and without instructions for it, since no sum of two products overflows
16 bits. What would round badly is helped: wide dimensions are scaled down before and up after (SmoothQuant, Xiao et
al. 2023), and one channel of some layers is multiplied apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from offing.model.floats import Floats
from offing.propose.encoder.weights import Weights

GRAPH = Path(__file__).with_name("encoder.onnx")
INPUT = "words"
# Of these layers one inner channel runs to ten times the others' values, seen on articles in seven languages.
WIDE = {0: 318, 1: 1462, 2: 354, 4: 778, 5: 658, 6: 1152, 7: 413}
# The layer whose states tell best what part a mention plays: later ones tell more of the sentence, earlier ones of the
# word (average precision of bodies and places by layers 4, 6, 8, 10 and the last, on left-out briefs).
INNER = 6
_LARGEST = 63  # of 7 bits
_DEVIATIONS = 3  # as wide as a dimension behind a norm is taken to run
_ERRORS = 3  # of ONNX Runtime's levels of logging

Arrays = dict[str, NDArray[Any]]


class Engine:
    """The encoder as a session of ONNX Runtime on one thread, since workers are as many as cores.

    What is read from its vectors are small products of NumPy: in this process they take one thread, too, since a
    second one, where its core has other work, is waited for ten times longer than a product takes.
    """

    def __init__(self, weights: Weights, tuned: Mapping[str, NDArray[Any]] | None = None) -> None:
        """Load the graph with some weights.

        Args:
            weights: those of the package.
            tuned: constants of the graph in place of theirs, all those of a layer or none.

        Raises:
            ImportError: there is no ONNX Runtime here.
        """
        import onnxruntime
        from threadpoolctl import threadpool_limits

        threadpool_limits(1, user_api="blas")
        given = {name: np.ascontiguousarray(array) for name, array in arrays(weights, tuned or {}).items()}
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = _ERRORS
        # Of what it would join, norms with the sums before them run four times slower (`training/reference/graph.py`).
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        values = [onnxruntime.OrtValue.ortvalue_from_numpy(array) for array in given.values()]
        options.add_external_initializers(list(given), values)
        self._given = given  # the session reads them where they stand
        self._session = onnxruntime.InferenceSession(GRAPH, options, providers=["CPUExecutionProvider"])
        self._weights = weights
        types = weights.floats("emb.type").reshape(-1, weights.sizes.hidden)
        self._positions = weights.floats("emb.pos").reshape(-1, weights.sizes.hidden) + types[0]

    def states(self, numbers: Sequence[int]) -> tuple[Floats, Floats]:
        """What each piece of a text means in it, a row each: at the end, and behind the layer `INNER`."""
        words = self._weights.words(np.array(numbers)) + self._positions[: len(numbers)]
        return self.run(words)

    def run(self, words: Floats) -> tuple[Floats, Floats]:
        """The same of vectors of pieces with their places."""
        last, inner = self._session.run(None, {INPUT: words[np.newaxis]})
        return last[0], inner[0]


def arrays(weights: Weights, tuned: Mapping[str, NDArray[Any]] | None = None) -> Arrays:
    """All constants of the graph by name; those of tuned layers as they are given."""
    found: Arrays = _norm(weights, "emb.ln") | dict(tuned or {})
    before = "emb.ln"
    for layer in range(weights.sizes.layers):
        found |= {} if f"l{layer}.qkv.weight" in found else _layer(weights, layer, before)
        before = f"l{layer}.oln"
    return found


def _layer(weights: Weights, layer: int, before: str) -> Arrays:
    name, hidden = f"l{layer}", weights.sizes.hidden
    parts = [weights.matrix(f"{name}.{part}.w", hidden) for part in "qkv"]
    biases = np.concatenate([weights.floats(f"{name}.{part}.b") for part in "qkv"])
    inner = weights.matrix(f"{name}.fi.w", weights.sizes.inner)
    return {
        **_smooth(f"{name}.qkv", np.concatenate(parts, axis=1), weights, before),
        f"{name}.qkv.bias": biases,
        **_rounded(f"{name}.ao", weights.matrix(f"{name}.ao.w", hidden)),
        f"{name}.ao.bias": weights.floats(f"{name}.ao.b"),
        **_norm(weights, f"{name}.aln"),
        **_smooth(f"{name}.fi", inner, weights, f"{name}.aln"),
        f"{name}.fi.bias": weights.floats(f"{name}.fi.b"),
        **_apart(f"{name}.fo", weights.matrix(f"{name}.fo.w", hidden), WIDE.get(layer)),
        f"{name}.fo.bias": weights.floats(f"{name}.fo.b"),
        **_norm(weights, f"{name}.oln"),
    }


def _norm(weights: Weights, name: str) -> Arrays:
    return {f"{name}.scale": weights.floats(f"{name}.w"), f"{name}.bias": weights.floats(f"{name}.b")}


def _smooth(name: str, matrix: Floats, weights: Weights, norm: str) -> Arrays:
    """A matrix behind a norm: what each dimension is multiplied with before it, and the matrix for that."""
    widths = np.abs(weights.floats(f"{norm}.b")) + _DEVIATIONS * np.abs(weights.floats(f"{norm}.w"))
    scales = np.sqrt(widths / np.abs(matrix).max(axis=1))
    scales /= np.exp(np.log(scales).mean())
    return {f"{name}.before": (1 / scales).astype(np.float32), **_rounded(name, matrix * scales[:, np.newaxis])}


def _apart(name: str, matrix: Floats, channel: int | None) -> Arrays:
    """A matrix without one channel, and what lets the others through and that one be multiplied apart."""
    if channel is None:
        return _rounded(name, matrix)
    others = np.ones(len(matrix), np.float32)
    others[channel] = 0
    return {
        f"{name}.others": others,
        f"{name}.channel": np.array([channel], np.int64),
        f"{name}.apart": matrix[channel : channel + 1],
        **_rounded(name, matrix * others[:, np.newaxis]),
    }


def _rounded(name: str, matrix: Floats) -> Arrays:
    """A matrix in whole numbers, and the scale of each of its columns."""
    scales = np.abs(matrix).max(axis=0) / _LARGEST
    whole = matrix / scales
    np.round(whole, out=whole)
    return {f"{name}.weight": whole.astype(np.int8), f"{name}.step": scales.astype(np.float32)}
