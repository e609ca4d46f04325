"""Measures today's heads on a frozen encoder on the same left-out briefs, learned from the same texts.

    python -m training.reader.baseline --run FOLDER     writes baseline.json there

Attentions and regressions are those of `training/meaning/readings.py` with the briefs of `STOPPING` and `REPORTED`
left out. Fields are read of each annotated project: of a text's first sentences where it has one, else of those that
are its own.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from offing.model.attention import Attention
from offing.model.floats import Floats
from offing.model.meaning import Meaning
from offing.propose.doubt import READING
from offing.propose.fusion import KIND, ROLE
from offing.propose.layout import Sentence, sentences
from offing.propose.meaning import MOST, NO, NOTHING, YES
from training.data.passages import passages
from training.data.vectors import Example, States, Vectors, vectors_around
from training.meaning.attention import SEEDS, Read, learned_without, piece_centres_of, taught
from training.meaning.attention import Text as Taught
from training.meaning.readings import centres_of, reading_of
from training.reader.encoded import owners_of
from training.reader.sources import REPORTED, STOPPING, articles, marked_passages
from training.reader.tally import Counts, add, pair, tabled
from training.reader.texts import FIELDS, Span, Tag, Text

_MARKED = {ROLE: ("roles", Tag.FIRM), KIND: ("kinds", Tag.AMOUNT)}
_LEFT_OUT = STOPPING | REPORTED


@dataclass(frozen=True, slots=True)
class Known:
    """The vectors of sentences, the pieces of these, and what all of a language share."""

    vectors: Vectors
    states: States
    plain: Meaning


def main() -> None:
    """Learn, measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--run", type=Path, required=True, help="the folder of the run")
    given = parser.parse_args()
    texts = [*articles(), *marked_passages()]
    known = _known(texts)
    counts = {name: Counts() for name in ("stopping", "reported")}
    for measured in (_fields(texts, known), _worries(texts, known.vectors, known.plain), _told(texts)):
        for text, task, found in measured:
            add(counts["stopping" if text.brief in STOPPING else "reported"], text.groups, task, **found)
    tables = {name: tabled(each) for name, each in counts.items()}
    (given.run / "baseline.json").write_text(json.dumps(tables, indent=1, ensure_ascii=False), encoding="utf-8")
    print(json.dumps(tables["reported"], indent=1, ensure_ascii=False))


Measured = Iterator[tuple[Text, str, dict[str, int]]]


def _known(texts: Sequence[Text]) -> Known:
    every = [passage for passage in passages() if passage.brief not in _LEFT_OUT]
    vectors = Vectors([*(s for text in texts for s in _sentences(text)), *(s for p in every for s in p.sentences)])
    states = States([*(s for text in texts for s in _sentences(text)), *(s for p in every for s in p.sentences)])
    return Known(vectors, states, Meaning({}, centres_of(every, vectors), {}, piece_centres_of(every, states)))


def _sentences(text: Text) -> list[str]:
    return [text.text[sentence.start : sentence.end] for sentence in sentences(text.article)]


def _fields(texts: Sequence[Text], known: Known) -> Measured:
    """What attentions say of each project, and of whether there is one."""
    reads = taught([each for _, each in _taught(texts)], (known.vectors, known.states), known.plain)
    (found,) = learned_without({field: reads[field] for field in FIELDS}, [_LEFT_OUT], SEEDS)
    (doubt,) = learned_without({READING: reads[READING]}, [_LEFT_OUT])
    for text, each in _taught([text for text in texts if text.brief in _LEFT_OUT]):
        (own,) = (taught([each], (known.vectors, known.states), known.plain),)
        for field, (read,) in own.items():
            said, right = _said((found | doubt)[field], read), each.right[field]
            if field == READING:
                yield text, "relevant", pair(said=said == YES, true=right == YES)
            else:
                yield text, field, {"right": int(said == right), "of": 1}
                if len(text.projects) > 1:
                    yield text, f"{field} of several", {"right": int(said == right), "of": 1}


