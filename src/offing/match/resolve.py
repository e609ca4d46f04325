"""What people's decisions on pairs come to, and which known thing a candidate is an update of. Pure.

`same` is transitive, and so is what is one by itself: a candidate and the record that it is part of. `different` holds
between all that is the same as the one and all that is the same as the other. A later decision wins over an earlier
one on the same two things; one that was taken back counts for nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from offing.model.matching import Relation
from offing.model.pairing import Bond, Pair, PairDecision, Thing, ThingKind

_RANK = {ThingKind.PROJECT: 0, ThingKind.KNOWN: 1, ThingKind.CANDIDATE: 2, ThingKind.TELLING: 3}
_TIE = 2  # decimals of a score that count


def in_force(decisions: Iterable[PairDecision]) -> tuple[PairDecision, ...]:
    """The decisions that stand, oldest first: not taken back, and the last one on each two things.

    Args:
        decisions: in any order; ids tell which came first.
    """
    ordered = sorted(decisions, key=lambda each: each.id)
    undone = {each.undoes for each in ordered if each.undoes is not None}
    last: dict[frozenset[Thing], PairDecision] = {}
    for each in ordered:
        if each.undoes is None and each.id not in undone:
            last[frozenset((each.one, each.other))] = each
    return tuple(sorted(last.values(), key=lambda each: each.id))


def same_of(decisions: Iterable[PairDecision]) -> tuple[tuple[Thing, Thing], ...]:
    """Each two things that a decision in force calls the same."""
    return tuple((each.one, each.other) for each in in_force(decisions) if each.bond is Bond.SAME)


@dataclass(slots=True)
class Bonds:
    """What is the same, linked and different, closed under `same`."""

    _leads: dict[Thing, Thing] = field(default_factory=dict)
    _apart: set[frozenset[Thing]] = field(default_factory=set)
    _linked: set[frozenset[Thing]] = field(default_factory=set)

    def home(self, thing: Thing) -> Thing:
        """What stands for all that is the same as a thing: the first of them by kind, then key."""
        while thing in self._leads:
            thing = self._leads[thing]
        return thing

    def join(self, one: Thing, other: Thing) -> None:
        """Let two things be one from now on."""
        first, second = sorted((self.home(one), self.home(other)), key=_order)
        if first != second:
            self._leads[second] = first

    def are_same(self, one: Thing, other: Thing) -> bool:
        """Whether two things are one."""
        return self.home(one) == self.home(other)

    def said(self, one: Thing, other: Thing) -> Bond | None:
        """What is known of two things: same, different or linked; None where nobody said anything."""
        homes = frozenset((self.home(one), self.home(other)))
        if len(homes) == 1:
            return Bond.SAME
        if homes in {frozenset(map(self.home, pair)) for pair in self._apart}:
            return Bond.DIFFERENT
        return Bond.LINKED if homes in {frozenset(map(self.home, pair)) for pair in self._linked} else None

    def contradicted(self) -> frozenset[tuple[Thing, Thing]]:
        """What was called different and is one all the same, through others."""
        pairs = (sorted(pair) for pair in self._apart)
        return frozenset((one, other) for one, other in pairs if self.are_same(one, other))

    def part(self, decision: PairDecision) -> None:
        """Keep that two things are different or only linked."""
        kept = self._apart if decision.bond is Bond.DIFFERENT else self._linked
        kept.add(frozenset((decision.one, decision.other)))


def bonds_of(decisions: Iterable[PairDecision], one_by_itself: Mapping[Thing, Thing]) -> Bonds:
    """What decisions come to.

    Args:
        decisions: all that touch the things in question; those taken back may be among them.
        one_by_itself: things that lead to others without anybody's decision: a candidate to its record, a record to
            the one that it was merged into.
    """
    bonds = Bonds()
    for thing, leads_to in one_by_itself.items():
        bonds.join(thing, leads_to)
    for decision in in_force(decisions):
        if decision.bond is Bond.SAME:
            bonds.join(decision.one, decision.other)
        else:
            bonds.part(decision)
    return bonds


def path(one: Thing, other: Thing, edges: Iterable[tuple[Thing, Thing]]) -> tuple[Thing, ...]:
    """What lies between two things, along the fewest edges; nothing where they are not connected."""
    near: dict[Thing, set[Thing]] = defaultdict(set)
    for first, second in edges:
        near[first].add(second)
        near[second].add(first)
    before, fresh = {one: one}, [one]
    while fresh and other not in before:
        reached = {each: at for at in fresh for each in sorted(near[at]) if each not in before}
        before |= reached
        fresh = list(reached)
    found = [before[other]] if other in before else []
    while found and found[-1] != one:
        found.append(before[found[-1]])
    return tuple(reversed(found[:-1]))


def parent_of(mine: Thing, pairs: Iterable[Pair], bonds: Bonds, known: Iterable[Thing]) -> Thing | None:
    """The thing that a candidate is an update of; None for a new project.

    What people said goes first; then the best pair that the machine calls the same and nobody called otherwise. Of
    equal ones a record goes before a known project, that before an earlier candidate, and the older one first.

    Args:
        mine: the candidate.
        pairs: what matching says of it.
        bonds: what people said.
        known: the things that it may be an update of: records, known projects, earlier candidates.
    """
    open_things = frozenset(known)
    same = [thing for thing in open_things if thing != mine and bonds.are_same(mine, thing)]
    if same:
        return min(same, key=_order)
    open_ = [pair for pair in pairs if pair.relation is Relation.SAME and bonds.said(mine, pair.target) is None]
    if not open_:
        return None
    best = min(open_, key=lambda pair: (-round(pair.score, _TIE), _order(bonds.home(pair.target)))).target
    home = bonds.home(best)
    return home if home.kind is ThingKind.PROJECT and home in open_things else best


def _order(thing: Thing) -> tuple[int, int, str]:
    """Records first, then known projects, then candidates, each by age."""
    return _RANK[thing.kind], int(thing.key) if thing.key.isdecimal() else 0, thing.key
