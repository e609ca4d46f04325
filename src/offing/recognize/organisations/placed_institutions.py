"""Reads institutions that are Chinese only by the place beside their name: the Desert Institute in Lanzhou.

"l'hôpital X, à Changsha", «госпиталь X из Уханя», "À Changsha, au Centre national du X". Excluded are mere venues
("signed at the Institute in Beijing on Monday"), names that contain the host or a word for it, and institutions without
a name of their own ("the hospital in Wuhan").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from offing.model.reading.mention import MentionKind
from offing.model.reading.patterns import PatternRole, PatternWord
from offing.recognize.organisations.institutions import InstitutionReader
from offing.recognize.organisations.regions import RegionFinder
from offing.recognize.places.sites import SITE
from offing.recognize.text.arabic_verbs import ArabicVerbs
from offing.recognize.text.draft import Draft
from offing.recognize.text.pattern_grammar import PatternGrammar, contexts
from offing.recognize.text.patterns import alternatives
from offing.recognize.text.spans import Span, Spans

_A = "[\u0621-\u064a]"
_HELD_REACH = 40
_AHEAD_REACH = 14


class PlacedInstitutionReader:
    """Reads institutions that a text of one language places in China."""

    def __init__(self, words: Sequence[PatternWord], language: str, institutions: InstitutionReader) -> None:
        own = [word for word in words if word.language in (language, "*")]
        heads = "|".join(alternatives(own, role) for role in (PatternRole.INSTITUTION, PatternRole.PLACED_INSTITUTION))
        self._head = re.compile(rf"(?<!\w)(?:{heads})", re.IGNORECASE)
        self._centres = frozenset(w.text for w in own if w.role is PatternRole.PLACED_INSTITUTION)
        self._finder = RegionFinder(words, language)
        self._institutions = institutions
        self._verbs = ArabicVerbs(words)
        context = contexts(words, language)
        self._tie = (
            re.compile(_tie(contexts(words), context, PatternGrammar(words).spaced("general_articles")))
            if context.words("ties")
            else None
        )
        self._at = re.compile(rf",? (?:{context.spaced('placed_behind')})$")
        self._named = _named(heads, context) if language in ("ru", "ar") else None
        every = contexts(words)
        where = every.choice("where")
        self._in_front = re.compile(rf"(?<!\w)(?:{where}) $", re.IGNORECASE)
        # The place of an event, not of an institution: followed by a time, or by the rest of a longer name.
        self._happens = re.compile(
            rf"['’]s |-|,? (?:{every.choice('times_behind')}|\d)\b| (?!I )[A-Z][a-z]+ (?:{every.choice('events')})"
        )
        self._held = re.compile(
            rf"(?:{every.choice('held')}) (?:(?:{where}) )?(?:{every.spaced('definite')})?$", re.IGNORECASE
        )
        self._no_bodies = re.compile(every.choice("no_placed"))

    def read(self, draft: Draft) -> Iterator[Span]:
        """The spans of institutions beside a Chinese place."""
        if self._tie is None:
            return
        starts = {region.start: region.end for region in self._finder.find(draft.text)}
        starts |= {m.start: m.end for m in draft.of(MentionKind.CHINA) if m.by == "name"}
        # Places of other countries; an unlisted site is the institution itself.
        geography = draft.of(MentionKind.COUNTRY, MentionKind.PLACE)
        hosts = Spans((m.start, m.end) for m in geography if m.key != "CHN" and m.by not in (SITE, "institution"))
        text = draft.text
        for start, end in sorted(set(self._names(draft))) if starts else ():
            # A Chinese place is tied to the end of the name, or "in Changsha, at the" precedes it.
            tie = self._tie.match(text, end)
            last = starts.get(tie.end()) if tie else None
            at = self._at.search(text, max(0, start - _AHEAD_REACH), start)
            first = next((begin for begin, stop in starts.items() if at and stop == at.start()), None)
            tied = last is not None and not self._happens.match(text, last)
            ahead = first is not None and self._in_front.search(text, max(0, first - 4), first)
            if not (tied or ahead) or hosts.overlap(start - 1, end + 1):
                continue
            # Only a venue or an employer, or run with the host.
            held = self._held.search(text, max(0, start - _HELD_REACH), start)
            other = self._institutions.is_joint(text, start, end) or self._no_bodies.search(text, start, end)
            if not (held or other or self._institutions.employs(text, start)):
                yield start, end

    def _names(self, draft: Draft) -> Iterator[Span]:
        """Named institutions: those of the grammar of bodies, and English ones that end with their noun."""
        for body in draft.of(MentionKind.COUNTERPART):
            if body.key is None and " " in body.text and self._head.search(body.text):
                yield body.start, body.end
        for named in self._named.finditer(draft.text) if self._named else ():
            yield named.start(), self._verbs.before(draft.text, *named.span())
        if draft.language == "en":
            yield from self._institutions.in_english(draft.text, self._centres)


def _tie(every: PatternGrammar, own: PatternGrammar, article: str) -> str:
    """The text between an institution and its place, in one language; kinds of towns in any."""
    kinds, of = every.choice("town_kinds"), every.choice("of_town")
    city = rf"(?:(?:{article})?(?:[\w-]+ ){{0,2}}?(?:{kinds}) (?:{of}) )?"
    return (
        rf"[,،]? (?:(?:{own.choice('ties')}) |{own.choice('ties_joined')})(?:(?:{own.choice('tied_places')}) )?{city}"
    )


def _named(heads: str, context: PatternGrammar) -> re.Pattern[str]:
    """Names that the grammar of bodies does not read: госпиталь Тяньланя, المركز الدولي لبحوث المياه."""
    cyrillic = rf"(?<!\w)(?:{heads})[а-яё]{{0,4}} (?:[А-ЯЁ][а-яё-]+|«[^«»]{{2,30}}»)"
    barred = rf"(?!(?:{context.choice('prepositions')}) |و)"
    arabic = rf"(?<!{_A})(?:{heads})(?: {barred}{_A}{{3,16}}){{2,5}}?(?= (?:{context.choice('ties')}) )"
    return re.compile(arabic if context.words("prepositions") else cyrillic)


def find_placed_institutions(draft: Draft, reader: PlacedInstitutionReader) -> None:
    """Turn the bodies that the text places in China into Chinese institutions, at all their occurrences."""
    taken = Spans((m.start, m.end) for m in draft.of(MentionKind.FIRM, MentionKind.LENDER))
    spans = [span for span in reader.read(draft) if not taken.overlap(*span)]
    names = {draft.text[slice(*span)] for span in spans}
    repeated = [m for m in draft.of(MentionKind.COUNTERPART) if (m.name or m.text) in names]
    inside = Spans(spans)
    draft.drop([m for m in draft.of(MentionKind.COUNTERPART, MentionKind.PLACE) if inside.cover(m.start, m.end)])
    draft.drop(repeated)
    draft.mentions += [replace(m, kind=MentionKind.FIRM, by="institution") for m in repeated]
    known = {(m.start, m.end) for m in repeated}
    for start, end in set(spans) - known:
        draft.add(MentionKind.FIRM, start, end, name=draft.text[start:end], by="institution")
