"""Trains the readings of what sentences mean: `config/models/meaning.npz`.

    python -m training.meaning.readings --write             train on all passages
    python -m training.meaning.readings --cross-validate    only measure, with each brief left out once

Multinomial logistic regressions (scikit-learn, L2, deterministic) over the vectors of sentences that
`offing.propose.encoder` gives. Of a passage as a whole they learn sector, status,
mode and record type, of single sentences whether they tell the status or a worry and which, and of firms and sums
where they stand role and kind; of all texts, near misses too, whether they report a project at all, and of titles
whether they are of several. They learn from marked passages, texts as wholes also from the annotated articles that
have been read; briefs are left out one at a time to measure what an article of another one may expect. Beside
whatever may be a party, body, sum, size or place of the project they learn whether it is, from its sentence and its
mention in it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from offing.config.meaning import attention_arrays, centre_arrays
from offing.model.article import Article
from offing.model.floats import Floats
from offing.model.meaning import Meaning, Reading, unit
from offing.propose.border_signs import SEVERAL
from offing.propose.doubt import READING
from offing.propose.fusion import KIND, ROLE
from offing.propose.layout import Sentence, sentences
from offing.propose.likely import named
from offing.propose.meaning import MOST, NO, NOTHING, YES, mean_of
from offing.steps.analyst import load_analyst
from training.data.articles import BRIEFS, Annotated, all_articles
from training.data.mentions import mention_examples
from training.data.passages import Passage, all_passages, holds, passages
from training.data.studied import CHOSEN, Studied, count_of, studied
from training.data.vectors import Example, States, Vectors
from training.meaning.attention import FIELDS, SEEDS, Text, learned_without, piece_centres_of, taught
from training.meaning.attention import texts_of as project_texts
from training.meaning.standing import standing_examples
from training.metrics import note

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "config/models/meaning.npz"
# How little each reading is held back, the inverse of the L2 penalty: the best of 3 to 30 over left-out briefs.
FREEDOM = {"status": 20.0, "sector": 20.0, "mode": 20.0, "record_type": 20.0, "status_told": 5.0, "concern": 10.0}
FREEDOM[READING] = 3.0
FREEDOM[SEVERAL] = 1.0
FREEDOM |= {ROLE: 1.0, KIND: 1.0} | dict.fromkeys(CHOSEN, 3.0)
NAMED = dict.fromkeys(map(named, CHOSEN), 0.3)  # articles of which no rule was made count thrice here


@dataclass(frozen=True, slots=True)
class Whole:
    """A text as a whole: its article, its first sentences, whether it tells of a project, and who wrote it."""

    article: Article
    first: tuple[Sentence, ...]
    is_relevant: bool
    brief: str

    @property
    def texts(self) -> list[str]:
        """The texts of its first sentences."""
        return [self.article.text[sentence.start : sentence.end] for sentence in self.first]

    @property
    def taught(self) -> Text:
        """What it teaches of texts that report a project."""
        return Text(self.article, self.first[:MOST], {READING: self.right}, self.brief)

    @property
    def right(self) -> str:
        """Whether it tells of a project, as a value of the reading."""
        return YES if self.is_relevant else NO


def main() -> None:
    """Train or measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write the model")
    parser.add_argument("--cross-validate", action="store_true", help="leave out each brief once")
    given = parser.parse_args()
    every, articles = list(passages()), studied()
    wholes = [*of_passages(), *of_articles()]
    known = Vectors([*texts_of(every, articles), *titles(), *(text for whole in wholes for text in whole.texts)])
    centres = centres_of(every, known)
    examples = examples_of(every, articles, known, Meaning({}, centres))
    examples |= mention_examples(every, articles)
    examples |= standing_examples(every, articles, known, Meaning({}, centres))
    examples[SEVERAL] = list(of_titles(known, Meaning({}, centres)))
    examples[READING] = [_of_whole(whole, known, Meaning({}, centres)) for whole in wholes]
    for name, found in examples.items():
        measured = _measured(name, found) if given.cross_validate else "only by --cross-validate"
        note(**{name: {"examples": len(found), "left_out": "each brief once", "measured": measured}})
        if given.cross_validate:
            print(f"{name:12} {measured}")
    if given.write:
        arrays = {**centre_arrays(centres), **_attentions(every, articles, wholes, (known, centres))}
        for name, found in examples.items():
            arrays |= trained(name, found)
        np.savez_compressed(MODEL, allow_pickle=False, **arrays)
        learned = f"{len(every)} passages and {len(articles)} articles"
        print(f"{MODEL}: {', '.join(examples)} from {learned}, {MODEL.stat().st_size // 1024} kB")


