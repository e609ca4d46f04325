"""What a text means as a whole: the mean of its first sentences, and how likely each sector is by it."""

from __future__ import annotations

import numpy as np
import pytest

from offing.model.reading.meaning import EmbeddingClassifier, Meaning
from offing.model.sources.article import Article
from offing.propose import encoder
from offing.propose.reading.layout import Zone
from offing.propose.recall.embedding import MOST, article_vectors, mean_of, sector_shares

needs_encoder = pytest.mark.skipif(not encoder.is_there(), reason="no encoder: its weights are not installed here")
WIDTH = 384
READING = EmbeddingClassifier(("energy", "water"), np.eye(2, WIDTH, dtype=np.float32), np.zeros(2, np.float32))
MEANING = Meaning(READING, {"": np.zeros(WIDTH, np.float32)})
ARTICLE = Article(1, "A dam opens", tuple(f"Turbine {number} runs." for number in range(12)), "en")


def test_title_and_lead_say_most_of_a_text() -> None:
    """What stands far down is mostly another project or the past of this one."""
    vectors = np.array([[1, 0], [0, 1]], np.float32)
    assert np.allclose(mean_of([Zone.TITLE, Zone.BODY], vectors), [0.8, 0.2])
    assert np.allclose(mean_of([Zone.LEAD, Zone.SECOND], vectors), [2 / 3, 1 / 3])


def test_a_text_has_a_share_of_each_sector() -> None:
    """By where its vector points."""
    gist = np.zeros(WIDTH, np.float32)
    gist[1] = 1.0
    shares = sector_shares(gist, MEANING)
    assert shares.sum() == pytest.approx(1.0)
    assert shares[1] == pytest.approx(1 / (1 + np.exp(-1.0)))


@needs_encoder
def test_the_first_sentences_make_up_the_whole() -> None:
    """A row of length 1 for each of them, and one for the text; what follows changes nothing."""
    found = article_vectors(ARTICLE, MEANING)
    assert found is not None
    rows, gist = found
    assert rows.shape == (MOST, WIDTH)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-4)
    assert np.linalg.norm(gist) == pytest.approx(1.0, abs=1e-4)
    shorter = Article(1, ARTICLE.title, ARTICLE.paragraphs[:-1], "en")
    again = article_vectors(shorter, MEANING)
    assert again is not None
    assert np.array_equal(again[0], rows)


def test_without_a_model_or_a_text_there_is_none() -> None:
    """Nothing is encoded then."""
    assert article_vectors(ARTICLE, None) is None
    assert article_vectors(Article(1, "", (), "en"), MEANING) is None
