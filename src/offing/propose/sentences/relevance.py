"""Relevance: a linear classifier over which kinds of mentions occur where in news of a project.

It is fitted on annotated articles; a feature is "a status in the lead" or "sport beside a Chinese party". It corrects
the other reasons. Features name kinds of mentions, never words, so that one model serves all languages.
Training: `training/screening/relevance.py`; the weights: `config/models/relevance.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from offing.model.reading.feature_names import INTERCEPT, KEYED_KINDS, SPLIT_KINDS
from offing.model.reading.mention import Mention, MentionKind
from offing.propose.reading.layout import Zone
from offing.propose.reading.scope import Line, Scope
from offing.propose.reading.targets import CHINA, DEMONYM
from offing.propose.sentences.core_sentence import CHINESE_SIGNALS

_CHINESE = frozenset({MentionKind.FIRM, MentionKind.LENDER, MentionKind.CHINA})
_HEAD = frozenset({Zone.TITLE, Zone.LEAD})
_FARTHEST = 2.0  # log-odds at which the sum saturates; its reason's weight scales it

Features = dict[str, Mention]  # each feature with its first mention


def relevance_features(scope: Scope) -> Features:
    """The features of a text, each with its first mention."""
    features: Features = {}
    for line in scope.lines:
        named = [(_name(mention), mention) for mention in line.mentions]
        beside = _has_chinese(line)
        for name, mention in named:
            for place in _places(line.zone):
                features.setdefault(f"{place}|{name}", mention)
            if beside:
                features.setdefault(f"beside|{name}", mention)
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
    return strength, list(_distinct(mention for weight, mention in ordered if weight * total > 0))


def _places(zone: Zone) -> tuple[str, ...]:
    """The position names under which a zone counts."""
    return (zone, "head") if zone in _HEAD else (zone,)


def _name(mention: Mention) -> str:
    """The kind of a mention, as finely as the model distinguishes kinds."""
    kind = mention.kind
    if kind in KEYED_KINDS:
        return f"{kind}:{mention.key}"
    if kind not in SPLIT_KINDS:
        return str(kind)
    first, second = SPLIT_KINDS[kind]
    return f"{kind}:{first if _is_of_the_first(mention) else second}"


def _is_of_the_first(mention: Mention) -> bool:
    """Whether a place is in China, a country named by its adjective, a firm listed."""
    if mention.kind is MentionKind.PLACE:
        return mention.key == CHINA
    return mention.by == DEMONYM if mention.kind is MentionKind.COUNTRY else bool(mention.key)


def _has_chinese(line: Line) -> bool:
    return any(m.kind in _CHINESE for m in line.mentions) or bool(line.signals() & CHINESE_SIGNALS)


def _distinct(mentions: Iterable[Mention]) -> Iterable[Mention]:
    seen: set[str] = set()
    for mention in mentions:
        if mention.text.casefold() not in seen:
            seen.add(mention.text.casefold())
            yield mention
