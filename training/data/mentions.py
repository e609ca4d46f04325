"""What mentions teach: of each firm, lender, body, sum, size and place that may be a project's, whether it is.

In annotated articles a value is right that is annotated, in passages one that is marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from offing.propose.hosts import COUNTERPARTS
from offing.propose.likely import Group, named
from offing.propose.meaning import NO, YES
from offing.propose.money import AMOUNTS
from offing.propose.party_votes import FIRMS, LENDERS
from offing.propose.sites import PLACES
from offing.propose.sizes import QUANTITIES
from offing.steps.analyst import load_analyst
from training.data.passages import Passage
from training.data.studied import CHOSEN, Drawn, Studied, drawn
from training.data.vectors import Example, Place, vectors_around

_MARKS = {FIRMS: "firm", LENDERS: "lender", COUNTERPARTS: "cp", AMOUNTS: "amt", QUANTITIES: "qty", PLACES: "place"}
Told = tuple[str, Place, bool, str]  # the field, the mention, whether it is the project's, and who wrote it


def mention_examples(every: Sequence[Passage], articles: Sequence[Studied]) -> dict[str, list[Example]]:
    """What the readings of mentions learn from, by their names."""
    told = [*_of_articles(articles), *_of_passages(every)]
    examples: dict[str, list[Example]] = {named(field): [] for field in CHOSEN}
    for (field, _, right, brief), vector in zip(told, vectors_around([place for _, place, _, _ in told]), strict=True):
        if vector is not None:
            examples[named(field)].append(Example(vector, YES if right else NO, brief))
    return examples


def _of_articles(articles: Sequence[Studied]) -> Iterator[Told]:
    for each in articles:
        for field in CHOSEN:
            for group in (signed.group for signed in each.signed(field)):
                right = each.is_right(field, group)
                yield from ((field, place, right, each.source) for place in _places(each, group))


def _of_passages(every: Sequence[Passage]) -> Iterator[Told]:
    analyst = load_analyst(None)
    for passage in every:
        found = drawn(passage.article, analyst)
        if found is None:
            continue
        for field in CHOSEN:
            for group in (signed.group for signed in found.may_be(field)):
                right = _is_marked(passage, _MARKS[field], group)
                yield from ((field, place, right, passage.brief) for place in _places(found, group))


def _is_marked(passage: Passage, tag: str, group: Group) -> bool:
    marks = [mark for mark in passage.marks if mark.tag.partition(":")[0] == tag]
    return any(mention.start < mark.end and mark.start < mention.end for _, _, mention in group.votes for mark in marks)


def _places(found: Drawn, group: Group) -> Iterator[Place]:
    text = found.scope.article.text
    for _, line, mention in group.votes:
        start, end = line.sentence.start, line.sentence.end
        yield text[start:end], mention.start - start, mention.end - start