def _attentions(
    every: list[Passage], articles: list[Studied], wholes: list[Whole], known: tuple[Vectors, dict[str, Floats]]
) -> dict[str, np.ndarray]:
    """The arrays of the attentions, and of the means of pieces that they take away."""
    vectors, centres = known
    states = States([*first_texts(every, articles), *(text for whole in wholes for text in whole.texts)])
    piece_centres = piece_centres_of(every, states)
    texts = [*project_texts(every, [e.annotated for e in articles]), *(whole.taught for whole in wholes)]
    reads = taught(texts, (vectors, states), Meaning({}, centres, {}, piece_centres))
    (found,) = learned_without({field: reads[field] for field in FIELDS}, [frozenset()], SEEDS)
    (doubt,) = learned_without({READING: reads[READING]}, [frozenset()])
    arrays = centre_arrays(piece_centres, pieces=True)
    for field, attention in (found | doubt).items():
        arrays |= attention_arrays(field, attention)
    return arrays


def first_texts(every: list[Passage], articles: list[Studied]) -> Iterator[str]:
    """The first sentences of all texts, of whose pieces much is learned."""
    for passage in every:
        yield from passage.sentences
    for each in articles:
        yield from each.annotated.texts


def texts_of(every: list[Passage], articles: list[Studied]) -> Iterator[str]:
    """All sentences of which vectors are needed."""
    for passage in every:
        yield from passage.sentences
    for each in articles:
        yield from (*each.annotated.texts, *each.texts)


def titles() -> Iterator[str]:
    """The titles of the articles that are annotated in full."""
    yield from (each.article.title for each in all_articles(load_analyst(None)) if each.is_full and each.article.title)


def of_titles(known: Vectors, plain: Meaning) -> Iterator[Example]:
    """What those titles teach of whether one is of several projects."""
    for each in all_articles(load_analyst(None)):
        if each.is_full and each.article.title:
            (vector,) = plain.centred(known.of([each.article.title]), each.article.language)
            yield Example(vector, YES if len(each.projects) > 1 else NO, each.source)


def of_passages() -> Iterator[Whole]:
    """All passages, near misses too."""
    for passage in all_passages():
        yield Whole(passage.article, tuple(sentences(passage.article)), passage.is_relevant, passage.brief)


def of_articles() -> Iterator[Whole]:
    """All annotated articles, those that tell of no project too."""
    for each in all_articles(load_analyst(None)):
        yield Whole(each.article, each.first, each.is_relevant, BRIEFS.get(each.source, each.source))


def _of_whole(whole: Whole, known: Vectors, plain: Meaning) -> Example:
    vectors = plain.centred(known.of(whole.texts), whole.article.language)
    mean = unit(mean_of([sentence.zone for sentence in whole.first], vectors))
    return Example(mean, whole.right, whole.brief)


def centres_of(every: list[Passage], known: Vectors) -> dict[str, Floats]:
    """The mean vector of the passages of each language, and of all languages."""
    by_language: dict[str, list[Floats]] = {}
    for passage in every:
        by_language.setdefault(passage.article.language, []).append(known.of(passage.sentences))
    centres = {language: np.concatenate(found).mean(axis=0) for language, found in by_language.items()}
    return {"": np.mean(list(centres.values()), axis=0), **centres}


