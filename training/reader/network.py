"""The reader in PyTorch: the pretrained encoder, fine-tuned from some layer up, with heads on its states.

The names of modules and parameters are the names of arrays in `reader.npz` and in checkpoints.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from offing.propose.encoder.weights import Weights
from training.reader.encoded import TAGS
from training.reader.texts import CONCERNS, FIELDS, KINDS, ROLES

ATTENTION_HEADS = 4  # per field
MOST_PROJECTS = 4  # the largest class of the project count
STATES = 3  # classes per tag (outside, first, inside) and per sentence (no project, begins, goes on)
_WIDE, _NARROW = 128, 64
_OUTSIDE = 4.0  # initial bias of the class "outside", in log-odds
_MEMBERS = 4  # a piece belongs to no project, this one, another one, or to an article that was not split
DOCUMENT = {"relevant": 2, "count": MOST_PROJECTS + 1}
PROJECT = {**{field: len(values) for field, values in FIELDS.items()}, "concerns": len(CONCERNS)}


@dataclass(frozen=True, slots=True)
class Batch:
    """The windows of several texts, and the positions of each text's pieces in them."""

    embeddings: Tensor  # input of the encoder, (n_windows, window_length, 384)
    window_mask: Tensor  # real pieces, not padding, (n_windows, window_length)
    gather: Tensor  # index of each piece among all pieces of all windows, (n_texts, n_pieces)
    mask: Tensor  # real pieces, not padding, (n_texts, n_pieces)
    sentence: Tensor  # sentence of each piece, from 1 over all texts, 0 if none, (n_texts, n_pieces)
    opens: Tensor  # whether a sentence is the first of its text, (n_sentences,)
    members: Tensor  # whether a piece belongs to a project (`heads.OWN` etc.), (n_projects, n_pieces)
    of_text: Tensor  # text of each project, (n_projects,)
    firms: Tensor  # text, first and last piece of each firm span, (n_firms, 3)
    sums: Tensor  # text, first and last piece of each sum span, (n_sums, 3)


