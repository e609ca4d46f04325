"""Reads counterparts, as written: host-side ministries, agencies, utilities, universities, firms; no Chinese ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from offing.model.reading.mention import Mention, MentionKind
from offing.model.reading.patterns import PatternRole, PatternWord
from offing.model.text.language_traits import is_latin, traits_of
from offing.recognize.lexicon.abbreviations import InitialsReader, ShortReader, quoted_twice, with_short
from offing.recognize.organisations.body_beside import BesideReader
from offing.recognize.organisations.body_edges import BodyEdges
from offing.recognize.organisations.body_names import GRAMMARS, Arabic, linked
from offing.recognize.organisations.body_partners import LEGAL_FORM, PartnerReader
from offing.recognize.organisations.han_bodies import HanBodyReader
from offing.recognize.text.capitals import CapitalRuns
from offing.recognize.text.draft import Draft
from offing.recognize.text.pattern_grammar import PatternGrammar
from offing.recognize.text.patterns import Form, Matcher, alternatives
from offing.recognize.text.pinyin import is_distinctive_pinyin, is_palladius
from offing.recognize.text.spans import Span, Spans, longest, touched

_CHINA_BEFORE = re.compile(r"(?:'s|’s)?[ \u00a0]?[«\"“]?$")
_WORD = re.compile(r"[^\W\d_]{4,}")
_QUOTING = frozenset({"ru", "ar"})
_STEM = re.compile(
    "[\u0400-\u04ff\u0600-\u06ff\u4e00-\u9fff]"
)  # possible continuations: cases, prefixes, no blanks between words
_NEXT_TO = 4
_AFFILIATION_REACH = 60
_INSTITUTION = "institution"
ONLOOKER = "onlooker"
_WEIGHTS = {
    "generic": 0.5,
    "quoted": 0.6,
    ONLOOKER: 0.4,
    "introduced": 0.8,
    "partner": 0.7,
    LEGAL_FORM: 0.8,
    "tail": 0.9,
    "beside": 0.7,
    "article": 0.5,
}


@dataclass(frozen=True, slots=True)
class BodySpan:
    """A span and the rule that found it."""

    span: Span
    by: str


class BodyReader:
    """Reads organisations in texts of one language."""

    def __init__(self, words: Iterable[PatternWord], language: str) -> None:
        words = list(words)
        own = [word for word in words if word.language in (language, "*")]
        self._language = language
        self._grammar = GRAMMARS[language](words) if language in GRAMMARS else None
        self._heads = _matcher(own, PatternRole.BODY_HEAD)
        self._linked = linked(alternatives(own, PatternRole.BODY_LINK))
        self._definite = _matcher(own, PatternRole.BODY_DEFINITE_HEAD)
        self._generic = _matcher(own, PatternRole.BODY_ALONE)
        self._tail = re.compile(rf"\b(?:{alternatives(own, PatternRole.BODY_TAIL)})\b(?!['’]s [A-Z])")
        prefix = "(?:[وفبل]|وب|ول)?" if language == "ar" else ""
        introducers = alternatives(own, PatternRole.BODY_INTRODUCER)
        self._introducer = re.compile(rf"(?<![\w«]){prefix}(?:{introducers})(?= )", re.IGNORECASE)
        self._partners = PartnerReader(introducers, words, language) if is_latin(language) else None
        self._beside = BesideReader(words) if is_latin(language) else None
        self._edges = BodyEdges(words)
        self._short = ShortReader(words)
        self._initials = InitialsReader(words)
        self._capitals = CapitalRuns(PatternGrammar(words))
        whole = [word for word in own if not _STEM.match(word.text)]
        barred = "|".join(alternatives(whole, role) for role in (PatternRole.NOT_BODY, PatternRole.CHINESE_REGION))
        stems = alternatives([word for word in own if _STEM.match(word.text)], PatternRole.NOT_BODY)
        self._excluded = re.compile(rf"(?<![^\W_])(?:(?:{barred})(?![^\W_])|{stems})")
        start = "" if language in ("zh", "ar") else r"(?<![^\W_])"
        self._onlooker = re.compile(rf"{start}(?:{alternatives(own, PatternRole.BODY_ONLOOKER)})", re.IGNORECASE)
        self._affiliated = re.compile(
            rf"\b(?:{alternatives(own, PatternRole.AFFILIATION)})\b[^.;,\n]{{0,25}}$", re.IGNORECASE
        )
        self._han = (
            HanBodyReader([w.text for w in own if w.role is PatternRole.BODY_TAIL], PatternGrammar(own, "zh"))
            if language == "zh"
            else None
        )

    def read(self, draft: Draft) -> Iterator[BodySpan]:
        """The organisations of a text, Chinese ones included."""
        chinese = [mention.start for mention in draft.of(MentionKind.CHINA)]
        actors = [mention.start for mention in draft.of(MentionKind.FIRM, MentionKind.LENDER)]
        for found in self._all(draft):
            own = self._edges.before_actor(draft.text, found.span, actors)
            if own is None:
                continue
            span = self._edges.before_china(draft.text, own, chinese)
            if self._edges.is_ministry(draft.text, span) or not self._excluded.search(draft.text, *span):
                # An onlooker, or only named to introduce one of its people.
                start = span[0]
                looks_on = self._onlooker.search(draft.text, *span) or self._affiliated.search(
                    draft.text, max(0, start - _AFFILIATION_REACH), start
                )
                yield BodySpan(span, ONLOOKER if looks_on else found.by)

    def is_chinese(self, draft: Draft, span: Span, china: Spans) -> bool:
        """Whether China is in a name, owns it ("China's Ministry of …") or follows it ("وزارة التجارة الصينية")."""
        text, (start, end), manner = draft.text, span, traits_of(draft.language)
        owner = _CHINA_BEFORE.search(text, max(0, start - _NEXT_TO), start) if manner.adjectives_before else None
        owned = owner is not None and china.overlap(owner.start() - 1, owner.start())
        near = text[end : end + _NEXT_TO]
        first = end + len(near) - len(near.lstrip(' »"”'))
        behind = manner.adjectives_behind and china.overlap(first, first + 1)
        if owned or behind or china.overlap(start, end) or self._edges.is_before_china(text, end):
            return True
        return any(is_distinctive_pinyin(word) or is_palladius(word) for word in _WORD.findall(text[start:end]))

    def _all(self, draft: Draft) -> Iterator[BodySpan]:
        """The spans that each rule finds."""
        if self._han:
            yield from (BodySpan(span, "tail") for span in self._han.read(draft))
        else:
            yield from (BodySpan(span, "head") for span in self._from_heads(draft))
            yield from (BodySpan(span, "introduced") for span in self._short.introduced(draft.text, self._introducer))
            yield from (BodySpan(span, "abbreviated") for span in self._initials.names(draft.text))
            yield from (BodySpan(span, "introduced") for span in self._short.incorporated(draft.text))
        if self._beside:
            yield from (BodySpan(span, "beside") for span in self._beside.beside_firms(draft))
            yield from (BodySpan(span, "article") for span in self._beside.with_article(draft))
        if self._partners:
            yield from (BodySpan(span, by) for span, by in self._partners.read(draft))
        if self._language in _QUOTING:
            yield from (BodySpan(span, "quoted") for span in quoted_twice(draft.text))
        if self._language == "en":
            for tail in self._tail.finditer(draft.text):
                first = self._edges.first_of(self._capitals.run_before(draft.text, tail.end()))
                if first is not None and first.start < tail.start():
                    yield BodySpan((first.start, tail.end()), "tail")
        for hit in self._generic.find(draft.folded.text):
            span = draft.folded.span(hit.start, hit.end)
            if draft.text[slice(*span)] == hit.payload.text:
                yield BodySpan(span, "generic")

    def _from_heads(self, draft: Draft) -> Iterator[Span]:
        """Names that start with a word for their kind: Ministry of Works."""
        text, grammar = draft.text, self._grammar
        for hit in self._heads.find(draft.folded.text):
            head = draft.folded.span(hit.start, hit.end)
            folded = draft.folded.text[hit.start : hit.end]
            span = grammar.read(text, head, folded) if grammar else self._plain(text, head)
            if span:
                yield span
            elif self._language == "ar" and (named := self._edges.of_place(draft, head)):
                yield named
        if isinstance(grammar, Arabic):
            for hit in self._definite.find(draft.folded.text):
                if span := grammar.definite(text, draft.folded.span(hit.start, hit.end)):
                    yield span

    def _plain(self, text: str, head: Span) -> Span | None:
        """The name in a language without a grammar here: the capitalised words after its head, and their links."""
        if found := self._linked.match(text, head[1]):
            return head[0], found.end()
        words = self._capitals.run_from(text, head[0])
        if not words or words[-1].end <= head[1]:
            return None
        end = words[-1].end
        return words[0].start, end - 1 if text[end - 1] == "." else end


def find_bodies(draft: Draft, reader: BodyReader) -> None:
    """Add the non-Chinese organisations of the text that are no firm or lender, with the country in their name."""
    china = Spans((m.start, m.end) for m in draft.of(MentionKind.CHINA))
    named = Spans((m.start, m.end) for m in draft.of(MentionKind.FIRM, MentionKind.LENDER))
    geography = draft.of(MentionKind.COUNTRY, MentionKind.PLACE)
    lands = Spans((m.start, m.end) for m in geography if m.by != _INSTITUTION)
    codes = {m.key for m in geography if m.kind is MentionKind.COUNTRY} | {draft.article.country}
    countries = [m for m in geography if m.key in codes]
    found: list[Mention] = []
    for listed in geography:
        if listed.by == _INSTITUTION:
            start, end, text = listed.start, listed.end, draft.text[listed.start : listed.end]
            name = listed.name or text
            found.append(Mention(MentionKind.COUNTERPART, start, end, text, listed.key, name, by=_INSTITUTION))
    for body in reader.read(draft):
        span, by = body.span, body.by
        is_land = lands.cover(*span) and by != LEGAL_FORM
        if not named.overlap(*span) and not is_land and not reader.is_chinese(draft, span, china):
            text, key = draft.text[slice(*span)], _country_of(draft.text, span, countries)
            weight = _WEIGHTS.get(by, 1.0)
            found.append(Mention(MentionKind.COUNTERPART, *span, text, key, text, weight=weight, by=by))
    draft.mentions += with_short(draft, longest(found))


def _matcher(words: Iterable[PatternWord], role: PatternRole) -> Matcher[PatternWord]:
    return Matcher(Form(word.text, word) for word in words if word.role is role)


def _country_of(text: str, span: Span, countries: list[Mention]) -> str | None:
    """The country in a name, or right beside it: "Lesotho Electricity Company", "the Norwegian Telenor"."""
    start, end = span
    for mention in touched(countries, start - _NEXT_TO, end + _NEXT_TO):
        inside = start <= mention.start and mention.end <= end
        before = 0 <= start - mention.end <= _NEXT_TO and not text[mention.end : start].strip(" \u00a0'’s«\"“")
        behind = (
            mention.by != "name"
            and 0 <= mention.start - end <= _NEXT_TO
            and not text[end : mention.start].strip(' »"”')
        )
        if mention.key and (inside or before or behind):
            return mention.key
    return None
