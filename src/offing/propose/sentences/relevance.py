"""Relevance: a linear classifier over which kinds of mentions occur where in news of a project.

It is fitted on annotated articles; a feature is "a status in the lead" or "sport beside a Chinese party". Features name
kinds of mentions, never words, so that one model serves all languages. There are two: one corrects the other reasons
(`training/screening/relevance.py`, `config/models/relevance.toml`); the screen says whether a text is worth encoding
(`training/screening/screen.py`, `config/models/screen.toml`), as that costs several times as much as all the rest, and
most news of China reports no project.
"""

from __future__ import annotations

from collections.abc import Mapping

from offing.model.reading.feature_names import INTERCEPT, KEYED_KINDS, SPLIT_KINDS
from offing.model.reading.mention import Mention, MentionKind
from offing.propose.fields.follow_up import names_known
from offing.propose.reading.layout import Zone
from offing.propose.reading.scope import Scope
from offing.propose.reading.targets import CHINA, DEMONYM
from offing.propose.sentences.core_sentence import CHINESE_SIGNALS

_CHINESE = frozenset({MentionKind.FIRM, MentionKind.LENDER, MentionKind.CHINA})
_HEAD = frozenset({Zone.TITLE, Zone.LEAD})
_FARTHEST = 2.0  # log-odds at which the sum saturates; its reason's weight scales it

Features = dict[str, Mention]  # each feature with its first mention


def relevance_features(scope: Scope) -> Features:
    """The features of a text, each with its first mention: its kind, and its zone or a Chinese party beside it."""
    features: Features = {}
    for line in scope.lines:
        places: list[str] = [line.zone, "head"] if line.zone in _HEAD else [line.zone]
        if any(mention.kind in _CHINESE for mention in line.mentions) or line.signals() & CHINESE_SIGNALS:
            places.append("beside")
        for mention in line.mentions:
            name = _name(mention)
            for place in places:
                features.setdefault(f"{place}|{name}", mention)
    return features


def relevance(scope: Scope, weights: Mapping[str, float]) -> tuple[float, list[Mention]]:
    """The model's verdict on a text, from -1 (surely not) to 1, and the mentions that contribute most to it.

    Args:
        scope: the text.
        weights: log-odds of the features, and the intercept; empty without a model.
    """
    if not weights:
        return 0.0, []
    found = [(weights[name], mention) for name, mention in relevance_features(scope).items() if name in weights]
    total = weights.get(INTERCEPT, 0.0) + sum(weight for weight, _ in found)
    strength = max(-1.0, min(1.0, total / _FARTHEST))
    ordered = sorted(found, key=lambda pair: -pair[0] if total > 0 else pair[0])
    distinct: dict[str, Mention] = {}
    for weight, mention in ordered:
        if weight * total > 0:
            distinct.setdefault(mention.text.casefold(), mention)
    return strength, list(distinct.values())


def is_worth_encoding(scope: Scope) -> bool:
    """Whether a text may report a project, or names a known one; always true without a trained screen."""
    weights = scope.rules.screen
    if not weights or names_known(scope):
        return True
    total = weights.get(INTERCEPT, 0.0) + sum(weights.get(name, 0.0) for name in relevance_features(scope))
    return total >= scope.level("limits.screen_least")


def _name(mention: Mention) -> str:
    """The kind of a mention, as finely as the model distinguishes kinds."""
    kind = mention.kind
    if kind in KEYED_KINDS:
        return f"{kind}:{mention.key}"
    if kind not in SPLIT_KINDS:
        return str(kind)
    is_first = bool(mention.key)  # a listed firm
    if kind is MentionKind.PLACE:
        is_first = mention.key == CHINA
    elif kind is MentionKind.COUNTRY:
        is_first = mention.by == DEMONYM
    first, second = SPLIT_KINDS[kind]
    return f"{kind}:{first if is_first else second}"
