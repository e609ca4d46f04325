"""Decides when a predicted value equals the annotated one.

Names are compared without accents, legal forms and the words that many firms share; sums within one per cent. Rows are
the plain objects of the JSONL files (docs/analyst.md): a candidate, a gold project, or one value of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from offing.services.evaluation.units import unit_of

Row = dict[str, Any]
Same = Callable[[Any, Any], bool]

LEGAL_FORMS = frozenset(
    {
        *("co", "ltd", "limited", "corporation", "corp", "company", "inc", "plc", "the", "of"),
        *("technologies", "technology", "and", "sa", "llc", "pte"),
    }
)
SHARED_WORDS = frozenset(
    {
        *("china", "chinese", "bank", "group", "international", "national", "construction", "engineering"),
        *("import", "export", "industry", "industrial", "state", "overseas", "first", "holdings", "investment"),
        *("development", "general", "global", "africa", "kenya", "peoples"),
    }
)
_CJK_FORMS = re.compile(r"(股份有限公司|有限责任公司|有限公司|集团公司|总公司|集团|公司|股份)")
_NAME_OVERLAP = 0.6  # of the words of the longer name
_OWN_WORD = 3  # a shared word of at least this length identifies a firm
_TOLERANCE = 0.01
_PHRASE = 4


def normal_name(name: str) -> str:
    """Return a name in lower case without accents, legal forms and punctuation."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    bare = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    words = re.split(r"[^\w]+", _CJK_FORMS.sub("", bare))
    return " ".join(word for word in words if word and word not in LEGAL_FORMS)


def same_name(predicted: str, gold: Row) -> bool:
    """Return whether a name is the canonical or the written name of an annotated firm or lender."""
    name = normal_name(predicted)
    return bool(name) and any(
        _same_normal(name, normal_name(other)) for other in (gold["name"], gold.get("as_written", "")) if other
    )


def same_party(predicted: Row, gold: Row) -> bool:
    """Return whether a firm or lender is the annotated one, by its canonical or its written name."""
    names = (predicted["name"], predicted.get("as_written"))
    return any(same_name(name, gold) for name in names if name)


def _same_normal(name: str, other: str) -> bool:
    if not other:
        return False
    if name.replace(" ", "") == other.replace(" ", ""):
        return True
    words, others = set(name.split()), set(other.split())
    if _numbers(words) != _numbers(others):  # the 18th and the 20th bureau are two firms
        return False
    own, own_other = words - SHARED_WORDS, others - SHARED_WORDS
    if own and own_other and _overlap(words, others) >= _NAME_OVERLAP and _overlap(own, own_other) >= _NAME_OVERLAP:
        return True
    telling = any(len(word) >= _OWN_WORD for word in own & own_other)
    nested_own = own <= own_other or own_other <= own
    return telling and nested_own and (words <= others or others <= words)


def _numbers(words: set[str]) -> set[str]:
    return {re.sub(r"\D", "", word) for word in words if any(c.isdigit() for c in word)}


def _overlap(words: set[str], others: set[str]) -> float:
    return len(words & others) / max(len(words), len(others))


def same_amount(predicted: Row, gold: Row) -> bool:
    """Return whether a sum is the annotated one: the same currency, within one per cent."""
    value = _number(predicted)
    return value is not None and predicted.get("currency") == gold["currency"] and _close(value, gold["value"])


def same_quantity(predicted: Row, gold: Row) -> bool:
    """Return whether a size is the annotated one: the same unit, within one per cent."""
    value = _number(predicted)
    return value is not None and unit_of(predicted) == unit_of(gold) and _close(value, gold["value"])


def same_phrase(predicted: str | Row, gold: str) -> bool:
    """Return whether one of two written names contains the other."""
    name = normal_name(predicted["name"] if isinstance(predicted, dict) else str(predicted))
    other = normal_name(gold)
    if not name or not other or min(len(name), len(other)) < min(_PHRASE, len(other)):
        return False
    return name in other or other in name


def _number(row: Row) -> float | None:
    try:
        return float(row["value"])
    except (KeyError, TypeError, ValueError):
        return None


def _close(value: float, gold: float) -> bool:
    return abs(value - gold) <= _TOLERANCE * abs(gold)


# The fields that every gold project has, and those that are counted only where gold has them.
FIELDS: dict[str, Same] = {
    "countries": lambda p, g: bool(p == g),
    "firms": same_party,
    "lenders": same_party,
    "amounts": same_amount,
}
EXTRA_FIELDS: dict[str, Same] = {
    "counterparts": same_phrase,
    "concerns": lambda p, g: bool(p.get("kind") == g["kind"]),
    "quantities": same_quantity,
    "places": same_phrase,
}
_PAIR_WEIGHTS = {"countries": 3, "firms": 2, "lenders": 1, "amounts": 1}


def matches(predicted: Sequence[Any], gold: Sequence[Any], same: Same) -> list[tuple[Any, Any]]:
    """Return pairs of predicted and matching gold values; no gold value is used twice."""
    left, found = list(gold), []
    for value in predicted:
        for i, other in enumerate(left):
            if same(value, other):
                found.append((value, left.pop(i)))
                break
    return found


def overlap(candidate: Row, project: Row) -> float:
    """Return how much a candidate and a gold project have in common; null fields of gold do not count."""
    score = 0.0
    for field, weight in _PAIR_WEIGHTS.items():
        gold = project[field]
        if gold is None:
            continue
        predicted = candidate.get(field) or []
        hits = len(matches(predicted, gold, FIELDS[field]))
        score += weight * hits / max(1, len(gold), len(predicted))
    known = (("sector", 0.5), ("status", 0.25))
    return score + sum(weight for name, weight in known if candidate.get(name) == project[name] is not None)


def pair(candidates: Sequence[Row], projects: Sequence[Row]) -> dict[int, int]:
    """Assign candidates to gold projects, both by index, the best overlap first; gold without a match is omitted."""
    scored = sorted(
        ((overlap(c, p), i, j) for i, c in enumerate(candidates) for j, p in enumerate(projects)), reverse=True
    )
    pairs: dict[int, int] = {}
    for score, i, j in scored:
        if score > 0 and i not in pairs.values() and j not in pairs:
            pairs[j] = i
    return pairs
