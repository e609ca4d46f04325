"""The reader as PyTorch has it: the encoder of the package, tuned from some layer up, and heads on what it says."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from offing.propose.encoder.weights import Weights
from training.reader.encoded import TAGS
from training.reader.texts import CONCERNS, FIELDS, KINDS, ROLES

LOOKS = 4  # of each field, at what tells its value
MOST_PROJECTS = 4  # that are counted; more are as many
STATES = 3  # of a tag or a turn
_WIDE, _NARROW = 128, 64
_OUTSIDE = 4.0  # log-odds at the start that a piece is in no span
_MEMBERS = 4  # nobody's, its own, another's, not parted
DOCUMENT = {"relevant": 2, "count": MOST_PROJECTS + 1}
PROJECT = {**{field: len(values) for field, values in FIELDS.items()}, "concerns": len(CONCERNS)}


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows of some texts and where the pieces of each text stand in them.

    `words` and `windows` (which pieces are there) are the encoder's; `gather` has for each text the places of its
    pieces among all pieces of all windows, `there` whether there is one. `sentence` numbers the sentences of all texts
    through, 0 for pieces of none; `opens` says which are the first of a text. `members` has a row for each project,
    `of_text` says of which text. `firms` and `sums` are rows of text, first and last piece.
    """

    words: Tensor
    windows: Tensor
    gather: Tensor
    there: Tensor
    sentence: Tensor
    opens: Tensor
    members: Tensor
    of_text: Tensor
    firms: Tensor
    sums: Tensor


class Layer(nn.Module):
    """A layer of XLM-RoBERTa: attention and an inner layer, each with a norm behind."""

    def __init__(self, weights: Weights, number: int, dropout: float) -> None:
        """Start as the package has it."""
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

    def forward(self, x: Tensor, there: Tensor) -> Tensor:
        """Return states behind the layer; `there` is which pieces there are, for each window."""
        windows, length, hidden = x.shape
        parts = self.qkv(x).view(windows, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        with torch.autocast("cpu", enabled=False):  # in whole floats, side by side, it takes a third of the time
            query, key, value = parts.float().contiguous()
            seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=there[:, None, None])
        x = self.attended(x + self.dropout(self.out(seen.transpose(1, 2).reshape(windows, length, hidden))))
        return self.done(x + self.dropout(self.outer(functional.gelu(self.inner(x)))))


class Encoder(nn.Module):
    """All layers; the lowest stay as they are."""

    def __init__(self, weights: Weights, frozen: int, dropout: float) -> None:
        """Start as the package has it; the first `frozen` layers learn nothing."""
        super().__init__()
        self.norm = _norm(weights, "emb.ln")
        layers = range(weights.sizes.layers)
        self.layers = nn.ModuleList(Layer(weights, number, 0.0 if number < frozen else dropout) for number in layers)
        self.frozen = frozen
        for part in (self.norm, *self.layers[:frozen]):
            part.requires_grad_(requires_grad=False)

    def forward(self, words: Tensor, there: Tensor) -> Tensor:
        """Return what each piece means in its window."""
        with torch.no_grad():
            x = self.norm(words)
            for layer in self.layers[: self.frozen]:
                x = layer(x, there)
        for layer in self.layers[self.frozen :]:
            x = layer(x, there)
        return x


class Looks(nn.Module):
    """For each field some looks at the pieces, by learned questions, and a value from what they see."""

    def __init__(self, hidden: int, fields: dict[str, int], dropout: float) -> None:
        """Start by chance."""
        super().__init__()
        self.key = nn.Linear(hidden, hidden)
        self.questions = nn.Parameter(torch.randn(len(fields), LOOKS, hidden) / hidden**0.5)
        self.dropout = nn.Dropout(dropout)
        self.values = nn.ModuleDict({name: nn.Linear(LOOKS * hidden, count) for name, count in fields.items()})

    def forward(self, x: Tensor, there: Tensor) -> dict[str, Tensor]:
        """Return the log-odds of the values of each field, a row for each row of pieces."""
        scores = torch.einsum("fkh,nth->nfkt", self.questions, self.key(x)).float()
        shares = scores.masked_fill(~there[:, None, None], -1e4).softmax(dim=-1).to(x.dtype)
        seen = self.dropout(torch.einsum("nfkt,nth->nfkh", shares, x)).flatten(2)
        return {name: linear(seen[:, row]).float() for row, (name, linear) in enumerate(self.values.items())}


class Reader(nn.Module):
    """The encoder with all heads."""

    def __init__(self, weights: Weights, frozen: int, dropout: float = 0.1) -> None:
        """Start the encoder as the package has it and the heads by chance."""
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
        self.document = Looks(hidden, DOCUMENT, 3 * dropout)
        self.project = Looks(hidden, PROJECT, 3 * dropout)
        self.roles = nn.Sequential(nn.Linear(2 * hidden, _WIDE), nn.GELU(), nn.Linear(_WIDE, len(ROLES)))
        self.kinds = nn.Sequential(nn.Linear(2 * hidden, _WIDE), nn.GELU(), nn.Linear(_WIDE, len(KINDS)))

    def forward(self, batch: Batch) -> dict[str, Tensor]:
        """Return everything that is said of some texts, in log-odds."""
        states = self.encoder(batch.words, batch.windows)
        pieces = states.flatten(0, 1)[batch.gather]
        dropped = self.dropout(pieces)
        sentences = sentence_states(dropped, batch)
        own = self.own(pieces[batch.of_text] + self.member(batch.members))
        return {
            "tags": self.tags(dropped).unflatten(-1, (len(TAGS), STATES)).float(),
            "turns": self.turns(torch.cat([sentences, before(sentences, batch.opens)], dim=-1)).float(),
            "alike": self._alike(sentences),
            **self.document(pieces, batch.there),
            **self.project(own, batch.there[batch.of_text]),
            "roles": self.roles(_of_spans(dropped, batch.firms)).float(),
            "kinds": self.kinds(_of_spans(dropped, batch.sums)).float(),
        }

    def _alike(self, sentences: Tensor) -> Tensor:
        """Return how much more likely than not two sentences are of one project, in log-odds, for each pair."""
        found = self.alike(sentences).float()
        return found @ found.T / _NARROW**0.5 + self.alike_bias


def sentence_states(pieces: Tensor, batch: Batch) -> Tensor:
    """Return the mean of the pieces of each sentence of all texts."""
    flat, numbers = pieces.flatten(0, 1), batch.sentence.flatten()
    sums = torch.zeros(len(batch.opens) + 1, flat.shape[1], dtype=torch.float32).index_add(0, numbers, flat.float())
    counts = torch.zeros(len(batch.opens) + 1).index_add(0, numbers, torch.ones(len(numbers)))
    return (sums / counts.clamp(min=1)[:, None])[1:]


def before(sentences: Tensor, opens: Tensor) -> Tensor:
    """Return the state of the sentence before each; nothing before the first of a text."""
    return sentences.roll(1, dims=0) * ~opens[:, None]


def _of_spans(pieces: Tensor, spans: Tensor) -> Tensor:
    """Return the first and the last piece of each span, side by side."""
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
