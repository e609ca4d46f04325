"""The merged facts of a story: computed from all its tellings, never incrementally."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from offing.model.projects.project import Amount, EventDate, ProjectFacts, SizedBy
from offing.model.reading.rules import ScoringRules
from offing.model.review.candidate import Reason
from offing.model.review.story import MergedStory, Telling
from offing.model.values.sums import ROUNDED_BY_OUTLETS, differ_by_at_most
from offing.model.values.vocabulary import AmountKind
from offing.propose.story.contrast import contrasts_of
from offing.propose.story.likeness import Likeness
from offing.propose.story.normalise import firms_of, folded, identity, lenders_of
from offing.propose.story.stated_figures import same_size, share_a_sum

AGREEMENT = "independent-sources"
_MOST_SOURCES = 4  # further sources add nothing
_T = TypeVar("_T")


def merge_tellings(tellings: Iterable[Telling], rules: ScoringRules) -> MergedStory:
    """Merge the tellings of a story.

    Lists hold what any article states; single values what most independent sources state, on a tie that of the article
    with the highest score. The score is that of the best article, raised where independent sources agree with it.

    Args:
        tellings: those of one story, at least one, in any order.
        rules: with the weight and the sentence of the reason `independent-sources`.
    """
    story = sorted(tellings, key=lambda telling: telling.place)
    sources = independent_sources(story)
    best = max(story, key=lambda telling: telling.score)  # the first of equal ones
    agreeing = sum(1 for source in sources if best in source or any(_agrees(best, each) for each in source))
    reasons, score = _with_agreement(best, agreeing, rules)
    return MergedStory(
        facts=_facts(story, sources, best),
        reasons=reasons,
        score=score,
        outlets=len({telling.outlet for telling in story}),
        independent=len(sources),
        contrasts=contrasts_of(story),
        first_at=story[0].at,
        last_at=story[-1].at,
    )


def independent_sources(story: Sequence[Telling]) -> tuple[tuple[Telling, ...], ...]:
    """The tellings by independent source: copies count as one, and so do articles of one outlet."""
    sources: list[_Source] = []
    likeness = Likeness()
    for telling in story:
        own = [source for source in sources if source.has(telling, likeness)]
        joined = own[0] if own else _Source()
        for other in own[1:]:
            joined.take_in(other)
        joined.add(telling)
        # The source joined last goes last, as if newly assembled.
        sources = [*(source for source in sources if not any(source is each for each in own)), joined]
    return tuple(tuple(sorted(source.tellings, key=lambda telling: telling.place)) for source in sources)


@dataclass(slots=True)
class _Source:
    """Tellings that are copies of each other, or from one outlet."""

    tellings: list[Telling] = field(default_factory=list)
    outlets: set[str] = field(default_factory=set)

    def has(self, telling: Telling, likeness: Likeness) -> bool:
        """Whether a telling belongs to this source."""
        return telling.outlet in self.outlets or any(likeness.copied(telling, known) for known in self.tellings)

    def add(self, telling: Telling) -> None:
        self.tellings.append(telling)
        self.outlets.add(telling.outlet)

    def take_in(self, other: _Source) -> None:
        self.tellings.extend(other.tellings)
        self.outlets.update(other.outlets)


def _agrees(one: Telling, other: Telling) -> bool:
    """Whether two sources agree on the project: a country, and a party or a sum."""
    parties = bool((firms_of(one.facts) | lenders_of(one.facts)) & (firms_of(other.facts) | lenders_of(other.facts)))
    return bool(set(one.facts.countries) & set(other.facts.countries)) and (parties or share_a_sum(one, other))


def _with_agreement(best: Telling, agreeing: int, rules: ScoringRules) -> tuple[tuple[Reason, ...], float]:
    """The reasons and score of the best article, with the bonus for agreement: the weight for each doubling."""
    weight = round(rules.weights[AGREEMENT] * math.log2(min(max(agreeing, 1), _MOST_SOURCES)), 2)
    if not weight:
        return best.reasons, best.score
    text = rules.texts.get(AGREEMENT, AGREEMENT).replace("{what}", str(agreeing))
    reasons = sorted((*best.reasons, Reason(AGREEMENT, weight, text)), key=lambda reason: -abs(reason.weight))
    certain = min(max(best.score, 1e-9), 1 - 1e-9)
    odds = math.log(certain / (1 - certain)) + weight
    return tuple(reasons), round(1 / (1 + math.exp(-odds)), 4)


def _facts(story: Sequence[Telling], sources: Sequence[Sequence[Telling]], best: Telling) -> ProjectFacts:
    if len(story) == 1:
        return story[0].facts
    every = list(dict.fromkeys(telling.facts for telling in story))  # identical facts add nothing

    sizes: list[SizedBy] = []
    for size in (size for facts in every for size in facts.quantities):
        if not any(same_size(size, known) for known in sizes):
            sizes.append(size)

    def most(choice: Callable[[Telling], _T | None]) -> _T | None:
        return _majority(sources, choice)

    return replace(
        best.facts,
        title=best.facts.title or next((facts.title for facts in every if facts.title), ""),
        countries=_united((facts.countries for facts in every), str),
        firms=_united((facts.firms for facts in every), identity),
        lenders=_united((facts.lenders for facts in every), identity),
        amounts=_amounts(amount for facts in every for amount in facts.amounts),
        sector=most(lambda telling: telling.facts.sector),
        status=(status := most(lambda telling: telling.facts.status)),
        record_type=most(lambda telling: telling.facts.record_type),
        mode=most(lambda telling: telling.facts.mode),
        counterparts=_united((facts.counterparts for facts in every), _name),
        concerns=_united((facts.concerns for facts in every), lambda concern: concern.kind),
        quantities=tuple(sizes),
        places=_united((facts.places for facts in every), _name),
        terms=_united((facts.terms for facts in every), lambda term: (term.kind, term.value, term.unit)),
        event_date=most(lambda telling: telling.facts.event_date if telling.facts.status is status else None),
        events=_united((facts.events for facts in every), lambda event: event.kind),
    )


def _majority(sources: Sequence[Sequence[Telling]], choice: Callable[[Telling], _T | None]) -> _T | None:
    """The value that most sources state; ties go to the best article, then to the first."""
    votes: Counter[object] = Counter()
    voters: dict[object, tuple[float, _T | None]] = {}
    every = sorted((telling for source in sources for telling in source), key=lambda telling: telling.place)
    for source in sources:
        votes.update({_stated(choice(telling)) for telling in source} - {None})
    for telling in every:
        value = choice(telling)
        if value is not None and telling.score > voters.get(_stated(value), (-1.0, None))[0]:
            voters[_stated(value)] = (telling.score, value)
    found = max(voters, key=lambda value: (votes[value], voters[value][0]), default=None)
    return None if found is None else voters[found][1]


def _stated(value: object) -> object:
    return value.value if isinstance(value, EventDate) else value


def _united(lists: Iterable[Iterable[_T]], key: Callable[[_T], object]) -> tuple[_T, ...]:
    """The union of all lists, in the words of the first that has each value."""
    found: dict[object, _T] = {}
    for value in (value for values in lists for value in values):
        found.setdefault(key(value), value)
    return tuple(found.values())


def _name(name: str) -> object:
    return folded((name,))


def _amounts(amounts: Iterable[Amount]) -> tuple[Amount, ...]:
    """Each sum once per currency, with the first specific kind that any article states."""
    found: list[Amount] = []
    for amount in amounts:
        value = float(amount.value)
        for place, known in enumerate(found):
            if known.currency == amount.currency and differ_by_at_most(ROUNDED_BY_OUTLETS, float(known.value), value):
                if known.kind is AmountKind.UNSPECIFIED:
                    found[place] = replace(known, kind=amount.kind)
                break
        else:
            found.append(amount)
    return tuple(found)
