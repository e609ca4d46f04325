"""Doubt: what a text means as a whole, as one more reason where the others leave open whether it reports a project."""

from __future__ import annotations

from collections.abc import Sequence

from offing.model.candidate import Reason
from offing.model.rules import ScoringRules
from offing.propose.meaning import YES, Heard, Shares
from offing.propose.reasons import score

MEANT = "meant"
READING = "relevant"  # of meaning.npz: whether a text reports a project


def may_turn(found: Sequence[Reason], rules: ScoringRules) -> bool:
    """Whether what a text means could make a candidate of what the other reasons alone leave below the cut."""
    return score((*found, Reason(MEANT, rules.weights[MEANT], "")), rules.bias) >= rules.cut


def with_meaning(found: Sequence[Reason], heard: Heard, rules: ScoringRules) -> tuple[Reason, ...]:
    """The reasons with what the text means: for it where most texts that mean the same report a project, else against.

    Args:
        found: the reasons so far.
        heard: its sentences with their vectors.
        rules: the weight counts where all such texts report one, or none does.
    """
    share = _shares(heard)[YES]
    weight = round(rules.weights[MEANT] * (2 * share - 1), 2)
    reason = Reason(MEANT, weight, rules.texts[MEANT].replace("{what}", f"{share:.0%}"))
    return tuple(sorted((*found, reason), key=lambda each: -abs(each.weight)))


def _shares(heard: Heard) -> Shares:
    """By the pieces of its sentences; of a headline alone, which leaves most untold, by where it points."""
    attended = heard.attended(READING) if len(heard.lines) > 1 else {}
    return attended or heard.direction(READING)
