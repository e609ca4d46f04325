"""Currencies that are in use, and when the others were withdrawn. Pure.

From CLDR, as packaged in Babel: for each territory its legal tender with the days on which it began and ended.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from babel import Locale
from babel.core import get_global

_NO_CURRENCY = frozenset({"XXX", "XTS"})  # of ISO 4217: no currency, and a code for tests


def trouble_with(code: str, accepted: frozenset[str]) -> str:
    """What is wrong with a code as a sentence; "" where it is in use, or accepted beside those in use."""
    if code in accepted or _ended().get(code, date.min) is None:
        return ""
    if code in _NO_CURRENCY or code not in Locale("en").currencies:
        return f"{code or 'an empty code'} is not a currency of ISO 4217"
    ended = _ended().get(code)
    return f"{code} was withdrawn in {ended.year}" if ended else f"{code} is legal tender nowhere"


@cache
def _ended() -> dict[str, date | None]:
    """When each currency stopped being legal tender in the last territory; None while it is somewhere."""
    found: dict[str, date | None] = {}
    for spans in get_global("territory_currencies").values():
        for code, _, end, tender in spans:
            day = date(*end) if end else None
            if tender:
                known = found.get(code, date.min)
                found[code] = None if known is None or day is None else max(known, day)
    return found
