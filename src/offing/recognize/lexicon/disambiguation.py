"""Decides which lexicon names in a text denote their entity, and why the others do not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from offing.model.reading.mention import MentionKind, Sighting, Verdict
from offing.model.reading.rules import RecognitionRules
from offing.recognize.lexicon.abbreviations import InitialsReader
from offing.recognize.lexicon.homonyms import CountryBeside, Homonyms
from offing.recognize.lexicon.introduced import Introductions
from offing.recognize.lexicon.name_context import ContextWords, FalseFriends, is_written
from offing.recognize.text.draft import Draft
from offing.recognize.text.name_endings import NameEndings
from offing.recognize.text.spans import Span, Spans
from offing.recognize.text.tables import CHINA_CODE, CaseCheck, FalseFriendForm, Name

_ADDRESS = re.compile(r"(?:https?://|www\.)\S{1,2000}|[\w.+-]{1,64}@[\w.-]{1,255}", re.ASCII)
_ACTORS = (MentionKind.FIRM, MentionKind.LENDER)


@dataclass(frozen=True, slots=True)
class ResolvedName:
    """A name at a span of the folded text, with the verdict whether it is meant."""

    span: Span
    name: Name
    verdict: Verdict


class Disambiguation:
    """The readers that judging needs, built from the rules.

    Args:
        rules: lexicon and wordings.
    """

    def __init__(self, rules: RecognitionRules) -> None:
        words, countries = rules.wording.pattern_words, rules.lexicon.countries
        self.initials = InitialsReader(words)
        self.introductions = Introductions(words)
        self.beside = CountryBeside(words, (f.text for f in countries if f.country == CHINA_CODE and f.kind == "name"))


def disambiguate(draft: Draft, readers: Disambiguation) -> list[ResolvedName]:
    """Every lexicon name in the text, with its verdict."""
    false_friends = FalseFriends(draft, readers.initials.own(draft.text), readers.introductions)
    named = [((hit.start, hit.end), hit.payload) for hit in draft.hits if isinstance(hit.payload, Name)]
    first: list[ResolvedName] = []
    for span, name in named:
        verdict = Verdict.FALSE_FRIEND if false_friends.hold(name, span) else Verdict.MEANT
        if not is_written(draft.folded, span, name.text, name.case):
            verdict = Verdict.SPELLING
        first.append(ResolvedName(span, name, verdict))
    accepted = [(found.span, found.name) for found in first if found.verdict is Verdict.MEANT]
    excluded = [(found.span, found.name) for found in first if found.verdict is Verdict.FALSE_FRIEND]
    in_full = frozenset(name.key for _, name in accepted if " " in name.text)
    near = ContextWords(draft.folded.text, _among_chinese([name for _, name in accepted]))
    homonyms = Homonyms(draft.folded.text, accepted, excluded, readers.beside)
    addresses = Spans(match.span() for match in _ADDRESS.finditer(draft.text))

    def final(found: ResolvedName) -> ResolvedName:
        if found.verdict is not Verdict.MEANT:
            return found
        if not near.allows(found.name):
            return replace(found, verdict=Verdict.CONTEXT)
        if false_friends.abbreviate(found.name, in_full) or homonyms.hold(found.span, found.name):
            return replace(found, verdict=Verdict.FALSE_FRIEND)
        in_address = addresses.overlap(*draft.folded.span(*found.span))
        return replace(found, verdict=Verdict.ADDRESS) if in_address else found

    return [final(found) for found in first]


def _among_chinese(names: Sequence[Name]) -> bool:
    """Whether other names show a Chinese context: an unambiguous actor, China, or two different short names.

    CHEC alone may be anything; CHEC beside CCCC hardly is.
    """
    if any(name.key == CHINA_CODE or (name.kind in _ACTORS and not name.near) for name in names):
        return True
    return len({name.key for name in names if name.kind is MentionKind.FIRM and "China" in name.near}) > 1


def sightings(draft: Draft, readers: Disambiguation) -> list[Sighting]:
    """Every lexicon name in the text, with its verdict and the reason for it."""
    sighted = []
    for found in disambiguate(draft, readers):
        start, end = draft.folded.span(*found.span)
        name, text, because = found.name, draft.text[start:end], _because(draft, found)
        sighted.append(Sighting(name.kind, start, end, text, name.key, name.name, name.text, found.verdict, because))
    return sighted


def _because(draft: Draft, found: ResolvedName) -> str:
    """What a verdict against a name is based on: the required spelling, the context words or the other name."""
    match found.verdict:
        case Verdict.SPELLING:
            return "a capital letter" if found.name.case is CaseCheck.CAPITAL else found.name.text
        case Verdict.CONTEXT:
            return " | ".join(found.name.near)
        case Verdict.FALSE_FRIEND:
            # The false friends around the name; if there are none, those that it may abbreviate.
            forms = [
                (hit.start, hit.end, hit.payload) for hit in draft.hits if isinstance(hit.payload, FalseFriendForm)
            ]
            kind, (start, end) = found.name.kind, found.span
            alike = [(first, last, form.text) for first, last, form in forms if kind in form.kinds]
            around = [each for each in alike if each[0] <= start and end <= each[1]]
            return " | ".join(dict.fromkeys(text for _, _, text in around or alike))
        case _:
            return ""


def drop_false_friends(draft: Draft, endings: NameEndings) -> None:
    """Drop unlisted firms that are false friends, with or without their legal form."""
    hits = ((hit.start, hit.end, hit.payload) for hit in draft.hits if isinstance(hit.payload, FalseFriendForm))
    named = Spans(
        draft.folded.span(start, end)
        for start, end, form in hits
        if MentionKind.FIRM in form.kinds and is_written(draft.folded, (start, end), form.text, form.case)
    )
    firms = (mention for mention in draft.of(MentionKind.FIRM) if mention.key is None)
    draft.drop([m for m in firms if named.cover(m.start, m.start + len(endings.without_legal_form(m.text)))])
