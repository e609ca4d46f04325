"""Trains what texts mean as wholes: `config/models/meaning.npz`, the means of languages and a reading of sectors.

    python -m training.meaning.gist            only measure, with each brief left out once
    python -m training.meaning.gist --write    and write the model

A multinomial logistic regression (scikit-learn, L2, deterministic) over the mean vector of a text's first sentences,
learned from marked passages and from annotated articles of one project.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from offing.config.weights.meaning import meaning_arrays
from offing.model.reading.meaning import EmbeddingClassifier, Meaning
from offing.model.values.floats import Floats
from offing.propose.reading.layout import Zone, sentences
from offing.propose.recall.embedding import mean_of
from offing.services.analysis.analyst import load_analyst
from training.data.articles import annotated
from training.data.passages import passages
from training.data.vectors import Example, Vectors
from training.fusion.tables import should_write
from training.metrics import note

MODEL = Path(__file__).parents[2] / "config/models/meaning.npz"
FREEDOM = 20.0  # the inverse of the L2 penalty: the best of 3 to 30 over left-out briefs
Text = tuple[str, str, str, tuple[str, ...], tuple[Zone, ...]]  # brief, language, sector, sentences and their zones


def main() -> None:
    """Measure, and write where asked to."""
    write = should_write(__doc__)
    texts = [*_passages(), *_articles()]
    known = Vectors(sentence for text in texts for sentence in text[3])
    centres = _centres(texts, known)
    examples = [_example(text, known, centres) for text in texts if text[2]]
    measured = _measured(examples)
    print(measured)
    note(examples=len(examples), measured=measured)
    if write:
        arrays: dict[str, Any] = {**meaning_arrays(Meaning(_learned(examples), centres))}
        np.savez_compressed(MODEL, **arrays)
        print(f"{MODEL}: {len(examples)} texts, {MODEL.stat().st_size // 1024} kB")


def _passages() -> Iterator[Text]:
    for passage in passages():
        zones = tuple(sentence.zone for sentence in sentences(passage.article))
        yield passage.brief, passage.article.language, passage.row["sec"], passage.sentences, zones


def _articles() -> Iterator[Text]:
    for each in annotated(load_analyst(None)):
        zones = tuple(sentence.zone for sentence in each.first)
        yield each.source, each.article.language, each.project.get("sector") or "", each.texts, zones


def _centres(texts: Sequence[Text], known: Vectors) -> dict[str, Floats]:
    """Return the mean vector of the sentences of each language, and of all languages."""
    by_language: dict[str, list[Floats]] = {}
    for _, language, _, own, _ in texts:
        by_language.setdefault(language, []).append(known.of(own))
    centres = {language: np.concatenate(found).mean(axis=0) for language, found in by_language.items()}
    return {"": np.mean(list(centres.values()), axis=0), **centres}


def _example(text: Text, known: Vectors, centres: dict[str, Floats]) -> Example:
    brief, language, sector, own, zones = text
    plain = Meaning(EmbeddingClassifier((), np.zeros((0, 0), np.float32), np.zeros(0, np.float32)), centres)
    return Example(mean_of(zones, plain.centred(known.of(own), language)), sector, brief)


def _learned(examples: Sequence[Example]) -> EmbeddingClassifier:
    model = LogisticRegression(C=FREEDOM, max_iter=400)
    model.fit(np.stack([example.vector for example in examples]), [example.value for example in examples])
    weights, bias = (array.astype(np.float32) for array in (model.coef_, model.intercept_))
    return EmbeddingClassifier(tuple(map(str, model.classes_)), weights, bias)


def _measured(examples: Sequence[Example]) -> str:
    right = {}
    for brief in sorted({example.brief for example in examples}):
        left = [example for example in examples if example.brief == brief]
        reading = _learned([example for example in examples if example.brief != brief])
        said = reading.of(np.stack([example.vector for example in left])).argmax(axis=1)
        right[brief] = sum(reading.values[s] == e.value for s, e in zip(said, left, strict=True)) / len(left)
    return f"{sum(right.values()) / len(right):.3f} of sectors over {len(right)} briefs"


if __name__ == "__main__":
    main()
