"""Caches patterns as plain JSON, so that processes need not rebuild them: 40,000 of names, 25,000 per language."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, overload

from offing.model.reading.mention import MentionKind
from offing.model.reading.rules import Cue, Keep
from offing.model.values.collecting import collecting_later
from offing.recognize.text.patterns import Form, Matcher, PatternTable
from offing.recognize.text.tables import CaseCheck, FalseFriendForm, Name, Payload


def cached_matcher(keep: Keep | None, name: str, forms: Callable[[], Iterable[Form[Payload]]]) -> Matcher[Payload]:
    """The matcher of some forms, with its patterns cached under a name."""
    if keep is None:
        with collecting_later():
            return Matcher(forms())
    with collecting_later():
        literals, tails, articles, payloads = keep(name, lambda: _columns(PatternTable.of(forms())))
        return Matcher(PatternTable(literals, tails, articles, _Payloads(payloads.split("\n"))))


def _columns(table: PatternTable[Payload]) -> list[Any]:
    lines = "\n".join(json.dumps(_parts(payload), ensure_ascii=False) for payload in table.payloads)
    return [list(table.literals), list(table.tails), list(map(int, table.articles)), lines]


def _parts(payload: Payload) -> tuple[Any, ...]:
    match payload:
        case Name(kind, key, name, text, case, near, by):
            return ("name", kind, key, name, text, case, near, by)
        case FalseFriendForm(kinds, text, case):
            return ("trap", sorted(kinds), text, case)
        case Cue(kind, key, language, text, weight):
            return ("cue", kind, key, language, text, weight)


def _read(line: str) -> Payload:
    what, *parts = json.loads(line)
    if what == "cue":
        return Cue(*parts)
    if what == "trap":
        kinds, text, case = parts
        return FalseFriendForm(frozenset(map(MentionKind, kinds)), text, CaseCheck(case))
    kind, key, name, text, case, near, by = parts
    return Name(MentionKind(kind), key, name, text, CaseCheck(case), tuple(near), by)


class _Payloads(Sequence[Payload]):
    """Payloads parsed from their lines on first access: an article needs some hundred of them."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._parsed: dict[int, Payload] = {}

    def __len__(self) -> int:
        """The number of payloads."""
        return len(self._lines)

    @overload
    def __getitem__(self, place: int) -> Payload: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Payload]: ...
    def __getitem__(self, place: int | slice) -> Payload | Sequence[Payload]:
        """One payload, or a slice."""
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        if place not in self._parsed:
            self._parsed[place] = _read(self._lines[place])
        return self._parsed[place]
