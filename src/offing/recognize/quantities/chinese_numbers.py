"""Chinese numbers: 4.5亿, 20亿6000万, 六亿, 一百二十."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import takewhile
from math import prod

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "兩": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
_VAGUE = "多余餘"
_NUMERALS = "".join(_DIGITS)
_NO_SCALE = "兆(?=[瓦伏比字赫帕位])|千(?=[瓦伏米克升赫卡])"  # megawatt, kilovolt, kilometre
RUN = re.compile(
    rf"(?:\d{{1,30}}(?:[.,]\d{{1,30}}){{0,10}}|[{_NUMERALS}十])"
    rf"(?:\d{{1,30}}(?:[.,]\d{{1,30}}){{0,10}}|(?!{_NO_SCALE})[{_NUMERALS}十百千万萬亿億兆{_VAGUE}]){{0,40}}"
)
_PART = re.compile(r"\d+(?:[.,]\d+)*|.", re.DOTALL)


def value_of(run: str) -> tuple[Decimal, int] | None:
    """The value of a run of Chinese numerals and the multiplier of a final 万 or 亿; None if it is no number."""
    if len(run) > 1 and all(char in _DIGITS for char in run):  # a year or a telephone number, digit by digit
        return Decimal("".join(str(_DIGITS[char]) for char in run)), 1
    reading = _Reading()
    for part in _PART.findall(run):
        if not reading.take(part):
            return None
    return reading.value(), prod(_LARGE[char] for char in takewhile(_LARGE.__contains__, reversed(run)))


class _Reading:
    """The state of reading a number from the left: the total so far, the current section, the last digit."""

    def __init__(self) -> None:
        self._total = Decimal(0)
        self._section = Decimal(0)
        self._digit: Decimal | None = None
        self._last_unit = 0

    def take(self, part: str) -> bool:
        """Read one part; False if it cannot follow."""
        if part in _DIGITS or part[0].isdigit():
            if self._digit is not None:
                return False
            if part in _DIGITS:
                self._digit = Decimal(_DIGITS[part])
            else:
                whole, point, fraction = part.replace(",", "").partition(".")
                self._digit = Decimal(f"{whole}{point}{fraction.replace('.', '')}")
        elif part in _SMALL:
            self._section += (Decimal(1) if self._digit is None else self._digit) * _SMALL[part]
            self._digit = None
        elif part in _LARGE:
            return self._scale(_LARGE[part])
        return True  # 多 and 余 mean "and some more"

    def _scale(self, unit: int) -> bool:
        """Scale the section before 万, 亿 or 兆; False if nothing precedes it."""
        section = self._section + (self._digit or 0)
        self._section, self._digit = Decimal(0), None
        if unit > self._last_unit:  # 1万亿: everything before is scaled
            self._total = (self._total + section) * unit
        else:
            self._total += section * unit
        self._last_unit = unit
        return self._total != 0

    def value(self) -> Decimal:
        """The value read so far."""
        return self._total + self._section + (self._digit or 0)
