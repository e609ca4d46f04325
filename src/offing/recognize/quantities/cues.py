"""Finds cues: wordings that support a sector, a status, a role and the like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import Protocol, TypeVar

from offing.model.reading.mention import Mention, MentionKind
from offing.model.reading.rules import Cue
from offing.model.text.language_traits import traits_of
from offing.model.values.vocabulary import Status
from offing.recognize.quantities.progress import BY, WEIGHT, ProgressReader
from offing.recognize.text.draft import Draft
from offing.recognize.text.folded_text import with_accents
from offing.recognize.text.patterns import GAP


class _Spanning(Protocol):
    """Whatever has a start and an end in a text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


Stretch = TypeVar("Stretch", bound=_Spanning)
_VARIES = re.compile(rf"\*|\(|{re.escape(GAP)}")  # from here on a wording may vary
# Giving, paying and denying: their wordings also occur inside other signals ("donated by China").
APART = frozenset({"marks-giving", "marks-paying", "marks-denied"})
# Who does what: each wording counts, wherever it stands.
EACH = frozenset(
    {
        *("marks-does", "marks-done-by", "marks-said-firm"),
        *("marks-new-clause", "marks-apposition"),
        *("marks-other-works", "marks-only-offered", "marks-no-part"),
    }
)


def find_cues(draft: Draft, progress: ProgressReader) -> None:
    """Add the cues of the text; within a kind a longer wording wins over those inside it."""
    strict = traits_of(draft.language).accents_tell and not draft.text.isascii()
    found = list(_cues(draft, strict=strict))
    # A count of finished parts of a whole supports that the works are under way.
    for first, last in progress.counted(draft.folded.text):
        start, end = draft.folded.span(first, last)
        written, status = draft.text[start:end], Status.UNDER_CONSTRUCTION
        found.append(Mention(MentionKind.STATUS, start, end, written, status, weight=WEIGHT, by=BY))
    draft.mentions += (cue for cue in found if cue.key in EACH)
    others = sorted((c for c in found if c.key not in EACH), key=lambda m: (*_group(m), m.start, -m.end))
    for _, mentions in groupby(others, key=_group):
        draft.mentions += outermost(mentions)


def _group(cue: Mention) -> tuple[str, bool]:
    return cue.kind, cue.key in APART


def _cues(draft: Draft, *, strict: bool) -> Iterator[Mention]:
    """The wordings in a text; `strict`: only with their accents."""
    seen: set[tuple[str, str, int, int]] = set()
    for hit in draft.hits:
        cue = hit.payload
        if not isinstance(cue, Cue) or (cue.kind, cue.key, hit.start, hit.end) in seen:
            continue
        start, end = draft.folded.span(hit.start, hit.end)
        written = draft.text[start:end]
        if not strict or same_accents(written, cue.text):
            seen.add((cue.kind, cue.key, hit.start, hit.end))
            kind = MentionKind(cue.kind)
            yield Mention(kind, start, end, written, cue.key, weight=cue.weight, by=cue.text)


def same_accents(written: str, wording: str) -> bool:
    """Whether a text has the accents of a wording; text in capitals may omit them."""
    return written.isupper() or with_accents(written).startswith(_accented_stem(wording))


@lru_cache(maxsize=10_000)
def _accented_stem(wording: str) -> str:
    return with_accents(_VARIES.split(wording, maxsplit=1)[0].rstrip())


def outermost(ordered: Iterable[Stretch]) -> Iterator[Stretch]:
    """The stretches that are not inside a longer one; they must come by start, the longer first."""
    outer: Stretch | None = None
    for each in ordered:
        if outer and each.end <= outer.end and (each.start, each.end) != (outer.start, outer.end):
            continue
        if outer is None or each.end > outer.end:
            outer = each
        yield each
