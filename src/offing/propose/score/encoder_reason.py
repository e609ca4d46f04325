"""Doubt: whether the encoder finds a project in a text, as a further reason where the others leave that open."""

from __future__ import annotations

from collections.abc import Sequence

from offing.model.reading.rules import ScoringRules
from offing.model.review.candidate import Reason
from offing.propose.encoder.encoded import EncodedArticle
from offing.propose.parties.classifier import log_odds

ENCODED = "meant"
UNNAMED = "no-named-party"
RELEVANT, YES = "relevant", "1"  # the head that decides whether a text reports a project


def with_encoding(found: Sequence[Reason], article: EncodedArticle, rules: ScoringRules) -> tuple[Reason, ...]:
    """Add the encoder's verdict to the reasons: for a project where it likely reports one, else against.

    Args:
        found: the reasons so far.
        article: the encoded text.
        rules: the weight applies to each unit of log-odds in favour, and `meant_against` of it to each against: in
            genres it has not met, the encoder misses one in six positives.
    """
    if not article.text:
        return tuple(found)
    share = article.text[RELEVANT][YES]
    odds = log_odds(share)
    factor = 1.0
    if odds <= 0:
        factor = rules.levels["limits.meant_against"]
    elif any(reason.name == UNNAMED for reason in found):  # the encoder does not say whose project it is
        factor = rules.levels["limits.meant_unnamed"]
    weight = rules.weights[ENCODED] * odds * factor
    reason = Reason(ENCODED, round(weight, 2), rules.texts[ENCODED].replace("{what}", f"{share:.0%}"))
    return tuple(sorted((*found, reason), key=lambda each: -abs(each.weight)))