def _said(attention: Attention, read: Read) -> str:
    pieces = replace(read.pieces, states=read.pieces.states.astype(np.float32))
    return attention.values[int(attention.of(pieces, read.example.vector).argmax())]


def _taught(texts: Sequence[Text]) -> Iterator[tuple[Text, Taught]]:
    """Each text, and each of its projects, as attention reads it; learned from are texts of one project."""
    for text in texts:
        article, every = text.article, sentences(text.article)
        if text.is_relevant is not None and every:
            yield text, Taught(article, every[:MOST], {READING: YES if text.is_relevant else NO}, text.brief)
        owners = owners_of(text, [(sentence.start, sentence.end, sentence.paragraph) for sentence in every])
        for number, project in enumerate(text.projects):
            own = every if len(text.projects) == 1 else _own(every, owners.tolist(), number)
            if own and (len(text.projects) == 1 or text.brief in _LEFT_OUT):
                yield text, Taught(article, own[:MOST], dict(project.readings), text.brief)


def _own(every: Sequence[Sentence], owners: Sequence[int], number: int) -> list[Sentence]:
    return [sentence for sentence, owner in zip(every, owners, strict=True) if owner == number]


def _worries(texts: Sequence[Text], vectors: Vectors, plain: Meaning) -> Measured:
    """What sentences say of worries; a project has those that any of its sentences tells."""
    examples = [
        Example(v, kind, text.brief) for text, v, kinds in _of_sentences(texts, vectors, plain) for kind in kinds
    ]
    reading = reading_of("concern", [example for example in examples if example.brief not in _LEFT_OUT])
    for text in texts:
        if text.brief in _LEFT_OUT and len(text.projects) == 1 and text.projects[0].concerns is not None:
            rows = reading.of(plain.centred(vectors.of(_sentences(text)), text.language))
            said = {reading.values[place] for place in rows.argmax(axis=1)} - {NOTHING}
            for kind in set(reading.values) - {NOTHING}:
                yield text, "concerns", pair(said=kind in said, true=kind in text.projects[0].concerns)


def _of_sentences(
    texts: Sequence[Text], vectors: Vectors, plain: Meaning
) -> Iterator[tuple[Text, Floats, frozenset[str]]]:
    for text in texts:
        if len(text.projects) == 1 and text.projects[0].concerns is not None and text.brief not in _LEFT_OUT:
            found = plain.centred(vectors.of(_sentences(text)), text.language)
            for sentence, vector in zip(sentences(text.article), found, strict=True):
                inside = {s.kind for s in text.spans if s.tag is Tag.CONCERN and _meets(s, sentence)}
                yield text, vector, frozenset(inside or {NOTHING})


def _meets(span: Span, sentence: Sentence) -> bool:
    return span.start < sentence.end and sentence.start < span.end


def _told(texts: Sequence[Text]) -> Measured:
    """What firms and sums say of their roles and kinds where they stand."""
    for name, (task, tag) in _MARKED.items():
        spans = list(_spans(texts, tag))
        places = [(text.text[s.start : s.end], span.start - s.start, span.end - s.start) for text, s, span in spans]
        read = [
            (text, Example(vector, span.kind, text.brief))
            for (text, _, span), vector in zip(spans, vectors_around(places), strict=True)
            if vector is not None
        ]
        reading = reading_of(name, [example for _, example in read if example.brief not in _LEFT_OUT])
        for text, example in read:
            if text.brief in _LEFT_OUT:
                said = reading.values[int(reading.of(example.vector[np.newaxis]).argmax())]
                yield text, task, {"right": int(said == example.value), "of": 1}


def _spans(texts: Sequence[Text], tag: Tag) -> Iterator[tuple[Text, Sentence, Span]]:
    for text in texts:
        for span in text.spans:
            if span.tag is tag and span.kind:
                inside = [s for s in sentences(text.article) if s.start <= span.start and span.end <= s.end]
                yield from ((text, sentence, span) for sentence in inside)


if __name__ == "__main__":
    main()