def examples_of(
    every: list[Passage], articles: list[Studied], known: Vectors, plain: Meaning
) -> dict[str, list[Example]]:
    """What each reading learns from.

    Args:
        every: the passages.
        articles: the articles.
        known: their vectors.
        plain: the centres alone.
    """
    examples: dict[str, list[Example]] = {name: [] for name in FREEDOM if name not in (ROLE, KIND)}
    for passage in every:
        found = plain.centred(known.of(passage.sentences), passage.article.language)
        for name, example in _of_passage(passage, found):
            examples[name].append(example)
    for each in articles:
        found = plain.centred(known.of(each.annotated.texts), each.annotated.article.language)
        for name, example in _of_article(each.annotated, found):
            examples[name].append(example)
        for name, example in _of_choices(each, known, plain):
            examples[name].append(example)
    return examples


def _of_passage(passage: Passage, found: Floats) -> Iterator[tuple[str, Example]]:
    mean = mean_of([sentence.zone for sentence in sentences(passage.article)], found)
    for name, key in FIELDS.items():
        yield name, Example(mean, passage.row[key], passage.brief)
    yield from _of_sentences(passage, found)


def _of_sentences(passage: Passage, found: Floats) -> Iterator[tuple[str, Example]]:
    for text, vector in zip(passage.sentences, found, strict=True):
        told = passage.row["st"] if holds(text, passage.row["sw"]) else NOTHING
        yield "status_told", Example(vector, told, passage.brief)
        worries = {kind for kind, words in passage.row["cw"] if holds(text, [words])}
        for worry in worries or {NOTHING}:
            yield "concern", Example(vector, worry, passage.brief)


def _of_article(each: Annotated, found: Floats) -> Iterator[tuple[str, Example]]:
    """What an annotated article teaches; its annotation does not say which sentence tells a status."""
    mean = mean_of([sentence.zone for sentence in each.first], found)
    for name in FIELDS:
        if each.project.get(name):
            yield name, Example(mean, each.project[name], each.source)


def _of_choices(each: Studied, known: Vectors, plain: Meaning) -> Iterator[tuple[str, Example]]:
    """What sentences that are heard teach of worries, and of what may be the project's."""
    heard = each.heard(plain, known.of(each.texts))
    for place, kind in each.worries():
        yield "concern", Example(heard.vectors[place], kind, each.source)
    for field in CHOSEN:
        for group in (signed.group for signed in each.signed(field)):
            right = YES if each.is_right(field, group) else NO
            for vector in heard.beside_vectors([line for _, line, _ in group.votes]):
                yield field, Example(vector, right, each.source)


def trained(name: str, examples: list[Example]) -> dict[str, np.ndarray]:
    """The arrays of one reading."""
    counts = [count_of(example.brief) if name in NAMED else 1.0 for example in examples]
    values, weights, bias = _learned(examples, (FREEDOM | NAMED)[name], counts)
    return {
        f"{name}.values": values.astype(str),
        f"{name}.weights": weights.astype(np.float16),
        f"{name}.bias": bias.astype(np.float32),
    }


def _learned(examples: list[Example], freedom: float, counts: list[float]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The values of a reading, and a row of weights and a bias for each."""
    model = LogisticRegression(C=freedom, max_iter=400)
    shares = np.array(counts) / np.mean(counts)
    model.fit(np.stack([e.vector for e in examples]), [e.value for e in examples], sample_weight=shares)
    weights, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        weights, bias = (np.concatenate([-half, half]) for half in (weights / 2, bias / 2))
    return model.classes_, weights, bias


def reading_of(name: str, examples: list[Example]) -> Reading:
    """A reading that has learned from some examples."""
    arrays = trained(name, examples)
    values, weights, bias = (arrays[f"{name}.{part}"] for part in ("values", "weights", "bias"))
    return Reading(tuple(map(str, values)), weights.astype(np.float32), bias)


def _measured(name: str, examples: list[Example]) -> str:
    right = {}
    for brief in sorted({example.brief for example in examples}):
        left = [example for example in examples if example.brief == brief]
        reading = reading_of(name, [example for example in examples if example.brief != brief])
        said = reading.of(np.stack([e.vector for e in left])).argmax(axis=1)
        right[brief] = sum(reading.values[s] == e.value for s, e in zip(said, left, strict=True)) / len(left)
    told = " ".join(f"{brief} {share:.2f}" for brief, share in right.items())
    return f"{sum(right.values()) / len(right):.3f} ({told})"


if __name__ == "__main__":
    main()
