"""Classifies units: whether they measure, and what they state about a project's size."""

from __future__ import annotations

from collections.abc import Iterable

from offing.model.reading.patterns import PatternRole, PatternWord

_PLACED = frozenset({"served", "administered"})


class UnitKinds:
    """Classifies units.

    Args:
        words: the rules' pattern words.
    """

    def __init__(self, words: Iterable[PatternWord]) -> None:
        of: dict[PatternRole, list[PatternWord]] = {role: [] for role in _ROLES}
        for word in words:
            if word.role in of:
                of[word.role].append(word)
        self._kinds = {word.text: word.value for word in of[PatternRole.UNIT_KIND]}
        self.unit_signs = frozenset(word.text for word in of[PatternRole.UNIT_SIGN])
        self.measures = self.unit_signs.union(word.text for word in of[PatternRole.UNIT_MEASURE])
        vague = {word.text for word in of[PatternRole.UNIT_VAGUE]}
        self.vague = frozenset(vague | {unit for unit, kind in self._kinds.items() if kind in _PLACED})
        self.never_implied = self.measures | self.vague  # never what "units" and "devices" stand for

    def kind(self, unit: str) -> str:
        """The kind of a unit, with or without a time, such as a number of users; "unit" for any other."""
        return self._kinds.get(unit) or self._kinds.get(unit.partition("/")[0], "unit")


_ROLES = (PatternRole.UNIT_KIND, PatternRole.UNIT_SIGN, PatternRole.UNIT_MEASURE, PatternRole.UNIT_VAGUE)
