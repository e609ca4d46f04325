"""Match: which known account, if any, describes the same project as each new one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from offing.match.accounts.compare import Features, compare
from offing.match.accounts.profile import AccountProfile, profiles
from offing.match.verdicts.blocking import Index
from offing.match.verdicts.reasons import reasons
from offing.match.verdicts.scoring import ScoredPair, coverage, leads_over_rivals, odds_of, rival_weights, score
from offing.match.verdicts.shared_evidence import are_compatible
from offing.model.pairs.matching import Account, Match, Matched, MatchRules, Relation

LISTED = 10
Sides = tuple[Sequence[AccountProfile], Sequence[AccountProfile]]  # the known and the new


@dataclass(frozen=True, slots=True)
class _Scored:
    pair: ScoredPair
    lead: tuple[float, float]
    score: float
    is_compatible: bool


def match(
    known: Sequence[Account],
    new: Sequence[Account],
    rules: MatchRules,
    *,
    repeats: bool = False,
    progress: Callable[[int], None] = lambda _: None,
) -> list[Matched]:
    """Relate each new account to the known ones; results are independent of the order of either list.

    Args:
        known: accounts of known projects.
        new: accounts to be matched.
        rules: the weights.
        repeats: whether several new accounts may describe one project. Otherwise each project is expected about once
            per list, and a known project that fits another new account better counts as taken.
        progress: called with the number of new accounts compared so far.

    Returns:
        A result for each new account, in their order.
    """
    known_order, new_order = _order(known), _order(new)
    known_side, new_side = profiles([known[i] for i in known_order], [new[i] for i in new_order], rules.common)
    pairs = pairs_of(known_side, new_side, progress)
    found = _scored_pairs(pairs, (known_side, new_side), rules, repeats=repeats)
    matched: list[Matched] = [Matched(Relation.NEW, ())] * len(new)
    for place, scored in found.items():
        matched[new_order[place]] = _matched(scored, (known_side, new_side), known_order, rules)
    return matched


def pairs_of(
    known: Sequence[AccountProfile], new: Sequence[AccountProfile], progress: Callable[[int], None] = lambda _: None
) -> Iterator[tuple[int, int, Features]]:
    """The pairs worth a close look: index of the new, index of the known, features."""
    index = Index(known)
    for place, profile in enumerate(new):
        for row in index.candidates(profile):
            yield place, row, compare(profile, known[row])
        progress(place + 1)


def _order(accounts: Sequence[Account]) -> list[int]:
    """The indices of the accounts sorted by content, whatever their order."""
    return sorted(range(len(accounts)), key=lambda i: (accounts[i].title, accounts[i].text, accounts[i].key))


def _scored_pairs(
    compared: Iterable[tuple[int, int, Features]], sides: Sides, rules: MatchRules, *, repeats: bool
) -> dict[int, list[_Scored]]:
    """The pairs of each new account, best first.

    A pair that cannot match is no rival of others, and its score stays below that of any linked one.
    """
    known, new = sides
    pairs, compatible = [], []
    for place, row, features in compared:
        compatible.append(are_compatible(new[place], known[row], features))
        odds = odds_of(features, rules)
        pairs.append(ScoredPair(place, row, odds if compatible[-1] else min(odds, rules.floor)))
    weights = rival_weights(rules, 0.0 if repeats else coverage(pairs, len(known)))
    found: dict[int, list[_Scored]] = defaultdict(list)
    for pair, lead, compatible_pair in zip(
        pairs, leads_over_rivals(pairs, rules.floor, repeats=repeats), compatible, strict=True
    ):
        found[pair.new].append(
            _Scored(pair, lead, score(lead, weights) * (1 if compatible_pair else rules.linked), compatible_pair)
        )
    return {place: sorted(each, key=_best_first) for place, each in found.items()}


def _best_first(scored: _Scored) -> tuple[float, float, int]:
    return -round(scored.score, 9), -round(scored.pair.odds, 9), scored.pair.known


def _matched(
    scored: Sequence[_Scored],
    sides: Sides,
    known_order: Sequence[int],
    rules: MatchRules,
) -> Matched:
    known, new = sides
    listed = scored[:LISTED]
    pairs = [(new[one.pair.new], known[one.pair.known]) for one in listed]
    features = [compare(*pair) for pair in pairs]
    matches = tuple(
        Match(known_order[one.pair.known], round(one.score, 4), reasons(*pair, found, one.lead))
        for one, pair, found in zip(listed, pairs, features, strict=True)
    )
    best = scored[0]
    return Matched(relation_of(best.score, features[0], rules) if best.is_compatible else Relation.NEW, matches)


def relation_of(best: float, features: Features, rules: MatchRules) -> Relation:
    """The relation of an account to its best-matching known project.

    Args:
        best: the score of that pair.
        features: of that pair.
        rules: the thresholds.
    """
    apart = "other-phase" in features or "other-agreement" in features
    if best >= rules.same:
        return Relation.LINKED if apart else Relation.SAME
    return Relation.LINKED if apart and best >= rules.linked else Relation.NEW
