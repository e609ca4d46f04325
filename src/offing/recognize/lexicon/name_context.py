"""Checks a name against the rest of its text: false friends around it, required context words, its spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable

from offing.model.reading.mention import MentionKind
from offing.recognize.lexicon.introduced import Introductions
from offing.recognize.text.draft import Draft
from offing.recognize.text.folded_text import Folded, fold_cased, fold_form, is_han
from offing.recognize.text.patterns import ends_word, starts_word
from offing.recognize.text.spans import Span, Spans
from offing.recognize.text.tables import CaseCheck, FalseFriendForm, Name

_SHORT, _LONG = 3, 5
_REACH = 40
_WORD_BEFORE = re.compile(r"([^\W\d_]{1,30}) $")
_WORD_BEHIND = re.compile(r" ([^\W\d_]{1,30})")
_FEWEST_INITIALS = 3


class FalseFriends:
    """The false friends of a text.

    No name counts inside one, nor where it is a false friend's short form: given in brackets, or its initials in a text
    that never writes the other name in full (CDB beside the Caribbean Development Bank). Initials that a text gives
    after a name of its own, such as an academy's (HAINA), mean no town.
    """

    def __init__(self, draft: Draft, own_initials: Iterable[str], introductions: Introductions) -> None:
        spans: dict[MentionKind, list[Span]] = {kind: [] for kind in MentionKind}
        self._short: dict[MentionKind, set[str]] = {kind: set() for kind in MentionKind}
        self._initials: dict[MentionKind, set[str]] = {kind: set() for kind in MentionKind}
        for hit in draft.hits:
            form, span = hit.payload, (hit.start, hit.end)
            if isinstance(form, FalseFriendForm) and is_written(draft.folded, span, form.text, form.case):
                start, end = draft.folded.span(*span)
                for kind in form.kinds:
                    spans[kind].append(span)
                    self._short[kind].add(fold_form(introductions.short_name(draft.text, start, end) or ""))
                    self._initials[kind].add(_initials(draft.text[start:end]))
        self._short[MentionKind.PLACE].update(map(fold_form, own_initials))
        self._spans = {kind: Spans(found) for kind, found in spans.items()}

    def hold(self, name: Name, span: Span) -> bool:
        """Whether a name is inside a false friend."""
        return self._spans[name.kind].cover(*span)

    def abbreviate(self, name: Name, in_full: frozenset[str]) -> bool:
        """Whether a name is the short form of a false friend; `in_full` holds the entities named in full."""
        short = fold_form(name.text)
        return short in self._short[name.kind] or (short in self._initials[name.kind] and name.key not in in_full)


def _initials(phrase: str) -> str:
    initials = "".join(word[0] for word in phrase.split() if word[0].isupper()).lower()
    return initials if len(initials) >= _FEWEST_INITIALS else ""


class ContextWords:
    """Checks whether a context word that a name requires occurs anywhere in the text.

    An unambiguous Chinese firm or lender counts as the word China where another firm requires it.
    """

    def __init__(self, folded: str, among_chinese: bool) -> None:
        self._folded = folded
        self._among_chinese = among_chinese
        self._known: dict[str, bool] = {}

    def allows(self, name: Name) -> bool:
        """Whether a name requires no context or has it."""
        if not name.near or (self._among_chinese and name.kind is MentionKind.FIRM and "China" in name.near):
            return True
        return any(self._occurs(word) for word in name.near)

    def _occurs(self, word: str) -> bool:
        """Whether the text has a context word; a trailing `*` stands for any ending."""
        if word not in self._known:
            form, whole = fold_form(word.rstrip("*")), not word.endswith("*")
            spans = (found.span() for found in re.finditer(re.escape(form), self._folded)) if form else ()
            self._known[word] = any(
                starts_word(self._folded, start, takes_article=True) and (not whole or ends_word(self._folded, end))
                for start, end in spans
            )
        return self._known[word]


def is_written(folded: Folded, span: Span, form: str, case: CaseCheck) -> bool:
    """Whether a name is written in the case that it requires.

    A short case-sensitive name (US, IT) does not count among other words in capitals.
    """
    if case is CaseCheck.ANY:
        return True
    written = folded.written(*span)
    if case is CaseCheck.CAPITAL:
        return not next((char for char in written if char.isalpha()), "X").islower()
    wanted, found = fold_cased(form.rstrip("*")), fold_cased(written)
    if found.isupper() and len(found) >= _LONG:  # HUAWEI in a headline
        return True
    if found != wanted and not (form.endswith("*") and found.startswith(wanted)):
        return False
    if len(form) > _SHORT or is_han(form[0]):
        return True
    # The adjacent words, both or the only one, may be in capitals too, as in a headline.
    start, end = folded.span(*span)
    before = _WORD_BEFORE.search(folded.original, max(0, start - _REACH), start)
    behind = _WORD_BEHIND.match(folded.original, end)
    beside = [word[1] for word in (before, behind) if word]
    return not beside or not all(word.isupper() and len(word) > 1 for word in beside)
