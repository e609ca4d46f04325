"""Match: which of the known accounts tells of the project of each new one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from offing.match.block import Index
from offing.match.compare import compare
from offing.match.ground import may_be_one
from offing.match.reasons import reasons
from offing.match.sketch import Sketch, sketches
from offing.match.weigh import Pair, coverage, odds_of, score, standing_of, stands
from offing.model.matching import Account, Match, Matched, MatchRules, Relation

LISTED = 10
Features = Mapping[str, float]
Sides = tuple[Sequence[Sketch], Sequence[Sketch]]  # the known and the new


@dataclass(frozen=True, slots=True)
class _Weighed:
    pair: Pair
    stand: tuple[float, float]
    score: float
    may_be_one: bool


def match(
    known: Sequence[Account],
    new: Sequence[Account],
    rules: MatchRules,
    *,
    repeats: bool = False,
    progress: Callable[[int], None] = lambda _: None,
) -> list[Matched]:
    """What each new account is to the known ones, in the order of the new; the order of neither list plays a part.

    Args:
        known: accounts of known projects.
        new: accounts to be told.
        rules: the weights.
        repeats: several of the new accounts may tell of one project. Else two lists are expected in which each
            project stands about once, and a known project that fits another new account better is taken.
        progress: is told how many new accounts were compared so far.
    """
    known_order, new_order = _order(known), _order(new)
    known_side, new_side = sketches([known[i] for i in known_order], [new[i] for i in new_order], rules.common)
    pairs = pairs_of(known_side, new_side, progress)
    found = _weigh(pairs, (known_side, new_side), rules, repeats=repeats)
    matched: list[Matched] = [Matched(Relation.NEW, ())] * len(new)
    for place, weighed in found.items():
        matched[new_order[place]] = _matched(weighed, (known_side, new_side), known_order, rules)
    return matched


def pairs_of(
    known: Sequence[Sketch], new: Sequence[Sketch], progress: Callable[[int], None] = lambda _: None
) -> Iterator[tuple[int, int, Features]]:
    """The pairs that are worth a close look: place of the new, place of the known, features."""
    index = Index(known)
    for place, sketch in enumerate(new):
        for row in index.candidates(sketch):
            yield place, row, compare(sketch, known[row])
        progress(place + 1)


def _order(accounts: Sequence[Account]) -> list[int]:
    """The places of the accounts by what they say, however they are sorted."""
    return sorted(range(len(accounts)), key=lambda i: (accounts[i].title, accounts[i].text, accounts[i].key))


def _weigh(
    looked_at: Iterable[tuple[int, int, Features]], sides: Sides, rules: MatchRules, *, repeats: bool
) -> dict[int, list[_Weighed]]:
    """The pairs of each new account, best first.

    A pair that cannot be one is no rival of others, and its score stays below that of any linked one.
    """
    known, new = sides
    pairs, may = [], []
    for place, row, features in looked_at:
        may.append(may_be_one(new[place], known[row], features))
        odds = odds_of(features, rules)
        pairs.append(Pair(place, row, odds if may[-1] else min(odds, rules.floor)))
    standing = standing_of(rules, 0.0 if repeats else coverage(pairs, len(known)))
    found: dict[int, list[_Weighed]] = defaultdict(list)
    for pair, stand, may_be in zip(pairs, stands(pairs, rules.floor, repeats=repeats), may, strict=True):
        found[pair.new].append(_Weighed(pair, stand, score(stand, standing) * (1 if may_be else rules.linked), may_be))
    return {place: sorted(each, key=_best_first) for place, each in found.items()}


def _best_first(weighed: _Weighed) -> tuple[float, float, int]:
    return -round(weighed.score, 9), -round(weighed.pair.odds, 9), weighed.pair.known


def _matched(
    weighed: Sequence[_Weighed],
    sides: Sides,
    known_order: Sequence[int],
    rules: MatchRules,
) -> Matched:
    known, new = sides
    listed = weighed[:LISTED]
    pairs = [(new[one.pair.new], known[one.pair.known]) for one in listed]
    features = [compare(*pair) for pair in pairs]
    matches = tuple(
        Match(known_order[one.pair.known], round(one.score, 4), reasons(*pair, found, one.stand))
        for one, pair, found in zip(listed, pairs, features, strict=True)
    )
    best = weighed[0]
    return Matched(relation_of(best.score, features[0], rules) if best.may_be_one else Relation.NEW, matches)


def relation_of(best: float, features: Features, rules: MatchRules) -> Relation:
    """What an account is to the known project that fits it best.

    Args:
        best: the score of that pair.
        features: of that pair.
        rules: the cuts.
    """
    apart = "other-phase" in features or "other-agreement" in features
    if best >= rules.same:
        return Relation.LINKED if apart else Relation.SAME
    return Relation.LINKED if apart and best >= rules.linked else Relation.NEW
