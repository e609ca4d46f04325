"""Encode a whole article at once with the encoder tuned for the domain (`training/reader`)."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from offing.model.reading.tuned import Tuned
from offing.model.sources.article import Article
from offing.propose.encoder.encoded import EncodedArticle
from offing.propose.encoder.engine import Engine
from offing.propose.encoder.heads import Heads
from offing.propose.encoder.pieces import Pieces
from offing.propose.encoder.weights import Weights, are_ours, shared_weights, weights_file
from offing.propose.encoder.windows import LONGEST, pieces_of, windows_of
from offing.propose.reading.layout import sentences

# Limits of the training data: its languages, and the number of pieces in its shortest text.
LANGUAGES = frozenset({"ar", "en", "es", "fr", "pt", "ru", "zh"})
FEWEST = 45


class ArticleEncoder:
    """The package's lower layers, the tuned upper layers and the heads."""

    def __init__(self, tuned: Tuned, weights: Weights) -> None:
        """Load the graph with the tuned layers.

        Raises:
            ImportError: ONNX Runtime is not installed.
        """
        self.heads = Heads(tuned.heads, tuned.values)
        self.engine = Engine(weights, tuned.layers)
        self._cutter = Pieces(weights.vocabulary)
        self._marks = weights.vocabulary.start, weights.vocabulary.end

    def encode(self, article: Article) -> EncodedArticle:
        """Encode the title and paragraphs of an article, preceded by its date where one is known."""
        text, published = article.text, article.published.date().isoformat() if article.published else ""
        pieces = pieces_of(text, self._cutter, self._marks[1])[:LONGEST]
        front = [token.number for token in self._cutter.tokens(published)] if published else []
        windows = windows_of(front, [piece.number for piece in pieces], self._marks)
        states = [self.engine.states(window.numbers)[window.first : window.last] for window in windows]
        rows = np.concatenate(states) if states else np.zeros((0, self.engine.width), np.float32)
        bounds = tuple((sentence.start, sentence.end) for sentence in sentences(article))
        is_familiar = article.language in LANGUAGES and len(pieces) >= FEWEST
        return EncodedArticle(tuple(pieces), rows, self.heads, bounds, is_familiar)


def encode(article: Article, tuned: Tuned | None) -> EncodedArticle | None:
    """Encode a whole article; None without a tuned encoder, or where this machine lacks weights or libraries."""
    encoder = _encoder(tuned) if tuned else None
    return encoder.encode(article) if encoder else None


@lru_cache(maxsize=2)
def _encoder(tuned: Tuned) -> ArticleEncoder | None:
    file = weights_file()
    try:
        return ArticleEncoder(tuned, shared_weights(file)) if file and are_ours(file) else None
    except ImportError:
        return None
