"""Trains the readings of what sentences mean: `config/models/meaning.npz`.

    python training/meaning.py --write             train on all passages
    python training/meaning.py --cross-validate    only measure, with each writer left out once

Multinomial logistic regressions (scikit-learn, L2, deterministic) over the vectors of sentences that
`offing.propose.encoder` gives. Of a passage as a whole they learn sector, status, mode and record type, of single
sentences whether they tell the status or a worry and which, and of the firms and sums in them role and kind.
They learn from marked passages, texts as wholes also from the annotated articles that have been read; writers are left
out one at a time to measure what an article of another one may expect.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from articles import Annotated, annotated
from passages import Passage, holds, passages
from sklearn.linear_model import LogisticRegression

from offing.model.meaning import Floats, Meaning
from offing.propose.encoder import vectors_of
from offing.propose.layout import sentences
from offing.propose.meaning import NOTHING, mean_of

ROOT = Path(__file__).parents[1]
MODEL = ROOT / "config/models/meaning.npz"
# How little each reading is held back, the inverse of the L2 penalty: the best of 3 to 30 over left-out writers.
FREEDOM = {"status": 20.0, "sector": 20.0, "mode": 20.0, "record_type": 20.0, "status_told": 5.0, "concern": 10.0}
FREEDOM |= {"role": 5.0, "kind": 5.0}
_OF_PASSAGE = {"status": "st", "sector": "sec", "mode": "mo", "record_type": "rt"}
_TAGS = {"firm": "role", "amt": "kind"}


@dataclass(frozen=True, slots=True)
class Example:
    """A vector, the value that is right for it, and who wrote it."""

    vector: Floats
    value: str
    writer: str


def main() -> None:
    """Train or measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write the model")
    parser.add_argument("--cross-validate", action="store_true", help="leave out each writer once")
    given = parser.parse_args()
    every, articles = list(passages()), list(annotated())
    vectors = [vectors_of(each.sentences) for each in every]
    centres = _centres(every, vectors)
    plain = Meaning({}, centres)
    pairs = zip(every, vectors, strict=True)
    examples = _examples(every, [plain.centred(found, passage.article.language) for passage, found in pairs])
    for name, example in _of_articles(articles, plain):
        examples[name].append(example)
    for name, found in examples.items():
        if given.cross_validate:
            print(f"{name:12} {_measured(found, FREEDOM[name])}")
    if given.write:
        arrays = {f"centre.{language}": centre for language, centre in centres.items()}
        for name, found in examples.items():
            arrays |= _trained(name, found, FREEDOM[name])
        np.savez_compressed(MODEL, **arrays)
        learned = f"{len(every)} passages and {len(articles)} articles"
        print(f"{MODEL}: {', '.join(examples)} from {learned}, {MODEL.stat().st_size // 1024} kB")


def _centres(every: list[Passage], vectors: list[Floats]) -> dict[str, Floats]:
    by_language: dict[str, list[Floats]] = {}
    for passage, found in zip(every, vectors, strict=True):
        by_language.setdefault(passage.article.language, []).append(found)
    centres = {language: np.concatenate(found).mean(axis=0) for language, found in by_language.items()}
    return {"": np.mean(list(centres.values()), axis=0), **centres}


def _examples(every: list[Passage], vectors: list[Floats]) -> dict[str, list[Example]]:
    examples: dict[str, list[Example]] = {name: [] for name in FREEDOM}
    for passage, found in zip(every, vectors, strict=True):
        mean = mean_of([sentence.zone for sentence in sentences(passage.article)], found)
        for name, key in _OF_PASSAGE.items():
            examples[name].append(Example(mean, passage.row[key], passage.writer))
        for name, example in _of_sentences(passage, found, mean):
            examples[name].append(example)
    return examples


def _of_sentences(passage: Passage, found: Floats, mean: Floats) -> Iterator[tuple[str, Example]]:
    for sentence, text, vector in zip(sentences(passage.article), passage.sentences, found, strict=True):
        told = passage.row["st"] if holds(text, passage.row["sw"]) else NOTHING
        yield "status_told", Example(vector, told, passage.writer)
        worries = {kind for kind, words in passage.row["cw"] if holds(text, [words])}
        for worry in worries or {NOTHING}:
            yield "concern", Example(vector, worry, passage.writer)
        for mark in passage.marks:
            name, _, value = mark.tag.partition(":")
            if name in _TAGS and sentence.start <= mark.start < sentence.end:
                yield _TAGS[name], Example(np.concatenate([vector, mean]), value, passage.writer)


def _of_articles(articles: list[Annotated], plain: Meaning) -> Iterator[tuple[str, Example]]:
    """What annotated articles teach; their annotations do not say which sentence tells a status."""
    for each in articles:
        found = plain.centred(vectors_of(each.sentences), each.language)
        mean = mean_of(each.zones, found)
        for name in _OF_PASSAGE:
            if each.project.get(name):
                yield name, Example(mean, each.project[name], each.source)
        for text, vector in zip(each.sentences, found, strict=True):
            for name, value in _of_sentence(each, text):
                whole = vector if name == "concern" else np.concatenate([vector, mean])
                yield name, Example(whole, value, each.source)


def _of_sentence(each: Annotated, text: str) -> Iterator[tuple[str, str]]:
    """The roles, kinds of sums and worries that are annotated in a sentence."""
    for field, key, name in (("firms", "role", "role"), ("amounts", "kind", "kind")):
        for value in each.project[field]:
            if value["as_written"] in text:
                yield name, value[key]
    if "concerns" in each.project:
        worries = {value["kind"] for value in each.project["concerns"] if holds(text, [value["as_written"]])}
        for worry in worries or {NOTHING}:
            yield "concern", worry


def _fitted(examples: list[Example], freedom: float) -> LogisticRegression:
    model = LogisticRegression(C=freedom, max_iter=400)
    return model.fit(np.stack([e.vector for e in examples]), [e.value for e in examples])


def _trained(name: str, examples: list[Example], freedom: float) -> dict[str, np.ndarray]:
    model = _fitted(examples, freedom)
    weights, bias = model.coef_.astype(np.float16), model.intercept_.astype(np.float32)
    return {f"{name}.values": model.classes_.astype(str), f"{name}.weights": weights, f"{name}.bias": bias}


def _measured(examples: list[Example], freedom: float) -> str:
    right = {}
    for writer in sorted({example.writer for example in examples}):
        left = [example for example in examples if example.writer == writer]
        model = _fitted([example for example in examples if example.writer != writer], freedom)
        said = model.predict(np.stack([e.vector for e in left]))
        right[writer] = sum(s == e.value for s, e in zip(said, left, strict=True)) / len(left)
    told = " ".join(f"{writer} {share:.2f}" for writer, share in right.items())
    return f"{sum(right.values()) / len(right):.3f} ({told})"


if __name__ == "__main__":
    main()
