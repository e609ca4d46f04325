"""Export the trained reader for the product, and measure the cost of quantization and the throughput.

    python -m training.reader.export --run FOLDER            write FOLDER/reader.npz
    python -m training.reader.export --run FOLDER --check    also evaluate it in ONNX Runtime

Matrices of the tuned layers are quantized to int8 exactly as `offing.propose.encoder.engine` quantizes those of the
package, so that the file holds the weights that run. Heads are stored as float16.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import cast

import numpy as np
import torch
from torch import Tensor, nn

from offing.config.weights.tuned import HEAD, LAYER, VALUES, tuned_of
from offing.model.values.floats import Floats
from offing.propose.encoder.article_encoder import ArticleEncoder
from offing.propose.encoder.engine import Engine, arrays
from offing.propose.encoder.sentence_encoder import forget, vectors_of
from offing.propose.encoder.weights import Weights
from offing.propose.reading.layout import sentences
from training.reader.batches import Vocabulary
from training.reader.encoded import TAGS, Encoded
from training.reader.evaluate import figures, held_out_texts, overall
from training.reader.network import DOCUMENT, PROJECT, Reader
from training.reader.state import load, settings_of, weights_of_package
from training.reader.texts import CONCERNS, FIELDS, KINDS, ROLES

FILE = "reader.npz"
_SENTENCES = 14  # sentences per article in the sentence-by-sentence baseline: the first eight and some later ones
_TIMED = 60  # articles timed
_PARTS = {"q": 0, "k": 1, "v": 2}
_NAMES = {"ao": "out", "fi": "inner", "fo": "outer", "aln": "attended", "oln": "done"}


class TunedWeights:
    """The weights of the package with its layers replaced by those of a reader."""

    def __init__(self, weights: Weights, reader: Reader) -> None:
        """Combine the package's weights with a reader's layers."""
        self.sizes = weights.sizes
        self._weights, self._layers = weights, reader.encoder.layers

    def floats(self, name: str) -> Floats:
        """Return a float tensor, flattened."""
        return self._weights.floats(name) if name.startswith("emb") else self._of_layer(name).flatten()

    def matrix(self, name: str, _outputs: int) -> Floats:
        """Return a matrix of shape `(n_inputs, n_outputs)`."""
        return np.ascontiguousarray(self._of_layer(name).T)

    def _of_layer(self, name: str) -> Floats:
        layer, part, kind = name.split(".")
        module = self._layers[int(layer[1:])]
        tensor = getattr(module.qkv if part in _PARTS else getattr(module, _NAMES[part]), _kind(kind))
        found: Floats = tensor.detach().numpy()
        return np.split(found, 3)[_PARTS[part]] if part in _PARTS else found


def _kind(kind: str) -> str:
    return "weight" if kind == "w" else "bias"


class QuantizedEncoder(nn.Module):
    """The quantized encoder as the product runs it, a drop-in replacement for the trained one."""

    def __init__(self, engine: Engine, vocabulary: Vocabulary) -> None:
        """Wrap an ONNX Runtime session."""
        super().__init__()
        self._run, self._vocabulary = engine.run, vocabulary

    def forward(self, embeddings: Tensor, mask: Tensor) -> Tensor:
        """Return the hidden state of each piece, window by window: `(n_windows, n_pieces, 384)`."""
        found = torch.zeros_like(embeddings)
        for row, count in enumerate(mask.sum(dim=1).tolist()):
            found[row, :count] = torch.from_numpy(self._run(embeddings[row, :count].numpy()))
        return found


def exported(reader: Reader, weights: Weights) -> dict[str, np.ndarray]:
    """Return the arrays of the exported file by name."""
    tuned = [f"l{layer}." for layer in range(reader.encoder.frozen, len(reader.encoder.layers))]
    layers = arrays(cast("Weights", TunedWeights(weights, reader)))
    omitted = ("encoder.", "alike")  # `alike` is an auxiliary loss, used in training only
    heads = {name: t.numpy() for name, t in reader.state_dict().items() if not name.startswith(omitted)}
    values = {**FIELDS, "concerns": CONCERNS, "roles": ROLES, "kinds": KINDS, "tags": tuple(map(str, TAGS))}
    values |= {"document": tuple(DOCUMENT), "project": tuple(PROJECT)}
    return {
        **{LAYER + name: array for name, array in layers.items() if name.startswith(tuple(tuned))},
        **{HEAD + name: array.astype(np.float16) for name, array in heads.items()},
        **{VALUES + name: np.array(found) for name, found in values.items()},
    }


def main() -> None:
    """Write the file, and evaluate it if `--check` is given."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--run", type=Path, required=True, help="the folder of the run")
    parser.add_argument("--check", action="store_true", help="measure the cost of quantization and the throughput")
    parser.add_argument("--to", type=Path, help="the file to write; FOLDER/reader.npz by default")
    given = parser.parse_args()
    torch.set_num_threads(1)
    reader, vocabulary, epoch = load(given.run, settings_of(given.run))
    weights, file = weights_of_package(), given.to or given.run / FILE
    np.savez_compressed(file, allow_pickle=False, **exported(reader, weights))
    print(f"{file}: {file.stat().st_size / 1e6:.1f} MB, of epoch {epoch}")
    if given.check:
        texts = held_out_texts()["reported"]
        document = ArticleEncoder(tuned_of(dict(np.load(file))), weights)
        print(json.dumps({"speed": _speed(document, texts), **_cost(reader, vocabulary, document, texts)}, indent=1))


def _cost(
    reader: Reader, vocabulary: Vocabulary, document: ArticleEncoder, texts: list[Encoded]
) -> dict[str, dict[str, float]]:
    """Return the figures of the reader in floats and quantized."""
    found = {"floats": overall(figures(reader, texts, vocabulary))}
    reader.encoder = QuantizedEncoder(document.engine, vocabulary)
    return found | {"whole numbers": overall(figures(reader, texts, vocabulary))}


def _speed(document: ArticleEncoder, texts: list[Encoded]) -> dict[str, float]:
    """Return the throughput in articles per second of CPU time: whole articles with all heads, and the baseline."""
    some = [each for each in texts if each.source.language == "en" and len(each.pieces) > 200][:_TIMED]
    forget()
    began = time.process_time()
    for each in some:
        found = document.encode(each.source.article)
        list(found.spans(TAGS[0]))
        assert found.text
        assert found.whole.fields
    whole, began = time.process_time() - began, time.process_time()
    for each in some:
        own = sentences(each.source.article)[:_SENTENCES]
        vectors_of([each.source.text[sentence.start : sentence.end] for sentence in own])
    baseline = time.process_time() - began
    return {"whole": round(len(some) / whole, 1), "sentence by sentence": round(len(some) / baseline, 1)}


if __name__ == "__main__":
    main()
