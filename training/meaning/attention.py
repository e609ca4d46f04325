"""Trains attention over the pieces of texts: which of them tell a sector, a status, a mode, a record type, a project.

Adam with decoupled weight decay over mini-batches (NumPy, seeded), pieces left out at random (dropout). The number of
looks and steps and what is left out are the best of a few over left-out briefs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np
from threadpoolctl import threadpool_limits

from offing.model.article import Article
from offing.model.attention import Attention, Pieces, shares
from offing.model.floats import Floats
from offing.model.meaning import Meaning
from offing.propose.doubt import READING
from offing.propose.layout import Sentence, sentences
from offing.propose.meaning import MOST, ZONE_ROWS, mean_of, pieces_of
from training.data.articles import Annotated
from training.data.passages import Passage
from training.data.vectors import Example, States, Vectors

FIELDS = {"sector": "sec", "status": "st", "mode": "mo", "record_type": "rt"}  # with their keys in passages
LOOKS, BATCH = 8, 64
SEEDS = (0, 1)  # of the attentions to a field that ship as one: what one learned by chance, the other hardly did
RATE, DROPPED = 3e-3, 0.4
# How much wider than its parameters each part of the sum is: the wider, the larger a step of the same size.
ASKING, SEEING, WHOLE = 4.0, 2.0, 3.0
_FIRST, _SECOND, _TINY = 0.9, 0.999, 1e-8  # of Adam
Parameters = dict[str, np.ndarray]


@dataclass(frozen=True, slots=True)
class Course:
    """How an attention learns: in how many steps, and how much of its parameters decays in each."""

    steps: int = 1800
    decay: float = 0.5


COURSES = {READING: Course(steps=2400)}  # half as many texts again teach whether one reports a project
Task = tuple[str, frozenset[str], int]  # a field, the briefs that are left out, and the seed of its chance


@dataclass(frozen=True, slots=True)
class Read:
    """A text to learn from: its pieces, the mean of its sentences, the value that is right, and who wrote it."""

    pieces: Pieces
    example: Example


def taught(texts: Iterable[Text], known: tuple[Vectors, States], plain: Meaning) -> dict[str, list[Read]]:
    """What attention to each field learns from.

    Args:
        texts: of passages and articles.
        known: the vectors of their sentences, and the pieces of these.
        plain: the centres alone.
    """
    found: dict[str, list[Read]] = {}
    for text in texts:
        vectors = plain.centred(known[0].of(text.texts), text.article.language)
        zones = [sentence.zone for sentence in text.first]
        pieces = pieces_of(known[1].of(text.texts), zones, plain, text.article.language)
        kept = Pieces(pieces.states.astype(np.float16), pieces.zones)
        for field, value in text.right.items():
            read = Read(kept, Example(mean_of(zones, vectors), value, text.brief))
            found.setdefault(field, []).append(read)
    return found


def piece_centres_of(every: Sequence[Passage], states: States) -> dict[str, Floats]:
    """The mean of the pieces of a sentence, averaged over the passages of each language, and over all languages."""
    by_language: dict[str, list[Floats]] = {}
    for passage in every:
        means = [each.astype(np.float32).mean(axis=0) for each in states.of(passage.sentences)]
        by_language.setdefault(passage.article.language, []).extend(means)
    centres = {language: np.mean(found, axis=0) for language, found in by_language.items()}
    return {"": np.mean(list(centres.values()), axis=0), **centres}


@dataclass(frozen=True, slots=True)
class Text:
    """A text, its first sentences, what is right of it by field, and who wrote it."""

    article: Article
    first: Sequence[Sentence]
    right: Mapping[str, str]
    brief: str

    @property
    def texts(self) -> list[str]:
        """The texts of its first sentences."""
        return [self.article.text[sentence.start : sentence.end] for sentence in self.first]


def texts_of(every: Iterable[Passage], articles: Iterable[Annotated]) -> Iterator[Text]:
    """What passages and articles of one project teach of its fields."""
    yield from map(_of_passage, every)
    yield from map(_of_article, articles)


def _of_passage(passage: Passage) -> Text:
    right = {field: passage.row[key] for field, key in FIELDS.items()}
    return Text(passage.article, list(sentences(passage.article))[:MOST], right, passage.brief)


def _of_article(each: Annotated) -> Text:
    right = {field: each.project[field] for field in FIELDS if each.project.get(field)}
    return Text(each.article, each.first, right, each.source)


def learned_without(
    texts: Mapping[str, list[Read]], parts: Sequence[frozenset[str]], seeds: Sequence[int] = SEEDS[:1]
) -> list[dict[str, Attention]]:
    """The attentions to all fields that have learned nothing from some briefs, for each part of those.

    Args:
        texts: what each field learns from.
        parts: the briefs that are left out, each part at once.
        seeds: of as many attentions to each field, which are joined.
    """
    tasks = [(field, part, seed) for part in parts for field in texts for seed in seeds]
    _texts.update(texts)
    with ProcessPoolExecutor(mp_context=get_context("fork")) as pool:  # the texts take too long to send
        found = dict(zip(tasks, pool.map(_learned, tasks), strict=True))
    return [{field: joined([found[field, part, seed] for seed in seeds]) for field in texts} for part in parts]


_texts: dict[str, list[Read]] = {}


def _learned(task: Task) -> Attention:
    field, left_out, seed = task
    with threadpool_limits(1):
        texts = [text for text in _texts[field] if text.example.brief not in left_out]
        return learned(texts, COURSES.get(field, Course()), seed)


def learned(texts: Sequence[Read], course: Course, seed: int = SEEDS[0]) -> Attention:
    """The attention that tells the values of texts best."""
    values = tuple(sorted({text.example.value for text in texts}))
    chance = np.random.default_rng(seed)
    parameters = _start(chance, len(texts[0].example.vector), len(values))
    moments = {name: (np.zeros_like(p), np.zeros_like(p)) for name, p in parameters.items()}
    for step, batch in enumerate(_batches(chance, len(texts), course.steps)):
        slopes = slopes_of(parameters, [_dropped(chance, texts[each]) for each in batch], values)
        _move(parameters, moments, slopes, (course, step))
    return attention_of(values, parameters)


def joined(attentions: Sequence[Attention]) -> Attention:
    """One attention with the looks of all, whose log-odds are the mean of theirs."""
    first, share = attentions[0], np.float32(1 / len(attentions))
    return Attention(
        first.values,
        queries=np.concatenate([each.queries for each in attentions], axis=1),
        zones=np.concatenate([each.zones for each in attentions], axis=1),
        seen=share * np.concatenate([each.seen for each in attentions]),
        whole=share * np.sum([each.whole for each in attentions], axis=0),
        bias=share * np.sum([each.bias for each in attentions], axis=0),
    )


def attention_of(values: tuple[str, ...], parameters: Parameters) -> Attention:
    """Parameters as what is read with."""
    return Attention(
        values,
        queries=(ASKING * parameters["queries"]).astype(np.float32),
        zones=parameters["zones"].astype(np.float32),
        seen=(SEEING * parameters["seen"]).astype(np.float32),
        whole=(WHOLE * parameters["whole"]).astype(np.float32),
        bias=parameters["bias"].astype(np.float32),
    )


def slopes_of(parameters: Parameters, batch: Sequence[Read], values: Sequence[str]) -> Parameters:
    """How the mean loss (the negative logarithm of the right value's share) grows with each parameter."""
    attention = attention_of(tuple(values), parameters)
    slopes = {name: np.zeros_like(p) for name, p in parameters.items()}
    for text in batch:
        states, zones, mean = text.pieces.states, text.pieces.zones, text.example.vector
        asked = shares(states @ attention.queries + attention.zones[zones])
        looks = asked.T @ states
        odds = np.einsum("ld,ldv->v", looks, attention.seen) + mean @ attention.whole + attention.bias
        wrong = shares(odds) / len(batch)
        wrong[values.index(text.example.value)] -= 1 / len(batch)
        seen = attention.seen @ wrong
        told = states @ seen.T
        asking = asked * (told - (asked * told).sum(axis=0))
        slopes["queries"] += ASKING * (states.T @ asking)
        np.add.at(slopes["zones"], zones, asking)
        slopes["seen"] += SEEING * looks[:, :, np.newaxis] * wrong
        slopes["whole"] += WHOLE * mean[:, np.newaxis] * wrong
        slopes["bias"] += wrong
    return slopes


def _start(chance: np.random.Generator, dimensions: int, values: int) -> Parameters:
    return {
        "queries": chance.normal(size=(dimensions, LOOKS)).astype(np.float32),
        "zones": np.zeros((len(set(ZONE_ROWS.values())), LOOKS), np.float32),
        "seen": (0.02 * chance.normal(size=(LOOKS, dimensions, values))).astype(np.float32),
        "whole": np.zeros((dimensions, values), np.float32),
        "bias": np.zeros(values, np.float32),
    }


def _batches(chance: np.random.Generator, count: int, steps: int) -> Iterator[np.ndarray]:
    """Parts of shuffled texts, as many as there are steps."""
    order = np.array([], int)
    for _ in range(steps):
        if len(order) < BATCH:
            order = np.concatenate([order, chance.permutation(count)])
        yield order[:BATCH]
        order = order[BATCH:]


def _dropped(chance: np.random.Generator, text: Read) -> Read:
    """A text without some of its pieces."""
    kept = chance.random(len(text.pieces.zones)) >= DROPPED
    if not kept.any():
        return text
    return Read(Pieces(text.pieces.states[kept].astype(np.float32), text.pieces.zones[kept]), text.example)


def _move(
    parameters: Parameters,
    moments: dict[str, tuple[np.ndarray, np.ndarray]],
    slopes: Parameters,
    now: tuple[Course, int],
) -> None:
    """One step of Adam, the shorter the nearer the end."""
    course, step = now
    rate = RATE * (1 + np.cos(np.pi * step / course.steps)) / 2
    for name, slope in slopes.items():
        first, second = moments[name]
        first += (1 - _FIRST) * (slope - first)
        second += (1 - _SECOND) * (slope**2 - second)
        moved = first / (1 - _FIRST ** (step + 1)) / (np.sqrt(second / (1 - _SECOND ** (step + 1))) + _TINY)
        parameters[name] -= (rate * (moved + course.decay * parameters[name])).astype(np.float32)
