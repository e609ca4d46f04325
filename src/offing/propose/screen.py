"""The screen: whether a text may report a project at all, so that its sentences are worth encoding.

To encode sentences costs several times as much as all the rest, and most news of China tells of no project. The screen
is a logistic regression on the signs of `learned.py`, the kinds of mentions by their place in the text.
Training: `training/screening/screen.py`; the weights: `config/models/screen.toml`.
"""

from __future__ import annotations

from offing.model.signs import INTERCEPT
from offing.propose.following import names_known
from offing.propose.learned import signs_of
from offing.propose.reading import Scope


def is_worth_encoding(whole: Scope) -> bool:
    """Whether a text may report a project, or tells of a known one; always where no screen has been trained."""
    weights = whole.rules.screen
    if not weights or names_known(whole):
        return True
    total = weights.get(INTERCEPT, 0.0) + sum(weights.get(sign, 0.0) for sign in signs_of(whole))
    return total >= whole.level("limits.screen_least")
