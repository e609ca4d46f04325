"""Chinese universities, hospitals, academies and institutes, which take part in projects abroad as partners.

Lanzhou University, "le Premier Hôpital de l'université de Lanzhou", Уханьский железнодорожный колледж, جامعة تيانجين.
Where a person who works there is quoted ("a professor at Peking University"), the institution is no party.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from offing.model.mention import MentionKind
from offing.model.patterns import PatternRole, PatternWord
from offing.model.rules import EntityKind
from offing.recognize.arabic_verbs import before_verb
from offing.recognize.capitals import Word, run_before, run_from
from offing.recognize.draft import Draft
from offing.recognize.fold import fold_form
from offing.recognize.regions import RegionFinder
from offing.recognize.spans import Span, Spans
from offing.recognize.trade_names import is_title_case

_W = r"(?:(?:[Nn]\.?[ºo°]\.?|№|No\.) ?\d{1,2}|[^\W\d_][\w'’-]*)"  # Instituto n.º 2
_LINK = r"(?:de la |de l['’]|de |du |des |d['’]|da |do |das |dos |del |de los |de las |l['’]|et |y |e |of )"
_ORDINAL = (
    r"(?i:(?:Premier|Première|Deuxième|Second|Seconde|Troisième|Primer|Primera|Segundo|Segunda|Tercer|Tercera|"
    r"Primeiro|Primeira|Terceiro|Terceira) )?"
)
_RU_GENITIVE = r"[а-яё]{3,24}(?:а|я|ы|и|ов|ев|ей|ой|ого|его|ых|их)\b"
_RU_ADJECTIVE = r"(?!Китая )[А-ЯЁа-яё-]{3,30}(?:ий|ый|ой|ого|его|ому|им|ым|ом|ая|ую|ое|ее|ей)"
_A = "[\u0621-\u0652\u0670-\u06d3]"
_AFFILIATION_REACH = 60
_PERSON_LINK = re.compile(r"[.!?\n]")
# "instituto público de Xangai" describes what has another name.
_DESCRIBED = re.compile(
    r"(?:instituto?|hospital|hôpital|école|escuela|escola|laboratoi?r\w+|colegio|collège)"
    r"(?! (?:provincial|municipal|popula(?:i)?r\w*|central) d)(?: [^A-ZÀ-Ý\d]+)$"
)
# "un laboratoire commun avec l'institut de radar de Nankin": what stands behind is the institution.
_WITH = re.compile(r" (?:avec|con|com) (?:l['’]|(?:la|le|el|o|a) )?")
# "L'Université de X signera à Pékin": what takes place there; of "l'Institut X, à Pékin" the name is read apart.
_LOCATIVE = re.compile(r"[ ,](?:à|en|em|no|na|au) $")
_MORE = re.compile(r"(?: [A-ZÀ-ÖØ-Þ][\w'’-]+){0,2}")  # Hospital de China Occidental
# معهد نينغبو للمقاييس: what an institute is for, unless it is for a work or somebody at hand.
_AR_MORE = re.compile(
    rf"(?: لل(?!مشروع|حكومة|وزارة|عمل|مرة|يوم|جانب|طرف|دول|شرك|مستشف|طلاب|طلبة|مشارك|تعاون){_A}{{3,16}}"
    rf"(?: و(?:ال|لل){_A}{{3,12}})?(?: ال{_A}{{2,10}}ية)?)?"
)
_LISTED_AIMS = re.compile(r"(?:, [A-Z][a-z]+)+,? and [A-Z][a-z]+")  # Institute of Survey, Planning and Research
_WITHIN_NAME = re.compile(rf"[ ,]*(?:{_LINK}|[A-ZÀ-ÖØ-Þ][\w'’-]*[ ,]*|{_A}{{2,12}} ){{0,4}}")
_NAME_BEHIND = re.compile(r" (?:[«“\"]|[A-Z]{2})")  # шаньдунский проектный институт SPDI: described, then named
_AND_ANOTHER = re.compile(r" (?:et|y|e) (?:l['’]|d['’]|(?:le|la|el|o|a|da|do|de|del|du|des)\b)|,| و")
# In a headline in title case a verb looks like a part of the name.
_HEADLINE_VERB = re.compile(
    r" (?:To|Builds?|Built|Opens?|Gets?|Wins?|Donates?|Gives?|Hands?|Signs?|Starts?|Completes?|Delivers?|For|With) "
)
_BARE = re.compile(
    r"(?:\W|universidade?s?|universités?|academias?|académies?|institut[oe]?s?|hospital|hospitales|hospitais|hôpital|"
    r"laborat\w+|escuelas?|escolas?|écoles?|colegios?|colégios?|observat\w+|polit\w+|y|e|et|"
    r"chin(?:ois|oise|oises|o|a|os|as|ês|es|esa|eses|esas))+",
    re.IGNORECASE,
)
# Academia Chinesa de Ciências Agrícolas
_OF_SCIENCES = re.compile(r"(?: (?:(?:de|da|do|das|dos|des) |d['’])[A-ZÀ-ÖØ-Þ][\w-]+(?: [A-ZÀ-ÖØ-Þ][\w-]+){0,2})+")
_ADJECTIVE = re.compile(r"chin(?:ois|o|a|ê)|китай|(?:ال)?صيني")
# What China built or runs together with the host stands there: a friendship hospital, a Confucius institute.
NOT_ITS_OWN = re.compile(
    r"confucius|confucio|confúcio|конфуци|كونفوشيوس|孔子|friendship|amitié|amistad|amizade|дружб|صداقة|友谊|"
    r"\w-(?:China|Chine|Китай)|(?:China|Chine|Китай|Sino)[-–]\w|luban|鲁班|联合",
    re.IGNORECASE,
)


class InstitutionReader:
    """Reads Chinese institutions in texts of one language."""

    def __init__(self, words: Sequence[PatternWord], language: str) -> None:
        own = [word for word in words if word.language in (language, "*")]
        heads = [word.text for word in own if word.role is PatternRole.INSTITUTION]
        self._language = language
        self._finder = RegionFinder(words, language)
        self._english = {word.text for word in words if word.role is PatternRole.INSTITUTION and word.language == "en"}
        listed = "|".join(map(re.escape, sorted(heads, key=len, reverse=True))) or "(?!)"
        self._romance = re.compile(
            rf"(?<![\w-]){_ORDINAL}(?i:{listed})s?(?: (?:{_LINK}){{0,2}}{_W}){{1,8}}",
        )
        self._russian = re.compile(
            rf"(?:{_RU_ADJECTIVE} ){{0,4}}(?i:{listed})\w*"
            rf"(?: (?:{_RU_ADJECTIVE} |имени ){{0,3}}(?:(?:{listed})\w*|{_RU_GENITIVE}|[А-ЯЁ][\w-]+)){{0,4}}"
        )
        self._arabic = re.compile(rf"(?:(?<=^)|(?<=[\s«\"]))(?:و|ل|ب)?((?:{listed})(?: {_A}{{2,20}}){{1,6}})")
        callings = [word.text for word in own if word.role is PatternRole.AFFILIATION]
        self._calling = re.compile(
            r"(?<![^\W_])(?:" + ("|".join(map(re.escape, callings)) or "(?!)") + r")\b", re.IGNORECASE
        )

    def read(self, draft: Draft) -> Iterator[tuple[Span, str]]:
        """Spans of institutions with the name of the rule."""
        china = self._chinese(draft)
        hosts = Spans((m.start, m.end) for m in draft.of(MentionKind.COUNTRY))
        for start, end in (*self._latin(draft.text, china), *self._local(draft.text, china)):
            joint = hosts.overlap(start, end) or NOT_ITS_OWN.search(draft.text, start, end)
            if not joint and not self.employs(draft.text, start):
                yield (start, end), "institution"

    def employs(self, text: str, start: int) -> bool:
        """Whether an institution is named only as the place where a person works: "a professor at …"."""
        near = _PERSON_LINK.split(text[max(0, start - _AFFILIATION_REACH) : start])[-1]
        return self._calling.search(near) is not None

    def _chinese(self, draft: Draft) -> list[Span]:
        """Where China, its places and its adjectives stand."""
        mentions = draft.of(MentionKind.CHINA, MentionKind.PLACE)
        bodies = {(m.start, m.end) for m in draft.of(MentionKind.FIRM) if m.by == EntityKind.PUBLIC_BODY}
        known = bodies | {(m.start, m.end) for m in mentions if m.kind is MentionKind.CHINA or m.key == "CHN"}
        return sorted(known | {(region.start, region.end) for region in self._finder.find(draft.text)})

    def _latin(self, text: str, china: list[Span]) -> Iterator[Span]:
        """English names that hold a Chinese place."""
        places = Spans(china)
        yield from (span for span in self.in_english(text) if places.overlap(*span))

    def in_english(self, text: str, more: frozenset[str] = frozenset()) -> Iterator[Span]:
        """English names, which end with their noun or go on with "of": Lanzhou University, University of … of China.

        Args:
            text: the text.
            more: nouns besides the listed ones.
        """
        for match in re.finditer(r"(?<![\w-])[A-Z][a-z]+(?![\w-])", text):
            if match[0] not in self._english | more:
                continue
            first = self._first_of(run_before(text, match.end()), match.start())
            behind = [word for word in run_from(text, match.start()) if not word.is_bracketed]
            last = behind[-1].end if len(behind) > 1 and behind[1].text in ("of", "for") else match.end()
            aims = _LISTED_AIMS.match(text, last) if last > match.end() else None
            last = aims.end() if aims else last
            headline = is_title_case(text, first) and _HEADLINE_VERB.search(text, first, last)
            if (first, last) != match.span() and not headline:
                yield first, last

    def _first_of(self, words: list[Word], noun: int) -> int:
        """Where a name that ends with its noun starts: behind "the", "Shanghai's" (not "People's") and "-based"."""
        for number, word in enumerate(words):
            owner = word.text.endswith(("'s", "’s")) and (
                word.text[:-2] in self._finder.names or word.text[:-2] == "China"
            )
            if word.text.lower() == "the" or owner or word.text.endswith("-based"):
                return self._first_of(words[number + 1 :], noun)
        return words[0].start if words else noun

    def _local(self, text: str, china: list[Span]) -> Iterator[Span]:
        if self._language in ("fr", "es", "pt"):
            yield from _up_to_china(self._romance, text, china)
        elif self._language == "ru":
            places = Spans(china)
            found = (m.span() for m in self._russian.finditer(text) if places.overlap(*m.span()))
            yield from (span for span in found if not _NAME_BEHIND.match(text, span[1]))
        elif self._language == "ar":
            yield from _up_to_china(self._arabic, text, china, 1)


def drop_employers(draft: Draft, reader: InstitutionReader) -> None:
    """Take away the listed institutions that are named only as the place where a person works."""
    bodies = (m for m in draft.of(MentionKind.FIRM) if m.by == EntityKind.PUBLIC_BODY)
    draft.drop([m for m in bodies if reader.employs(draft.text, m.start)])


def _up_to_china(pattern: re.Pattern[str], text: str, china: list[Span], group: int = 0) -> Iterator[Span]:
    """What a pattern matches up to the last Chinese place in it, where that is no bare adjective behind the noun."""
    match = pattern.search(text)
    while match:
        span = _named(pattern, text, match.span(group), china, _AR_MORE if group else _MORE)
        if span:
            yield span
        # What names no Chinese place may hold another one that does: "la Universidad X estudia con el Instituto Y".
        match = pattern.search(text, match.end() if span else match.start() + 1)


def _named(pattern: re.Pattern[str], text: str, found: Span, china: list[Span], more: re.Pattern[str]) -> Span | None:
    """The Chinese institution in what a pattern has matched; None where it is none."""
    start = found[0]
    end = before_verb(text, *found)
    inside = [span for span in china if start < span[0] and span[1] <= end]
    if inside:
        start = _behind_with(pattern, text, start, inside[0][0])
        inside = [span for span in inside if not _LOCATIVE.search(text, start, span[0])]
    if not inside or start < 0:
        return None
    first_end = inside[0][1]
    inside = inside[:1] if _AND_ANOTHER.match(text, first_end) else _together(text, inside)
    last = _end_of_name(text, start, inside, more)
    return (start, last) if last is not None else None


def _end_of_name(text: str, start: int, inside: list[Span], more: re.Pattern[str]) -> int | None:
    """Where a name ends whose Chinese places are given; None where they only describe what has no name of its own."""
    last = max(span[1] for span in inside)
    adjective = _ADJECTIVE.match(text, inside[-1][0]) is not None
    if _BARE.fullmatch(text, start, last):
        sciences = _OF_SCIENCES.match(text, last) if text[start].isupper() else None
        return sciences.end() if sciences else None
    described = _DESCRIBED.match(text[start : inside[-1][0]]) is not None or text.startswith(" «", last)
    if described or (adjective and len(fold_form(text[start:last]).split()) <= 2):  # noqa: PLR2004
        return None
    return last if adjective else more.match(text, last).end()  # type: ignore[union-attr]


def _together(text: str, inside: list[Span]) -> list[Span]:
    """The first Chinese place in a name, and those that follow without a verb or the like between."""
    for number, (last, span) in enumerate(pairwise(inside), 1):
        if not _WITHIN_NAME.fullmatch(text, last[1], span[0]):
            return inside[:number]
    return inside


def _behind_with(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Where an institution starts that something is run or signed with, -1 if what stands there is none."""
    linked = list(_WITH.finditer(text, start, end))
    if not linked:
        return start
    return linked[-1].end() if pattern.match(text, linked[-1].end()) else -1
