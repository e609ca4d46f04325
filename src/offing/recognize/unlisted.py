"""Adds firms that no list has, and fits them together with the listed ones around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from offing.model.mention import Mention, MentionKind
from offing.recognize.capitals import run_from
from offing.recognize.draft import Draft
from offing.recognize.fold import fold_form, is_han
from offing.recognize.spans import Span, Spans, longest

_WEIGHTS = {"legal form": 0.5, "chinese firm": 0.8}
_GENERIC_HAN = re.compile(
    "(?:技术|科技|工程|建设|建筑|股份|国际|控股|实业|投资|电力|集团|责任|通讯|有限|总|分)*(?:公司|集团)"
)
_NUMBERED = re.compile(
    r"\d|第|\b(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|\w+teenth|Eleventh|Twelfth)\b"
)


class Reader(Protocol):
    """What finds unlisted firms in a text."""

    def read(self, draft: Draft) -> Iterator[tuple[Span, str]]:
        """Spans with the rule that found them."""


def find_unlisted(draft: Draft, readers: Iterable[Reader], suffixes: frozenset[str]) -> None:
    """Add unlisted firms; listed ones take in the generic words behind them ("Huawei Technologies (Thailand)")."""
    draft.mentions = [_extended(draft, m, suffixes) if m.kind is MentionKind.FIRM else m for m in draft.mentions]
    listed = draft.of(MentionKind.FIRM)
    lenders = Spans((m.start, m.end) for m in draft.of(MentionKind.LENDER))
    for found in longest(_candidates(draft, readers)):
        touching = [m for m in listed if m.start < found.end and found.start < m.end]
        if lenders.overlap(found.start, found.end) or _names_something_else(draft, found):
            continue
        if all(_is_part_of(found, mention) for mention in touching):
            draft.drop(touching)
            draft.mentions.append(found)


def _candidates(draft: Draft, readers: Iterable[Reader]) -> Iterator[Mention]:
    for reader in readers:
        for (start, end), rule in reader.read(draft):
            text = draft.text[start:end]
            yield Mention(MentionKind.FIRM, start, end, text, None, text, weight=_WEIGHTS.get(rule, 1.0), by=rule)


def _is_part_of(found: Mention, listed: Mention) -> bool:
    """Whether a listed name only begins the found one, which is another firm: a numbered bureau, a regional branch."""
    if not (found.start == listed.start and listed.end < found.end):
        return False
    rest = found.text[listed.end - found.start :]
    return _NUMBERED.search(rest) is not None and _NUMBERED.search(listed.text) is None


def _names_something_else(draft: Draft, found: Mention) -> bool:
    """Whether a found name is that of a country, a place or a date only."""
    others = draft.of(MentionKind.COUNTRY, MentionKind.PLACE, MentionKind.CHINA, MentionKind.DATE)
    dated = any(m.kind is MentionKind.DATE and m.start < found.end and found.start < m.end for m in others)
    return dated or len(found.text) < 2 or any(m.start <= found.start and found.end <= m.end for m in others)  # noqa: PLR2004


def _extended(draft: Draft, mention: Mention, suffixes: frozenset[str]) -> Mention:
    end = _end_in_han(draft.text, mention) if is_han(mention.text[-1]) else _end_in_latin(draft, mention, suffixes)
    return replace(mention, end=end, text=draft.text[mention.start : end]) if end > mention.end else mention


def _end_in_han(text: str, mention: Mention) -> int:
    found = _GENERIC_HAN.match(text, mention.end)
    return found.end() if found and not mention.text.endswith(("公司", "集团")) else mention.end


def _end_in_latin(draft: Draft, mention: Mention, suffixes: frozenset[str]) -> int:
    countries = Spans((m.start, m.end) for m in draft.of(MentionKind.COUNTRY) if m.by == "name")
    end = mention.end
    for word in run_from(draft.text, mention.start):
        if word.start < mention.end:
            continue
        bare = fold_form(word.text).rstrip(".")
        if bare not in suffixes and not countries.overlap(word.start, word.end):
            break
        end = word.end
    return end
