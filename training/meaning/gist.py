"""Train the model of text embeddings, `config/models/meaning.npz`: language centroids and a sector classifier.

    python -m training.meaning.gist            only cross-validate, holding out one brief at a time
    python -m training.meaning.gist --write    also write the model

The classifier is a multinomial logistic regression (scikit-learn, L2, deterministic) over the mean embedding of a
text's first sentences, trained on marked passages and on annotated articles on one project.
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
INVERSE_L2 = 20.0  # the inverse of the L2 penalty: the best of 3 to 30 over held-out briefs
Text = tuple[str, str, str, tuple[str, ...], tuple[Zone, ...]]  # brief, language, sector, sentences, their zones


def main() -> None:
    """Cross-validate, and write the model if `--write` is given."""
    write = should_write(__doc__)
    texts = [*_passages(), *_articles()]
    known = Vectors(sentence for text in texts for sentence in text[3])
    centres = _centres(texts, known)
    examples = [_example(text, known, centres) for text in texts if text[2]]
    measured = _measured(examples)
    print(measured)
    note(examples=len(examples), measured=measured)
    if write:
        arrays: dict[str, Any] = {**meaning_arrays(Meaning(_fitted(examples), centres))}
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
    """Return the mean sentence embedding of each language, and their mean under "", each of shape `(384,)`."""
    by_language: dict[str, list[Floats]] = {}
    for _, language, _, own, _ in texts:
        by_language.setdefault(language, []).append(known.of(own))
    centres = {language: np.concatenate(found).mean(axis=0) for language, found in by_language.items()}
    return {"": np.mean(list(centres.values()), axis=0), **centres}


def _example(text: Text, known: Vectors, centres: dict[str, Floats]) -> Example:
    brief, language, sector, own, zones = text
    plain = Meaning(EmbeddingClassifier((), np.zeros((0, 0), np.float32), np.zeros(0, np.float32)), centres)
    return Example(mean_of(zones, plain.centred(known.of(own), language)), sector, brief)


def _fitted(examples: Sequence[Example]) -> EmbeddingClassifier:
    model = LogisticRegression(C=INVERSE_L2, max_iter=400)
    model.fit(np.stack([example.vector for example in examples]), [example.value for example in examples])
    weights, bias = (array.astype(np.float32) for array in (model.coef_, model.intercept_))
    return EmbeddingClassifier(tuple(map(str, model.classes_)), weights, bias)


def _measured(examples: Sequence[Example]) -> str:
    accuracy = {}
    for brief in sorted({example.brief for example in examples}):
        held_out = [example for example in examples if example.brief == brief]
        classifier = _fitted([example for example in examples if example.brief != brief])
        predicted = classifier.of(np.stack([example.vector for example in held_out])).argmax(axis=1)
        hits = sum(classifier.values[s] == e.value for s, e in zip(predicted, held_out, strict=True))
        accuracy[brief] = hits / len(held_out)
    return f"{sum(accuracy.values()) / len(accuracy):.3f} of sectors over {len(accuracy)} briefs"


if __name__ == "__main__":
    main()
