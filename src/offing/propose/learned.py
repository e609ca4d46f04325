"""Learned signs: what annotated articles teach about which kinds of words stand where in news of a project.

The model is a sum of weights over signs such as "a status in the lead" or "sport beside a Chinese party"; it corrects
what the other reasons say. Signs name kinds of mentions, never words, so that one model serves all languages.
Training: `training/screening/relevance.py`; the weights: `config/models/relevance.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from offing.model.mention import Mention, MentionKind
from offing.model.signs import INTERCEPT, KEYED_KINDS, PARTED_KINDS
from offing.propose.core import CHINESE_SIGNALS
from offing.propose.layout import Zone
from offing.propose.reading import Line, Scope
from offing.propose.targets import CHINA, DEMONYM

_CHINESE = frozenset({MentionKind.FIRM, MentionKind.LENDER, MentionKind.CHINA})
_HEAD = frozenset({Zone.TITLE, Zone.LEAD})
_FARTHEST = 2.0  # log-odds beyond which the sum is no surer; times the weight of its reason

Signs = dict[str, Mention]  # each sign with the mention that first shows it


def signs_of(scope: Scope) -> Signs:
    """The signs of a text, each with the mention that first shows it."""
    signs: Signs = {}
    for line in scope.lines:
        named = [(_name(mention), mention) for mention in line.mentions]
        beside = _has_chinese(line)
        for name, mention in named:
            for place in _places(line.zone):
                signs.setdefault(f"{place}|{name}", mention)
            if beside:
                signs.setdefault(f"beside|{name}", mention)
    return signs


def learned(scope: Scope, weights: Mapping[str, float]) -> tuple[float, list[Mention]]:
    """What the signs of a text say together, from -1 (surely not) to 1, and the mentions that say so loudest.

    Args:
        scope: the text.
        weights: of the signs in log-odds, and the intercept; empty where no model is there.
    """
    if not weights:
        return 0.0, []
    found = [(weights[sign], mention) for sign, mention in signs_of(scope).items() if sign in weights]
    total = weights.get(INTERCEPT, 0.0) + sum(weight for weight, _ in found)
    strength = max(-1.0, min(1.0, total / _FARTHEST))
    ordered = sorted(found, key=lambda pair: -pair[0] if total > 0 else pair[0])
    return strength, list(_distinct(mention for weight, mention in ordered if weight * total > 0))


def _places(zone: Zone) -> tuple[str, ...]:
    """The names under which what stands in a zone counts."""
    return (zone, "head") if zone in _HEAD else (zone,)


def _name(mention: Mention) -> str:
    """The kind of a mention as the model tells kinds apart."""
    kind = mention.kind
    if kind in KEYED_KINDS:
        return f"{kind}:{mention.key}"
    if kind not in PARTED_KINDS:
        return str(kind)
    first, second = PARTED_KINDS[kind]
    return f"{kind}:{first if _is_of_the_first(mention) else second}"


def _is_of_the_first(mention: Mention) -> bool:
    """Whether a place is in China, a country told by its adjective, a firm listed."""
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
