"""The closure of people's decisions on pairs, and which known item a candidate is an update of. Pure.

`same` is transitive, and includes what is one by itself: a candidate and the record that it is part of. `different`
extends to everything that is the same as either. A later decision on the same two items overrides an earlier one; one
that was undone does not count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from offing.model.pairs.matching import Relation
from offing.model.pairs.pairing import Bond, Pair, PairDecision, Ref, RefKind

_RANK = {RefKind.PROJECT: 0, RefKind.KNOWN: 1, RefKind.CANDIDATE: 2, RefKind.TELLING: 3}
_TIE = 2  # decimals of a score that count


def in_force(decisions: Iterable[PairDecision]) -> tuple[PairDecision, ...]:
    """The decisions in force, oldest first: not undone, and the last one on each two items.

    Args:
        decisions: in any order; their ids give the sequence.
    """
    ordered = sorted(decisions, key=lambda each: each.id)
    undone = {each.undoes for each in ordered if each.undoes is not None}
    last: dict[frozenset[Ref], PairDecision] = {}
    for each in ordered:
        if each.undoes is None and each.id not in undone:
            last[frozenset((each.one, each.other))] = each
    return tuple(sorted(last.values(), key=lambda each: each.id))


def same_of(decisions: Iterable[PairDecision]) -> tuple[tuple[Ref, Ref], ...]:
    """The pairs of items that a decision in force calls the same."""
    return tuple((each.one, each.other) for each in in_force(decisions) if each.bond is Bond.SAME)


@dataclass(slots=True)
class EquivalenceClosure:
    """A disjoint-set forest of items that are the same, and the pairs ruled different or linked."""

    _parents: dict[Ref, Ref] = field(default_factory=dict)
    _different: set[frozenset[Ref]] = field(default_factory=set)
    _linked: set[frozenset[Ref]] = field(default_factory=set)

    def representative(self, item: Ref) -> Ref:
        """The representative of all that is the same as an item: the first of them by kind, then key."""
        while item in self._parents:
            item = self._parents[item]
        return item

    def join(self, one: Ref, other: Ref) -> None:
        """Merge two items."""
        first, second = sorted((self.representative(one), self.representative(other)), key=_order)
        if first != second:
            self._parents[second] = first

    def are_same(self, one: Ref, other: Ref) -> bool:
        """Whether two items are one."""
        return self.representative(one) == self.representative(other)

    def relation(self, one: Ref, other: Ref) -> Bond | None:
        """The relation of two items: same, different or linked; None without a decision."""
        classes = frozenset((self.representative(one), self.representative(other)))
        if len(classes) == 1:
            return Bond.SAME
        if classes in self._classes(self._different):
            return Bond.DIFFERENT
        return Bond.LINKED if classes in self._classes(self._linked) else None

    def _classes(self, pairs: Iterable[frozenset[Ref]]) -> set[frozenset[Ref]]:
        """The pairs, each item replaced by the representative of its class."""
        return {frozenset(map(self.representative, pair)) for pair in pairs}

    def contradicted(self) -> frozenset[tuple[Ref, Ref]]:
        """The pairs called different that are the same through others."""
        pairs = (sorted(pair) for pair in self._different)
        return frozenset((one, other) for one, other in pairs if self.are_same(one, other))

    def separate(self, decision: PairDecision) -> None:
        """Record that two items are different or only linked."""
        pairs = self._different if decision.bond is Bond.DIFFERENT else self._linked
        pairs.add(frozenset((decision.one, decision.other)))


def closure_of(decisions: Iterable[PairDecision], one_by_itself: Mapping[Ref, Ref]) -> EquivalenceClosure:
    """The closure of some decisions.

    Args:
        decisions: all that touch the items in question; undone ones may be among them.
        one_by_itself: items that lead to others without a decision: a candidate to its record, a record to the one
            that it was merged into.
    """
    closure = EquivalenceClosure()
    for item, leads_to in one_by_itself.items():
        closure.join(item, leads_to)
    for decision in in_force(decisions):
        if decision.bond is Bond.SAME:
            closure.join(decision.one, decision.other)
        else:
            closure.separate(decision)
    return closure


def path(one: Ref, other: Ref, edges: Iterable[tuple[Ref, Ref]]) -> tuple[Ref, ...]:
    """The items between two others on a shortest path; empty where they are not connected."""
    near: dict[Ref, set[Ref]] = defaultdict(set)
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


def parent_of(mine: Ref, pairs: Iterable[Pair], closure: EquivalenceClosure, known: Iterable[Ref]) -> Ref | None:
    """The item that a candidate is an update of; None for a new project.

    People's decisions come first; then the best pair that the machine calls the same and nobody decided on. Among
    equals a record precedes a known project, which precedes an earlier candidate, and the older one comes first.

    Args:
        mine: the candidate.
        pairs: its matching results.
        closure: people's decisions.
        known: the items that it may be an update of: records, known projects, earlier candidates.
    """
    open_items = frozenset(known)
    same = [item for item in open_items if item != mine and closure.are_same(mine, item)]
    if same:
        return min(same, key=_order)
    open_ = [pair for pair in pairs if pair.relation is Relation.SAME and closure.relation(mine, pair.target) is None]
    if not open_:
        return None
    best = min(open_, key=lambda pair: (-round(pair.score, _TIE), _order(closure.representative(pair.target)))).target
    merged_into = closure.representative(best)
    return merged_into if merged_into.kind is RefKind.PROJECT and merged_into in open_items else best


def _order(item: Ref) -> tuple[int, int, str]:
    """Records first, then known projects, then candidates, each by age."""
    return _RANK[item.kind], int(item.key) if item.key.isdecimal() else 0, item.key
