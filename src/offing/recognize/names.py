"""Firms, lenders, countries, places and China, by the lexicon; false friends and missing context rule out."""

from __future__ import annotations

import re

from offing.model.mention import Mention, MentionKind
from offing.recognize.draft import Draft
from offing.recognize.fold import Folded, fold_cased, fold_form, is_han
from offing.recognize.patterns import Hit, ends_word, starts_word
from offing.recognize.spans import Span, Spans, longest
from offing.recognize.tables import CaseCheck, Name, Payload, Trap

_ADDRESS = re.compile(r"(?:https?://|www\.)\S{1,2000}|[\w.+-]{1,64}@[\w.-]{1,255}", re.ASCII)
_GROUPS = (
    (MentionKind.FIRM,),
    (MentionKind.LENDER,),
    (MentionKind.COUNTRY, MentionKind.CHINA, MentionKind.PLACE),
)
_SHORT = 3
_LINE = 60


def find_names(draft: Draft) -> None:
    """Add the names of the lexicon that are meant; within a kind the longest wins."""
    traps = _traps(draft)
    addresses = Spans(match.span() for match in _ADDRESS.finditer(draft.text))
    written = [
        (hit, hit.payload)
        for hit in draft.hits
        if isinstance(hit.payload, Name)
        and is_written(draft.folded, (hit.start, hit.end), hit.payload.text, hit.payload.case)
        and not traps[hit.payload.kind].cover(hit.start, hit.end)
    ]
    near = _Nearness(draft.folded.text, _is_about_china(written))
    meant = [_mention(draft, hit, name) for hit, name in written if near.any_of(name.near)]
    meant.sort(key=lambda mention: mention.kind is MentionKind.PLACE)  # of two alike a country is meant
    for kinds in _GROUPS:
        found = (m for m in meant if m.kind in kinds and not addresses.overlap(m.start, m.end))
        draft.mentions += longest(found)


def _mention(draft: Draft, hit: Hit[Payload], name: Name) -> Mention:
    start, end = draft.folded.span(hit.start, hit.end)
    return Mention(name.kind, start, end, draft.text[start:end], name.key, name.name, by=name.by)


def _is_about_china(written: list[tuple[Hit[Payload], Name]]) -> bool:
    """Whether the text names an actor that is Chinese without doubt."""
    certain = (MentionKind.FIRM, MentionKind.LENDER, MentionKind.CHINA)
    return any(name.kind in certain and not name.near for _, name in written)


def _traps(draft: Draft) -> dict[MentionKind, Spans]:
    spans: dict[MentionKind, list[Span]] = {kind: [] for kind in MentionKind}
    for hit in draft.hits:
        trap = hit.payload
        if isinstance(trap, Trap) and is_written(draft.folded, (hit.start, hit.end), trap.text, trap.case):
            for kind in trap.kinds:
                spans[kind].append((hit.start, hit.end))
    return {kind: Spans(found) for kind, found in spans.items()}


def is_written(folded: Folded, span: Span, form: str, case: CaseCheck) -> bool:
    """Whether a name stands in the case that it needs.

    A short one that counts only as written (US, IT) does not count in a line that is all in capitals.
    """
    if case is CaseCheck.ANY:
        return True
    written = folded.written(*span)
    if case is CaseCheck.CAPITAL:
        return not next((char for char in written if char.isalpha()), "X").islower()
    if fold_cased(written) != fold_cased(form.rstrip("*")) and not _begins_like(written, form):
        return False
    return len(form) > _SHORT or is_han(form[0]) or _line_has_lower_case(folded, span)


def _begins_like(written: str, form: str) -> bool:
    return form.endswith("*") and fold_cased(written).startswith(fold_cased(form[:-1]))


def _line_has_lower_case(folded: Folded, span: Span) -> bool:
    start, end = folded.span(*span)
    around = folded.original[max(0, start - _LINE) : start] + folded.original[end : end + _LINE]
    return not any(char.isalpha() for char in around) or any(char.islower() or is_han(char) for char in around)


class _Nearness:
    """Whether a word that a name needs stands anywhere in the text; a Chinese actor stands for "China"."""

    def __init__(self, folded: str, about_china: bool) -> None:
        self._folded = folded
        self._known: dict[str, bool] = {"China": True, "中国": True} if about_china else {}

    def any_of(self, words: tuple[str, ...]) -> bool:
        return not words or any(self._stands(word) for word in words)

    def _stands(self, word: str) -> bool:
        if word not in self._known:
            self._known[word] = _stands_in(fold_form(word.rstrip("*")), self._folded, whole=not word.endswith("*"))
        return self._known[word]


def _stands_in(word: str, text: str, *, whole: bool) -> bool:
    start = text.find(word) if word else -1
    while start >= 0:
        end = start + len(word)
        if starts_word(text, start, takes_article=True) and (not whole or ends_word(text, end)):
            return True
        start = text.find(word, end)
    return False
