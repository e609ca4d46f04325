"""Groups: the stories that a set of tellings makes, whatever the order in which they came.

Stories are grown from pairs, the surest first: two groups become one unless some pair across them must stay apart.
Pairs that are equally sure go by date and address, never by what was known first. What people say stands above all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from offing.model.pairing import Bond
from offing.model.story import Telling, TellingBond
from offing.propose.story.same import apart

Pair = tuple[int, int]
Edges = Mapping[Pair, float]
Story = tuple[Telling, ...]


def group(tellings: Iterable[Telling], edges: Edges, bonds: Iterable[TellingBond] = ()) -> tuple[Story, ...]:
    """The stories of some tellings.

    Args:
        tellings: all that are connected with each other by edges or bonds.
        edges: how surely pairs of them tell the same news (`same_news`), by their ids; pairs that do not are left out.
        bonds: what people decided on pairs, and what decided candidates hold together or apart; the later of two on
            one pair counts. `same` joins even what the machine keeps apart, `different` keeps apart what it joins.

    Returns:
        The stories, each by date and address, in the order of their first tellings.
    """
    known = {telling.id: telling for telling in tellings}
    said = {_pair(each.one, each.other): each.bond for each in bonds if {each.one, each.other} <= known.keys()}
    groups = _Groups(known)
    for pair in _ordered((pair for pair, bond in said.items() if bond is Bond.SAME), known):
        groups.join(pair, lambda one, other: said.get(_pair(one, other)) is Bond.DIFFERENT)
    rules = _Rules(known, said, {number: groups.key_of(number) for number in known})
    for pair in sorted(_ordered(edges, known), key=lambda pair: -edges[pair]):
        groups.join(pair, rules.across(pair))
    return groups.stories()


class _Groups:
    """Tellings in groups that grow."""

    def __init__(self, known: Mapping[int, Telling]) -> None:
        self._known = known
        self._of = {number: [number] for number in known}

    def key_of(self, number: int) -> int:
        """The lowest number in the group of one."""
        return min(self._of[number])

    def join(self, pair: Pair, forbidden: Callable[[int, int], bool]) -> None:
        """Make one group of two, unless a pair across them is forbidden."""
        ours, theirs = self._of[pair[0]], self._of[pair[1]]
        if ours is theirs or any(forbidden(*each) for each in product(ours, theirs)):
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
    """What must stay apart. `tied` has for each telling the number of those that a person made one with it."""

    known: Mapping[int, Telling]
    said: Mapping[Pair, Bond]
    tied: Mapping[int, int]

    def across(self, pair: Pair) -> Callable[[int, int], bool]:
        """Whether two tellings forbid that the groups of a pair become one.

        Those that a person tied to one of the pair, though they tell otherwise, say nothing against the other.
        """

        def forbidden(one: int, other: int) -> bool:
            bond = self.said.get(_pair(one, other))
            if bond is not None:
                return bond is Bond.DIFFERENT
            if any(
                each != end and self.tied[each] == self.tied[end] for each, end in zip((one, other), pair, strict=True)
            ):
                return False
            return apart(self.known[one], self.known[other])

        return forbidden


def _place(telling: Telling) -> tuple[datetime, str, int]:
    return telling.place


def _ordered(pairs: Iterable[Pair], known: Mapping[int, Telling]) -> list[Pair]:
    """Pairs by the dates and addresses of both, the earlier one first."""
    turned = [pair for pair in pairs if pair[0] in known and pair[1] in known]
    return sorted(turned, key=lambda pair: sorted((known[pair[0]].place, known[pair[1]].place)))


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)
