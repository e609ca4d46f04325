"""Run the encoder, the graph that ships beside this file (`training/reference/graph.py`), on ONNX Runtime in integers.

Weights are quantised to 7 bits per column when the graph is loaded, activations to 8 bits at run time. That is four
times as fast as floats, and gives the same results on processors with and without instructions for it, since no sum of
two products overflows 16 bits. Two measures limit the rounding error: wide dimensions are scaled down before and up
after (SmoothQuant, Xiao et al. 2023), and one channel of some layers is multiplied separately.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from offing.model.values.floats import Floats
from offing.propose.encoder.weights import Weights

GRAPH = Path(__file__).with_name("encoder.onnx")
INPUT = "words"
# In these layers one inner channel reaches ten times the values of the others, as seen on articles in seven languages.
WIDE = {0: 318, 1: 1462, 2: 354, 4: 778, 5: 658, 6: 1152, 7: 413}
_LARGEST = 63  # in 7 bits
_DEVIATIONS = 3  # standard deviations that a dimension after a norm is assumed to span
_ERRORS = 3  # ONNX Runtime's log level for errors

Arrays = dict[str, NDArray[Any]]


class Engine:
    """The encoder as an ONNX Runtime session on one thread, since there are as many workers as cores.

    The heads on its vectors are small NumPy products, which run on one thread in this process, too: a second thread
    whose core is busy is waited for ten times longer than a product takes.
    """

    def __init__(self, weights: Weights, tuned: Mapping[str, NDArray[Any]] | None = None) -> None:
        """Load the graph with some weights.

        Args:
            weights: those of the package.
            tuned: constants of the graph that replace the package's: all those of a layer, or none.

        Raises:
            ImportError: ONNX Runtime is not installed.
        """
        import onnxruntime
        from threadpoolctl import threadpool_limits

        threadpool_limits(1, user_api="blas")
        given = {name: np.ascontiguousarray(array) for name, array in arrays(weights, tuned or {}).items()}
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = _ERRORS
        # Beyond this level it fuses norms with the sums before them, which runs four times slower
        # (`training/reference/graph.py`).
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        values = [onnxruntime.OrtValue.ortvalue_from_numpy(array) for array in given.values()]
        options.add_external_initializers(list(given), values)
        self._given = given  # the session reads these arrays in place, so keep them alive
        self._session = onnxruntime.InferenceSession(GRAPH, options, providers=["CPUExecutionProvider"])
        self._last = [self._session.get_outputs()[0].name]
        self._weights = weights
        types = weights.floats("emb.type").reshape(-1, weights.sizes.hidden)
        self._positions = weights.floats("emb.pos").reshape(-1, weights.sizes.hidden) + types[0]

    @property
    def width(self) -> int:
        """The number of dimensions of a state."""
        return self._weights.sizes.hidden

    def states(self, numbers: Sequence[int]) -> Floats:
        """The contextual state of each piece, a row each."""
        words = self._weights.words(np.array(numbers)) + self._positions[: len(numbers)]
        return self.run(words)

    def run(self, words: Floats) -> Floats:
        """The same for piece vectors that already include their positions."""
        (states,) = self._session.run(self._last, {INPUT: words[np.newaxis]})
        found: Floats = states[0]
        return found


def arrays(weights: Weights, tuned: Mapping[str, NDArray[Any]] | None = None) -> Arrays:
    """All constants of the graph by name; those of tuned layers as given."""
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
    """A matrix after a norm, rescaled: the factor of each dimension before it, and the matrix to match."""
    widths = np.abs(weights.floats(f"{norm}.b")) + _DEVIATIONS * np.abs(weights.floats(f"{norm}.w"))
    scales = np.sqrt(widths / np.abs(matrix).max(axis=1))
    scales /= np.exp(np.log(scales).mean())
    return {f"{name}.before": (1 / scales).astype(np.float32), **_rounded(name, matrix * scales[:, np.newaxis])}


def _apart(name: str, matrix: Floats, channel: int | None) -> Arrays:
    """A matrix with one channel split off: the mask of the other channels, and that channel's row in floats."""
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
    """A matrix in integers, with the scale of each column."""
    scales = np.abs(matrix).max(axis=0) / _LARGEST
    whole = matrix / scales
    np.round(whole, out=whole)
    return {f"{name}.weight": whole.astype(np.int8), f"{name}.step": scales.astype(np.float32)}