class Layer(nn.Module):
    """A layer of XLM-RoBERTa: self-attention and a feed-forward block, each followed by a layer norm."""

    def __init__(self, weights: Weights, number: int, dropout: float) -> None:
        """Initialise with the pretrained weights of layer `number`."""
        super().__init__()
        name, sizes = f"l{number}", weights.sizes
        parts = [weights.matrix(f"{name}.{part}.w", sizes.hidden).T for part in "qkv"]
        biases = np.concatenate([weights.floats(f"{name}.{part}.b") for part in "qkv"])
        self.heads, self.dropout = sizes.heads, nn.Dropout(dropout)
        self.qkv = _linear(np.concatenate(parts), biases)
        self.out = _linear(weights.matrix(f"{name}.ao.w", sizes.hidden).T, weights.floats(f"{name}.ao.b"))
        self.inner = _linear(weights.matrix(f"{name}.fi.w", sizes.inner).T, weights.floats(f"{name}.fi.b"))
        self.outer = _linear(weights.matrix(f"{name}.fo.w", sizes.hidden).T, weights.floats(f"{name}.fo.b"))
        self.attended, self.done = (_norm(weights, f"{name}.{part}") for part in ("aln", "oln"))

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return the states after the layer.

        Args:
            x: states before it, `(n_windows, window_length, 384)`.
            mask: real pieces, `(n_windows, window_length)`.
        """
        windows, length, hidden = x.shape
        parts = self.qkv(x).view(windows, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        with torch.autocast("cpu", enabled=False):  # contiguous float32 takes a third of the time
            query, key, value = parts.float().contiguous()
            context = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask[:, None, None])
        x = self.attended(x + self.dropout(self.out(context.transpose(1, 2).reshape(windows, length, hidden))))
        return self.done(x + self.dropout(self.outer(functional.gelu(self.inner(x)))))


class Encoder(nn.Module):
    """All layers of the encoder, the lowest ones frozen."""

    def __init__(self, weights: Weights, frozen: int, dropout: float) -> None:
        """Initialise with pretrained weights, and freeze the first `frozen` layers."""
        super().__init__()
        self.norm = _norm(weights, "emb.ln")
        layers = range(weights.sizes.layers)
        self.layers = nn.ModuleList(Layer(weights, number, 0.0 if number < frozen else dropout) for number in layers)
        self.frozen = frozen
        for part in (self.norm, *self.layers[:frozen]):
            part.requires_grad_(requires_grad=False)

    def forward(self, embeddings: Tensor, mask: Tensor) -> Tensor:
        """Return the hidden state of each piece, `(n_windows, window_length, 384)`."""
        with torch.no_grad():
            x = self.norm(embeddings)
            for layer in self.layers[: self.frozen]:
                x = layer(x, mask)
        for layer in self.layers[self.frozen :]:
            x = layer(x, mask)
        return x


class AttentionPool(nn.Module):
    """Attention pooling for several fields: learned queries per field, and a linear classifier on the pooled states."""

    def __init__(self, hidden: int, fields: dict[str, int], dropout: float) -> None:
        """Initialise randomly; `fields` maps each field to its number of values."""
        super().__init__()
        self.key = nn.Linear(hidden, hidden)
        self.questions = nn.Parameter(torch.randn(len(fields), ATTENTION_HEADS, hidden) / hidden**0.5)
        self.dropout = nn.Dropout(dropout)
        self.values = nn.ModuleDict(
            {name: nn.Linear(ATTENTION_HEADS * hidden, count) for name, count in fields.items()}
        )

    def forward(self, x: Tensor, mask: Tensor) -> dict[str, Tensor]:
        """Return the logits of each field, `(n_rows, n_values)`.

        Args:
            x: states of pieces, `(n_rows, n_pieces, 384)`.
            mask: real pieces, `(n_rows, n_pieces)`.
        """
        scores = torch.einsum("fkh,nth->nfkt", self.questions, self.key(x)).float()
        attention = scores.masked_fill(~mask[:, None, None], -1e4).softmax(dim=-1).to(x.dtype)
        pooled = self.dropout(torch.einsum("nfkt,nth->nfkh", attention, x)).flatten(2)
        return {name: linear(pooled[:, row]).float() for row, (name, linear) in enumerate(self.values.items())}


class Reader(nn.Module):
    """The encoder with all heads."""

    def __init__(self, weights: Weights, frozen: int, dropout: float = 0.1) -> None:
        """Initialise the encoder with pretrained weights and the heads randomly."""
        super().__init__()
        hidden = weights.sizes.hidden
        self.encoder = Encoder(weights, frozen, dropout)
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(hidden, len(TAGS) * STATES)
        self.tags.bias.data.unflatten(0, (-1, STATES))[:, 0] += _OUTSIDE
        self.turns = nn.Sequential(nn.Linear(2 * hidden, _WIDE), nn.GELU(), nn.Linear(_WIDE, STATES))
        self.alike = nn.Linear(hidden, _NARROW)
        self.alike_bias = nn.Parameter(torch.zeros(()))
        self.member = nn.Embedding(_MEMBERS, hidden)
        nn.init.normal_(self.member.weight, std=0.02)
        self.own = nn.LayerNorm(hidden)
        self.document = AttentionPool(hidden, DOCUMENT, 3 * dropout)
        self.project = AttentionPool(hidden, PROJECT, 3 * dropout)
        self.roles = nn.Sequential(nn.Linear(2 * hidden, _WIDE), nn.GELU(), nn.Linear(_WIDE, len(ROLES)))
        self.kinds = nn.Sequential(nn.Linear(2 * hidden, _WIDE), nn.GELU(), nn.Linear(_WIDE, len(KINDS)))

    def forward(self, batch: Batch) -> dict[str, Tensor]:
        """Return the logits of all heads by task."""
        states = self.encoder(batch.embeddings, batch.window_mask)
        pieces = states.flatten(0, 1)[batch.gather]
        dropped = self.dropout(pieces)
        sentences = sentence_states(dropped, batch)
        own = self.own(pieces[batch.of_text] + self.member(batch.members))
        return {
            "tags": self.tags(dropped).unflatten(-1, (len(TAGS), STATES)).float(),
            "turns": self.turns(torch.cat([sentences, before(sentences, batch.opens)], dim=-1)).float(),
            "alike": self._alike(sentences),
            **self.document(pieces, batch.mask),
            **self.project(own, batch.mask[batch.of_text]),
            "roles": self.roles(_of_spans(dropped, batch.firms)).float(),
            "kinds": self.kinds(_of_spans(dropped, batch.sums)).float(),
        }

    def _alike(self, sentences: Tensor) -> Tensor:
        """Return the log-odds that two sentences are about the same project, `(n_sentences, n_sentences)`."""
        found = self.alike(sentences).float()
        return found @ found.T / _NARROW**0.5 + self.alike_bias


def sentence_states(pieces: Tensor, batch: Batch) -> Tensor:
    """Return the mean state of the pieces of each sentence, `(n_sentences, 384)`."""
    flat, numbers = pieces.flatten(0, 1), batch.sentence.flatten()
    sums = torch.zeros(len(batch.opens) + 1, flat.shape[1], dtype=torch.float32).index_add(0, numbers, flat.float())
    counts = torch.zeros(len(batch.opens) + 1).index_add(0, numbers, torch.ones(len(numbers)))
    return (sums / counts.clamp(min=1)[:, None])[1:]


def before(sentences: Tensor, opens: Tensor) -> Tensor:
    """Return the state of the sentence before each, `(n_sentences, 384)`; zeros for the first of a text."""
    return sentences.roll(1, dims=0) * ~opens[:, None]


def _of_spans(pieces: Tensor, spans: Tensor) -> Tensor:
    """Return the concatenated states of the first and last piece of each span, `(n_spans, 768)`."""
    return torch.cat([pieces[spans[:, 0], spans[:, 1]], pieces[spans[:, 0], spans[:, 2]]], dim=-1)


def _linear(matrix: np.ndarray, bias: np.ndarray) -> nn.Linear:
    found = nn.Linear(matrix.shape[1], matrix.shape[0])
    found.weight.data = torch.from_numpy(np.ascontiguousarray(matrix))
    found.bias.data = torch.from_numpy(bias.copy())
    return found


def _norm(weights: Weights, name: str) -> nn.LayerNorm:
    found = nn.LayerNorm(weights.sizes.hidden, eps=weights.epsilon)
    found.weight.data = torch.from_numpy(weights.floats(f"{name}.w").copy())
    found.bias.data = torch.from_numpy(weights.floats(f"{name}.b").copy())
    return found
