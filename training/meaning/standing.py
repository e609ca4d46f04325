"""What firms and sums teach where they stand: which role, which kind.

An example is a sentence that names one, the mean of its text beside it, and what the name or sum means there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from offing.model.floats import Floats
from offing.model.meaning import Meaning
from offing.propose.fusion import KIND, ROLE
from offing.propose.layout import sentences
from offing.propose.meaning import mean_of
from training.data.passages import Passage
from training.data.studied import Studied
from training.data.vectors import Example, Place, Vectors, vectors_around

_TAGS = {"firm": ROLE, "amt": KIND}  # in passages
_FIELDS = {"firms": ("role", ROLE), "amounts": ("kind", KIND)}  # in articles
Told = tuple[str, Floats, Place, str, str]  # the reading, sentence and mean, the mention, its value, who wrote it


def standing_examples(
    every: Sequence[Passage], articles: Sequence[Studied], known: Vectors, plain: Meaning
) -> dict[str, list[Example]]:
    """What the readings of roles and kinds learn from, by their names.

    Args:
        every: the passages.
        articles: the articles.
        known: the vectors of their sentences.
        plain: the centres alone.
    """
    told = [each for passage in every for each in _of_passage(passage, known, plain)]
    told += [each for article in articles for each in _of_article(article, known, plain)]
    examples: dict[str, list[Example]] = {ROLE: [], KIND: []}
    around = vectors_around([place for _, _, place, _, _ in told])
    for (name, beside, _, value, brief), vector in zip(told, around, strict=True):
        if vector is not None:
            examples[name].append(Example(np.concatenate([beside, vector]), value, brief))
    return examples


def _of_passage(passage: Passage, known: Vectors, plain: Meaning) -> Iterator[Told]:
    vectors = plain.centred(known.of(passage.sentences), passage.article.language)
    first = list(sentences(passage.article))
    mean = mean_of([sentence.zone for sentence in first], vectors)
    for sentence, text, vector in zip(first, passage.sentences, vectors, strict=True):
        for mark in passage.marks:
            tag, _, value = mark.tag.partition(":")
            if value and tag in _TAGS and sentence.start <= mark.start < sentence.end:
                place = text, mark.start - sentence.start, mark.end - sentence.start
                yield _TAGS[tag], np.concatenate([vector, mean]), place, value, passage.brief


def _of_article(each: Studied, known: Vectors, plain: Meaning) -> Iterator[Told]:
    annotated = each.annotated
    vectors = plain.centred(known.of(annotated.texts), annotated.article.language)
    mean = mean_of([sentence.zone for sentence in annotated.first], vectors)
    for text, vector in zip(annotated.texts, vectors, strict=True):
        for field, (key, name) in _FIELDS.items():
            for value in annotated.project[field]:
                start = text.find(value["as_written"])
                if start >= 0 and value.get(key):
                    place = text, start, start + len(value["as_written"])
                    yield name, np.concatenate([vector, mean]), place, value[key], each.source
