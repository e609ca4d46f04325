"""Firms that a text places in China beside their name: "Westwell, a Shanghai start-up", "a maker from Hefei, X".

Also "X, of Shenzhen", "X, based in Wuhan", "une société de Ningbo, X", «X» из Шэньчжэня, and what belongs to a known
Chinese firm: "X, a unit of Y", "Y's subsidiary X".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from offing.model.mention import MentionKind
from offing.model.patterns import PatternRole, PatternWord
from offing.recognize.capitals import Word, run_before, run_from
from offing.recognize.draft import Draft
from offing.recognize.patterns import alternatives
from offing.recognize.regions import RegionFinder
from offing.recognize.spans import Span
from offing.recognize.trade_names import is_name, without_brackets

_REACH = 110
_W = r"[^\W\d_][\w'’-]*"
_ARTICLE = r"(?:an?|the|one|une?|la|le|l['’]|una?|uma?|o|el|los|las|les|des|un)"
_IN = (
    r"(?:based in|headquartered in|registered in|located in|out of|from|of|in|"
    r"basée? à|établie? à|installée? à|sise? à|implantée? à|originaire de|venue? de|"
    r"con sede en|radicada en|basada en|con base en|asentada en|com sede em|sediada em|baseada em|"
    r"de la|de|du|da|do|d['’]|à|из|со штаб-квартирой в|с головным офисом в|с центром в)"
)
_SURE = (
    r"(?:based in|headquartered in|registered in|basée? à|établie? à|installée? à|sise? à|implantée? à|"
    r"con sede en|radicada en|basada en|con base en|com sede em|sediada em|baseada em|dont le siège est à|"
    r"со штаб-квартирой в|с головным офисом в|whose headquarters are in)"
)
_BARE = r"(?:of|from|de|из)"
_CITY = r"(?:city|province|town|ville|ciudad|cidade|provincia|province|província)"
_REGION = (
    rf"(?:(?:the |la |le |a |o )?(?:{_W} )?"
    r"(?:city|province|region|ville|région|ciudad|provincia|cidade|província|tech hub) (?:of|de|du|da|do) )?"
)
_NAMED = r"(?:called|named|known as|appelée?|nommée?|dénommée?|llamad[ao]|denominad[ao]|chamad[ao]|под названием)"
_CHINESE_OWNED = re.compile(
    r",[ \u00a0](?:de capitale?s? chin|à capitaux chinois|de capitais chineses|con capitales? chino|"
    r"which is Chinese-owned|a Chinese-owned|une? \w+ à capitaux chinois|с китайским капиталом|"
    r"de propriedade chinesa|de propiedad china|de droit chinois|de derecho chino|de direito chinês|"
    r"with Chinese capital|owned by Chinese|д[оа]черн\w+ китайск)"
)
# X, part of China's Y; X, controlled by Chinese state money.
_PART = re.compile(
    r",[ \u00a0](?:which is |itself |qui est |que es )?"
    r"(?:part of|owned by|controlled by|backed by|a member of|a part of|détenue? par|contrôlée? par|appartenant à|"
    r"controlad[ao] p[eo]l?[ao]?r?|propiedad de|pertencente [aà]|del grupo|do grupo|du groupe)"
    r"(?: the| a| la| le| el| o)? (?:capitales |capitaux |capitais )?$"
)
_STOP = re.compile(r"[.!?;:\n](?=\s|$)|\n")
_JOINED_BEFORE = re.compile(r" (?:en|em) $")  # Conseil en Ingénierie
_OPENING_NOUN = re.compile(
    r"(?:L['’])?(?:[Ee]ntreprise|[Ss]ociété|[Gg]roupe|[Ff]irme|[Cc]ompagnie|[Cc]onstructeur|[Ee]mpresa|[Cc]ompañía|[Ff]irma|[Gg]rupo|"
    r"[Cc]onstructora|[Cc]onstrutora|[Cc]ompanhia|[Cc]onsorcio|[Cc]onsórcio|[Cc]ontractor|[Cc]ompany|[Ss]upplier|[Bb]uilder)|"
    r"L[ea]|El|The|A|O|Una?|Uma?|Une"
)
_QUOTED_BEFORE = re.compile(r"[«“\"]([^«»“”\"\n]{2,60})[»”\"],?[ \u00a0]?$")
_QUOTED_BEHIND = re.compile(r"[«“\"]([^«»“”\"\n]{2,60})[»”\"]")


class AppositionReader:
    """Reads firms that are told to be of a Chinese place or of a Chinese firm."""

    def __init__(self, words: Sequence[PatternWord], language: str) -> None:
        self._finder = RegionFinder(words, language)
        own = [word for word in words if word.language in (language, "*")]
        nouns = alternatives(own, PatternRole.FIRM_NOUN)
        subs = alternatives(own, PatternRole.SUBSIDIARY)
        tail = rf"(?:{nouns})\b(?: {_W}){{0,4}}? {_IN} {_REGION}$"
        # X, a (commercial satellite) firm (that is) from <place>
        self._behind = re.compile(rf"(,|[ \u00a0][(–—-])[ \u00a0]?(?:{_ARTICLE}[ \u00a0']?)?(?:{_W} ){{0,5}}?{tail}")
        # a firm from <place>, X
        self._ahead = re.compile(rf"(?<![\w'’])(?:{_W} ){{0,1}}{tail}")
        self._based = re.compile(rf"(,|[ \u00a0]\()[ \u00a0]?(?:which is |qui est |{_ARTICLE} )?{_SURE} {_REGION}$")
        self._bare = re.compile(rf"(,)[ \u00a0]{_BARE} (?:(?:the |la |le )?(?:{_W} ){{0,3}}{_CITY} (?:of|de|du) )?$")
        self._unit = re.compile(
            rf"(,|[ \u00a0][(–—-])[ \u00a0]?(?:{_ARTICLE}[ \u00a0']?)?(?:{_W} ){{0,3}}?(?:{subs})\b"
            rf"(?: {_W}){{0,3}}? {_IN} (?:{_ARTICLE}[ \u00a0]?)?(?:{_W} ){{0,3}}?$"
        )
        self._owner = re.compile(rf"(?:['’]s)?,?(?: {_W}){{0,3}}? (?:{subs})[,:]? (?:{_NAMED} )?")

    def read(self, draft: Draft) -> Iterator[tuple[Span, str]]:
        """Spans of firms with the rule that found them."""
        for start, end in sorted(self._places(draft)):
            yield from ((span, "chinese firm") for span in self._of_place(draft.text, start, end))
        for owned in _CHINESE_OWNED.finditer(draft.text):
            yield from ((span, "chinese firm") for span in _name_before(draft.text, owned.start()))
        for owner in draft.of(MentionKind.FIRM):
            if owner.key:
                yield from ((span, "unit of") for span in self._of_owner(draft.text, owner.start, owner.end))

    def _places(self, draft: Draft) -> set[Span]:
        """China and its places, by name."""
        regions = {(region.start, region.end) for region in self._finder.find(draft.text) if not region.is_adjective}
        mentions = draft.of(MentionKind.PLACE, MentionKind.CHINA)
        # An adjective counts too: only wordings that expect a place or China stand before.
        return regions | {(m.start, m.end) for m in mentions if m.kind is MentionKind.CHINA or m.key == "CHN"}

    def _of_place(self, text: str, start: int, end: int) -> Iterator[Span]:
        before = _before(text, start)
        for pattern in (self._behind, self._based):
            found = pattern.search(before)
            if found:
                yield from _name_before(text, start - len(before) + found.start())
                break
        found = self._bare.search(before)
        if found and text[end : end + 1] in (",", ")", "."):
            yield from _name_before(text, start - len(before) + found.start())
        found = _PART.search(before)
        if found:
            yield from _name_before(text, start - len(before) + found.start())
        if self._ahead.search(before):
            yield from _name_behind(text, end)
        found = self._unit.search(before)
        if found and len(without_brackets(run_from(text, start))) > 1:  # X, the local arm of Henan Y
            yield from _name_before(text, start - len(before) + found.start())

    def _of_owner(self, text: str, first: int, last: int) -> Iterator[Span]:
        before = _before(text, first)
        found = self._unit.search(before)
        if found:
            yield from _name_before(text, first - len(before) + found.start())
        behind = self._owner.match(text, last)
        if behind:
            words = run_from(text, behind.end())
            if words:
                yield words[0].start, words[-1].end


def _before(text: str, end: int) -> str:
    """What stands before a place in its sentence, as far as a name may reach."""
    window = text[max(0, end - _REACH) : end]
    stops = list(_STOP.finditer(window))
    return window[stops[-1].end() :] if stops else window


def _name_before(text: str, comma: int) -> Iterator[Span]:
    quoted = _QUOTED_BEFORE.search(text, max(0, comma - 70), comma)
    if quoted and is_name(quoted[1]):
        yield quoted.span(1)
        return
    words = _without_noun(without_brackets(run_before(text, comma)))
    if words:
        joined = _JOINED_BEFORE.search(text, max(0, words[0].start - 5), words[0].start)
        more = run_before(text, joined.start()) if joined else []
        yield (more or words)[0].start, words[-1].end


def _without_noun(words: list[Word]) -> list[Word]:
    """The words without the noun that opens a sentence before a name: L'entreprise X, La société X."""
    first = next((n for n, word in enumerate(words) if _OPENING_NOUN.fullmatch(word.text) is None), 0)
    return words[first:]


def _name_behind(text: str, place: int) -> Iterator[Span]:
    opening = re.compile(rf"(,)?[ \u00a0]?(?:{_NAMED} )?(?:(?:la|le|el|a|o) (?=[A-Z])|l['’](?=[A-Z]))?").match(
        text, place
    )
    start = opening.end() if opening else place
    quoted = _QUOTED_BEHIND.match(text, start)
    if quoted and is_name(quoted[1]):
        yield quoted.span(1)
        return
    words = without_brackets(run_from(text, start))
    if words and len(words[0].text) > 1:
        yield words[0].start, words[-1].end
