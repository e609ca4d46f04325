"""The screen: whether a text may report a project at all, so that its sentences are worth encoding.

Encoding costs several times as much as all the rest, and most news of China reports no project. The screen is a
logistic regression on the features of `relevance.py`, the kinds of mentions by their place in the text.
Training: `training/screening/screen.py`; the weights: `config/models/screen.toml`.
"""

from __future__ import annotations

from offing.model.reading.feature_names import INTERCEPT
from offing.propose.fields.follow_up import names_known
from offing.propose.reading.scope import Scope
from offing.propose.sentences.relevance import relevance_features


def is_worth_encoding(whole: Scope) -> bool:
    """Whether a text may report a project, or names a known one; always true without a trained screen."""
    weights = whole.rules.screen
    if not weights or names_known(whole):
        return True
    total = weights.get(INTERCEPT, 0.0) + sum(weights.get(name, 0.0) for name in relevance_features(whole))
    return total >= whole.level("limits.screen_least")
