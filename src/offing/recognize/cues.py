"""Cues: the wordings that speak for a sector, a status, a role and the like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby

from offing.model.manners import manner_of
from offing.model.mention import Mention, MentionKind
from offing.model.rules import Cue
from offing.model.vocabulary import Status
from offing.recognize.draft import Draft
from offing.recognize.fold import with_accents
from offing.recognize.patterns import GAP
from offing.recognize.progress import BY, WEIGHT, ProgressReader

_VARIES = re.compile(rf"\*|\(|{re.escape(GAP)}")  # from where on a wording may be written in several ways
# Who gives, pays and denies is told by words that stand inside other signals too: "donated by China".
_APART = frozenset({"marks-giving", "marks-paying", "marks-denied"})
# Who does what: each wording counts, wherever it stands.
_EACH = frozenset(
    {
        *("marks-does", "marks-done-by", "marks-said-firm"),
        *("marks-new-clause", "marks-apposition"),
        *("marks-other-works", "marks-only-offered", "marks-no-part"),
    }
)


def find_cues(draft: Draft, progress: ProgressReader) -> None:
    """Add the cues of the text; of one kind the longer wording wins over those inside it."""
    strict = manner_of(draft.language).accents_tell and not draft.text.isascii()
    found = [*_cues(draft, strict=strict), *_counted(draft, progress)]
    draft.mentions += (cue for cue in found if cue.key in _EACH)
    others = sorted((c for c in found if c.key not in _EACH), key=lambda m: (*_group(m), m.start, -m.end))
    for _, mentions in groupby(others, key=_group):
        draft.mentions += _outermost(mentions)


def _group(cue: Mention) -> tuple[str, bool]:
    return cue.kind, cue.key in _APART


def _cues(draft: Draft, *, strict: bool) -> Iterator[Mention]:
    seen: set[tuple[str, str, int, int]] = set()
    for hit in draft.hits:
        cue = hit.payload
        if not isinstance(cue, Cue) or (cue.kind, cue.key, hit.start, hit.end) in seen:
            continue
        start, end = draft.folded.span(hit.start, hit.end)
        written = draft.text[start:end]
        if not strict or _same_accents(written, cue.text):
            seen.add((cue.kind, cue.key, hit.start, hit.end))
            kind = MentionKind(cue.kind)
            yield Mention(kind, start, end, written, cue.key, weight=cue.weight, by=cue.text)


def _counted(draft: Draft, progress: ProgressReader) -> Iterator[Mention]:
    """What is counted as done of a number of things: the work goes on."""
    for first, last in progress.counted(draft.folded.text):
        start, end = draft.folded.span(first, last)
        written, status = draft.text[start:end], Status.UNDER_CONSTRUCTION
        yield Mention(MentionKind.STATUS, start, end, written, status, weight=WEIGHT, by=BY)


def _same_accents(written: str, wording: str) -> bool:
    """Whether a text writes the accents of a wording; capitals may go without."""
    return written.isupper() or with_accents(written).startswith(_accented_stem(wording))


@lru_cache(maxsize=10_000)
def _accented_stem(wording: str) -> str:
    return with_accents(_VARIES.split(wording, maxsplit=1)[0].rstrip())


def _outermost(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Those that lie in no longer one; they come by start, the longer first."""
    outer: Mention | None = None
    for mention in mentions:
        if outer and mention.end <= outer.end and (mention.start, mention.end) != (outer.start, outer.end):
            continue
        if outer is None or mention.end > outer.end:
            outer = mention
        yield mention
