"""Which of the lexicon's names that stand in a text are meant there, and why the others are not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from offing.model.mention import MentionKind, Sighting, Verdict
from offing.recognize.context import Nearness, Traps, is_written
from offing.recognize.draft import Draft
from offing.recognize.homonyms import Homonyms
from offing.recognize.spans import Span, Spans
from offing.recognize.tables import CHINA_CODE, CaseCheck, Name, Trap, without_legal_form

_ADDRESS = re.compile(r"(?:https?://|www\.)\S{1,2000}|[\w.+-]{1,64}@[\w.-]{1,255}", re.ASCII)
_ACTORS = (MentionKind.FIRM, MentionKind.LENDER)


@dataclass(frozen=True, slots=True)
class Judged:
    """A name at a span of the folded text, and whether it is meant."""

    span: Span
    name: Name
    verdict: Verdict


def judge(draft: Draft) -> list[Judged]:
    """Every name of the lexicon that the text has, with its verdict."""
    traps = Traps(draft)
    named = [((hit.start, hit.end), hit.payload) for hit in draft.hits if isinstance(hit.payload, Name)]
    first = [Judged(span, name, _as_written(draft, traps, span, name)) for span, name in named]
    written = [found.name for found in first if found.verdict is Verdict.MEANT]
    in_full = frozenset(name.key for name in written if " " in name.text)
    near = Nearness(draft.folded.text, _among_chinese(written))
    homonyms = Homonyms(draft.folded.text, *_parted(first))
    addresses = Spans(match.span() for match in _ADDRESS.finditer(draft.text))

    def final(found: Judged) -> Judged:
        if found.verdict is not Verdict.MEANT:
            return found
        if not near.allows(found.name):
            return replace(found, verdict=Verdict.CONTEXT)
        if traps.abbreviate(found.name, in_full) or homonyms.hold(found.span, found.name):
            return replace(found, verdict=Verdict.FALSE_FRIEND)
        in_address = addresses.overlap(*draft.folded.span(*found.span))
        return replace(found, verdict=Verdict.ADDRESS) if in_address else found

    return [final(found) for found in first]


def _parted(found: Iterable[Judged]) -> tuple[list[tuple[Span, Name]], list[tuple[Span, Name]]]:
    """What is meant so far, and what lies in a false friend."""
    known = list(found)
    meant = [(one.span, one.name) for one in known if one.verdict is Verdict.MEANT]
    return meant, [(one.span, one.name) for one in known if one.verdict is Verdict.FALSE_FRIEND]


def _as_written(draft: Draft, traps: Traps, span: Span, name: Name) -> Verdict:
    if not is_written(draft.folded, span, name.text, name.case):
        return Verdict.SPELLING
    return Verdict.FALSE_FRIEND if traps.hold(name, span) else Verdict.MEANT


def _among_chinese(names: Iterable[Name]) -> bool:
    """Whether other names tell that the text speaks of Chinese parties: a certain one, China, or two short ones.

    CHEC alone may be anything; CHEC beside CCCC is hardly two others.
    """
    known = list(names)
    if any(name.key == CHINA_CODE or (name.kind in _ACTORS and not name.near) for name in known):
        return True
    return len({name.key for name in known if name.kind is MentionKind.FIRM and "China" in name.near}) > 1


def sightings(draft: Draft) -> list[Sighting]:
    """Every name of the lexicon that the text has, with the reason why it is meant or not."""
    return [_sighting(draft, found) for found in judge(draft)]


def _sighting(draft: Draft, found: Judged) -> Sighting:
    start, end = draft.folded.span(*found.span)
    name, because = found.name, _because(draft, found)
    return Sighting(
        name.kind, start, end, draft.text[start:end], name.key, name.name, name.text, found.verdict, because
    )


def _because(draft: Draft, found: Judged) -> str:
    """What a verdict against a name rests on: the spelling, the words or the other name that it turns on."""
    match found.verdict:
        case Verdict.SPELLING:
            return "a capital letter" if found.name.case is CaseCheck.CAPITAL else found.name.text
        case Verdict.CONTEXT:
            return " | ".join(found.name.near)
        case Verdict.FALSE_FRIEND:
            return " | ".join(dict.fromkeys(_friends(draft, found)))
        case _:
            return ""


def _friends(draft: Draft, found: Judged) -> Iterator[str]:
    """The false friends around a name; where it lies in none, those whose short form it is."""
    traps = [hit for hit in draft.hits if isinstance(hit.payload, Trap) and found.name.kind in hit.payload.kinds]
    around = [hit for hit in traps if hit.start <= found.span[0] and found.span[1] <= hit.end]
    for hit in around or traps:
        assert isinstance(hit.payload, Trap)
        yield hit.payload.text


def drop_false_friends(draft: Draft) -> None:
    """Take away firms that no list has and that a list of false friends names, with or without their legal form."""
    traps = ((hit.start, hit.end, hit.payload) for hit in draft.hits if isinstance(hit.payload, Trap))
    named = Spans(
        draft.folded.span(start, end)
        for start, end, trap in traps
        if MentionKind.FIRM in trap.kinds and is_written(draft.folded, (start, end), trap.text, trap.case)
    )
    firms = (mention for mention in draft.of(MentionKind.FIRM) if mention.key is None)
    draft.drop([m for m in firms if named.cover(m.start, m.start + len(without_legal_form(m.text)))])
