"""The embedding of a whole text: the mean of the untuned encoder's vectors of its first sentences.

News of one project lies close together there, whatever words it uses (`docs/decisions/0011`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from offing.model.reading.meaning import Meaning, unit
from offing.model.sources.article import Article
from offing.model.values.floats import Floats
from offing.propose import encoder
from offing.propose.reading.layout import Zone, sentences

# The weight of a sentence by its zone: what follows the second paragraph is mostly the project's past.
_WEIGHTS = {Zone.TITLE: 1.0, Zone.LEAD: 1.0, Zone.SECOND: 0.5, Zone.BODY: 0.25, Zone.TAIL: 0.25}
MOST = 4  # sentences that make up the whole: eight recall later news no better, at twice the cost


def article_vectors(article: Article, meaning: Meaning | None) -> tuple[Floats, Floats] | None:
    """The vectors of an article's first sentences, a row each, and their weighted mean, of length 1.

    None without a model or an encoder.
    """
    first = sentences(article)[:MOST]
    if meaning is None or not first or not encoder.is_there():
        return None
    rows = encoder.vectors_of([article.text[sentence.start : sentence.end] for sentence in first])
    vectors = meaning.centred(rows, article.language)
    return vectors, unit(mean_of([sentence.zone for sentence in first], vectors))


def mean_of(zones: Sequence[Zone], vectors: Floats) -> Floats:
    """The vector of a text: the mean of its sentences' vectors, weighted by zone."""
    weights = np.array([_WEIGHTS[zone] for zone in zones], np.float32)
    mean: Floats = np.average(vectors, axis=0, weights=weights).astype(np.float32)
    return mean


def sector_shares(embedding: Floats, meaning: Meaning) -> Floats:
    """The probability of each sector for a text, from its vector."""
    shares: Floats = meaning.sector.of(embedding[np.newaxis])[0]
    return shares
