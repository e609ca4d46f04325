"""Goods: products that a firm makes and sells, named beside it or at the top of a text; who brings them is a supplier.

"cameras by X", "les onduleurs X", "оборудование X", 由X制造的电表: goods; a road, a bridge or a network are works.
"""

from __future__ import annotations

import re
from functools import lru_cache

from offing.model.reading.mention import Mention
from offing.model.reading.rules import ScoringRules
from offing.propose.reading.grammar import pattern, words

# Whole words; Russian with any ending, Arabic after particles and the article, Chinese anywhere.
_RUSSIAN, _ARABIC, _HAN = "ru", "ar", "zh"
_GOODS = (
    r"(?i:(?<![^\W_])(?:%s)(?![^\W_])|(?<![^\W_])(?:%s)\w{0,8}|"
    r"(?<![\u0600-\u06ff])[ولبك]?(?:ال)?(?:%s)(?![\u0600-\u06ff])|%s)"
)
_BEFORE, _BEHIND = 32, 22  # characters between goods and their firm
_STOP = re.compile(r"[.;:!?。；！？\n]")


def are_named(text: str, rules: ScoringRules) -> bool:
    """Whether a stretch of text names goods."""
    lists = (words(rules, "goods", language) for language in ("", _RUSSIAN, _ARABIC, _HAN))
    return _has_goods(text, pattern(_GOODS, *lists))


@lru_cache(maxsize=256)
def _has_goods(text: str, goods: re.Pattern[str]) -> bool:
    return goods.search(text) is not None


def before(text: str, firm: Mention, rules: ScoringRules) -> bool:
    """Whether goods are named right before a firm in its sentence: cameras by X."""
    near = _STOP.split(text[max(0, firm.start - _BEFORE) : firm.start])[-1]
    return are_named(near, rules)


def behind(text: str, firm: Mention, rules: ScoringRules) -> bool:
    """Whether goods are named right after a firm: X's cameras, X设备."""
    return are_named(_STOP.split(text[firm.end : firm.end + _BEHIND])[0], rules)
