"""Doubt: what a text means as a whole, as one more reason where the others leave open whether it reports a project."""

from __future__ import annotations

from collections.abc import Sequence

from offing.model.candidate import Reason
from offing.model.rules import ScoringRules
from offing.propose.meaning import YES, Heard, Shares

MEANT = "meant"
UNNAMED = "no-named-party"
READING = "relevant"  # of meaning.npz: whether a text reports a project


def with_meaning(found: Sequence[Reason], heard: Heard, rules: ScoringRules) -> tuple[Reason, ...]:
    """The reasons with what the text means: for it where most texts that mean the same report a project, else against.

    Args:
        found: the reasons so far.
        heard: its sentences with their vectors.
        rules: the weight counts where all such texts report one, or none does.
    """
    share = _shares(heard)[YES]
    most = _most(found, rules) if 2 * share > 1 else rules.weights[MEANT]
    weight = round(most * (2 * share - 1), 2)
    reason = Reason(MEANT, weight, rules.texts[MEANT].replace("{what}", f"{share:.0%}"))
    return tuple(sorted((*found, reason), key=lambda each: -abs(each.weight)))


def _most(found: Sequence[Reason], rules: ScoringRules) -> float:
    """How much may speak for a project: less where nobody Chinese is named, since a meaning says not whose it is."""
    unnamed = any(reason.name == UNNAMED for reason in found)
    return rules.weights[MEANT] * (rules.levels["limits.meant_unnamed"] if unnamed else 1.0)


def _shares(heard: Heard) -> Shares:
    """By the pieces of its sentences; of a headline alone, which leaves most untold, by where it points."""
    attended = heard.attended(READING) if len(heard.lines) > 1 else {}
    return attended or heard.direction(READING)
