"""Groups: the stories formed by a set of tellings, independent of the order of arrival.

Stories grow from pairs, the surest first: two groups are merged unless some pair across them must stay apart. Pairs of
equal certainty are ordered by date and address, never by arrival. People's decisions override everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations, product

from offing.model.pairs.pairing import Bond
from offing.model.review.story import Telling, TellingBond
from offing.propose.story.likeness import Likeness
from offing.propose.story.same_news import cannot_link

Pair = tuple[int, int]
Edges = Mapping[Pair, float]
Story = tuple[Telling, ...]
_Forbidden = Callable[[int, int], bool]


def stories_of(tellings: Iterable[Telling], likeness: Likeness, bonds: Sequence[TellingBond] = ()) -> tuple[Story, ...]:
    """The result of `group`, without comparing each pair where that changes nothing.

    A connected part in which no pair must stay apart becomes one story, whatever is merged first.
    """
    found: list[Story] = []
    for part in _connected({telling.id: telling for telling in tellings}, likeness, bonds):
        inside = {telling.id for telling in part}
        decided = [each for each in bonds if {each.one, each.other} <= inside]
        if all(each.bond is Bond.SAME for each in decided) and likeness.united(part):
            found.append(tuple(sorted(part, key=_place)))
        else:
            sure = {_pair(one.id, other.id): likeness.sure(one, other) for one, other in combinations(part, 2)}
            edges = {pair: certainty for pair, certainty in sure.items() if certainty}
            found += group(part, edges, decided, likeness.apart)
    return tuple(sorted(found, key=lambda story: _place(story[0])))


def _connected(
    left: dict[int, Telling], likeness: Likeness, bonds: Iterable[TellingBond]
) -> Iterable[tuple[Telling, ...]]:
    """The connected components of the tellings, by same news or by people's decisions."""
    tied: dict[int, set[int]] = {}
    for each in (bond for bond in bonds if bond.bond is Bond.SAME):
        tied.setdefault(each.one, set()).add(each.other)
        tied.setdefault(each.other, set()).add(each.one)
    while left:
        part = fresh = [left.pop(next(iter(left)))]
        while fresh:
            reached = {telling.id for telling in likeness.linked(fresh, left.values())}
            reached.update(*(tied.get(telling.id, ()) for telling in fresh))
            fresh = [left.pop(number) for number in sorted(reached & left.keys())]
            part = part + fresh
        yield tuple(part)


def group(
    tellings: Iterable[Telling],
    edges: Edges,
    bonds: Iterable[TellingBond] = (),
    opposed: Callable[[Telling, Telling], bool] = cannot_link,
) -> tuple[Story, ...]:
    """The stories of some tellings.

    Args:
        tellings: all that are connected with each other by edges or bonds.
        edges: how surely pairs of them report the same news (`same_news`), by their ids; unlike pairs are left out.
        bonds: what people decided on pairs, and what decided candidates hold together or apart; the later of two on one
            pair counts. `same` joins even what the machine keeps apart, `different` keeps apart what it joins.
        opposed: whether two tellings must stay apart.

    Returns:
        The stories, each by date and address, in the order of their first tellings.
    """
    known = {telling.id: telling for telling in tellings}
    decided = {_pair(each.one, each.other): each.bond for each in bonds if {each.one, each.other} <= known.keys()}
    groups = _Groups(known)
    for pair in _ordered((pair for pair, bond in decided.items() if bond is Bond.SAME), known):
        groups.join(pair, lambda one, other: decided.get(_pair(one, other)) is Bond.DIFFERENT)
    rules = _Rules(known, decided, {number: groups.key_of(number) for number in known}, opposed)
    for pair in sorted(_ordered(edges, known), key=lambda pair: -edges[pair]):
        groups.join(pair, rules.across(pair))
    return groups.stories()


class _Groups:
    """A disjoint-set of tellings, whose groups only grow."""

    def __init__(self, known: Mapping[int, Telling]) -> None:
        self._known = known
        self._of = {number: [number] for number in known}
        self._clashes: dict[Pair, Pair] = {}  # by the first members of two groups, the pair that last kept them apart

    def key_of(self, number: int) -> int:
        """The lowest id in the group of a telling."""
        return min(self._of[number])

    def join(self, pair: Pair, forbidden: _Forbidden) -> None:
        """Merge the groups of a pair, unless a pair across them is forbidden.

        As groups only grow, the pair that last kept two of them apart is asked first.
        """
        ours, theirs = self._of[pair[0]], self._of[pair[1]]
        heads = ours[0], theirs[0]
        if ours is theirs or (heads in self._clashes and forbidden(*self._clashes[heads])):
            return
        clash = next((each for each in product(ours, theirs) if forbidden(*each)), None)
        if clash is not None:
            self._clashes[heads] = clash
            return
        ours.extend(theirs)
        for number in theirs:
            self._of[number] = ours

    def stories(self) -> tuple[Story, ...]:
        """The groups as stories."""
        members = {id(each): each for each in self._of.values()}
        found = [tuple(sorted((self._known[n] for n in each), key=_place)) for each in members.values()]
        return tuple(sorted(found, key=lambda story: _place(story[0])))


@dataclass(frozen=True, slots=True)
class _Rules:
    """What must stay apart. `tied` gives each telling the number of its group by people's decisions."""

    known: Mapping[int, Telling]
    decided: Mapping[Pair, Bond]
    tied: Mapping[int, int]
    opposed: Callable[[Telling, Telling], bool]

    def across(self, pair: Pair) -> _Forbidden:
        """The predicate on whether two tellings forbid merging the groups of a pair.

        A telling that a person tied to one of the pair despite their differences does not count against the other.
        """

        def forbidden(one: int, other: int) -> bool:
            bond = self.decided.get(_pair(one, other))
            if bond is not None:
                return bond is Bond.DIFFERENT
            if any(
                each != end and self.tied[each] == self.tied[end] for each, end in zip((one, other), pair, strict=True)
            ):
                return False
            return self.opposed(self.known[one], self.known[other])

        return forbidden


def _place(telling: Telling) -> tuple[datetime, str, int]:
    return telling.place


def _ordered(pairs: Iterable[Pair], known: Mapping[int, Telling]) -> list[Pair]:
    """Pairs by the dates and addresses of both, the earlier telling first."""
    turned = [pair for pair in pairs if pair[0] in known and pair[1] in known]
    ranks = {number: rank for rank, number in enumerate(sorted(known, key=lambda number: known[number].place))}
    return sorted(turned, key=lambda pair: sorted((ranks[pair[0]], ranks[pair[1]])))


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)
