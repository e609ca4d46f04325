"""Reads Chinese universities, hospitals, academies and institutes that take part in projects abroad as partners.

Lanzhou University, "le Premier Hôpital de l'université de Lanzhou", Уханьский железнодорожный колледж, جامعة تيانجين.
If only a person who works there is quoted ("a professor at Peking University"), the institution is no party.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from offing.model.reading.mention import MentionKind
from offing.model.reading.patterns import PatternRole, PatternWord
from offing.model.reading.rules import EntityKind
from offing.recognize.organisations.institution_names import PlacedNames
from offing.recognize.organisations.regions import RegionFinder
from offing.recognize.organisations.trade_names import is_title_case
from offing.recognize.text.capitals import CapitalRuns, CapitalWord
from offing.recognize.text.draft import Draft
from offing.recognize.text.pattern_grammar import PatternGrammar
from offing.recognize.text.spans import Span, Spans

_W = r"(?:(?:[Nn]\.?[ºo°]\.?|№|No\.) ?\d{1,2}|[^\W\d_][\w'’-]*)"  # Instituto n.º 2
_RU_GENITIVE = r"[а-яё]{3,24}(?:а|я|ы|и|ов|ев|ей|ой|ого|его|ых|их)\b"
_RU_ADJECTIVE = r"(?!Китая )[А-ЯЁа-яё-]{3,30}(?:ий|ый|ой|ого|его|ому|им|ым|ом|ая|ую|ое|ее|ей)"
_A = "[\u0621-\u0652\u0670-\u06d3]"
_AFFILIATION_REACH = 60
_PERSON_LINK = re.compile(r"[.!?\n]")
_LISTED_AIMS = re.compile(r"(?:, [A-Z][a-z]+)+,? and [A-Z][a-z]+")  # Institute of Survey, Planning and Research
_NAME_BEHIND = re.compile(r" (?:[«“\"]|[A-Z]{2})")  # шаньдунский проектный институт SPDI: description, then name


class InstitutionReader:
    """Reads Chinese institutions in texts of one language."""

    def __init__(self, words: Sequence[PatternWord], language: str) -> None:
        own = [word for word in words if word.language in (language, "*")]
        heads = [word.text for word in own if word.role is PatternRole.INSTITUTION]
        self._language = language
        self._finder = RegionFinder(words, language)
        self._english = {word.text for word in words if word.role is PatternRole.INSTITUTION and word.language == "en"}
        listed = "|".join(map(re.escape, sorted(heads, key=len, reverse=True))) or "(?!)"
        grammar = PatternGrammar(words)
        self._capitals = CapitalRuns(grammar)
        ordinal, link = grammar.choice("ordinals"), grammar.spaced("institution_links")
        self._romance = re.compile(
            rf"(?<![\w-])(?i:(?:{ordinal}) )?(?i:{listed})s?(?: (?:{link}){{0,2}}{_W}){{1,8}}",
        )
        named_after = grammar.choice("named_after")
        self._russian = re.compile(
            rf"(?:{_RU_ADJECTIVE} ){{0,4}}(?i:{listed})\w*"
            rf"(?: (?:{_RU_ADJECTIVE} |(?:{named_after}) ){{0,3}}"
            rf"(?:(?:{listed})\w*|{_RU_GENITIVE}|[А-ЯЁ][\w-]+)){{0,4}}"
        )
        self._arabic = re.compile(rf"(?:(?<=^)|(?<=[\s«\"]))(?:و|ل|ب)?((?:{listed})(?: {_A}{{2,20}}){{1,6}})")
        # Institutions in the host country that China built or co-runs: a friendship hospital, a Confucius institute.
        self._joint = re.compile(grammar.choice("not_its_own"), re.IGNORECASE)
        self._headline_verb = re.compile(rf" (?:{grammar.choice('headline_verbs')}) ")
        self._names = PlacedNames(words)
        callings = [word.text for word in own if word.role is PatternRole.AFFILIATION]
        self._calling = re.compile(
            r"(?<![^\W_])(?:" + ("|".join(map(re.escape, callings)) or "(?!)") + r")\b", re.IGNORECASE
        )

    def read(self, draft: Draft) -> Iterator[tuple[Span, str]]:
        """Spans of institutions with the name of the rule."""
        # China, its places and adjectives, and listed institutions.
        mentions = draft.of(MentionKind.CHINA, MentionKind.PLACE)
        known = {(m.start, m.end) for m in draft.of(MentionKind.FIRM) if m.by == EntityKind.PUBLIC_BODY}
        known |= {(m.start, m.end) for m in mentions if m.kind is MentionKind.CHINA or m.key == "CHN"}
        china = sorted(known | {(region.start, region.end) for region in self._finder.find(draft.text)})
        hosts = Spans((m.start, m.end) for m in draft.of(MentionKind.COUNTRY))
        places = Spans(china)
        english = (span for span in self.in_english(draft.text) if places.overlap(*span))
        for start, end in (*english, *self._local(draft.text, china)):
            joint = hosts.overlap(start, end) or self.is_joint(draft.text, start, end)
            if not joint and not self.employs(draft.text, start):
                yield (start, end), "institution"

    def is_joint(self, text: str, start: int, end: int) -> bool:
        """Whether a name shows that the host has a part in an institution."""
        return self._joint.search(text, start, end) is not None

    def employs(self, text: str, start: int) -> bool:
        """Whether an institution is named only as a person's employer: "a professor at …"."""
        near = _PERSON_LINK.split(text[max(0, start - _AFFILIATION_REACH) : start])[-1]
        return self._calling.search(near) is not None

    def in_english(self, text: str, more: frozenset[str] = frozenset()) -> Iterator[Span]:
        """English names, which end with their noun or continue with "of": Lanzhou University, University of … of China.

        Args:
            text: the text.
            more: nouns in addition to the listed ones.
        """
        for match in re.finditer(r"(?<![\w-])[A-Z][a-z]+(?![\w-])", text):
            if match[0] not in self._english | more:
                continue
            first = self._first_of(self._capitals.run_before(text, match.end()), match.start())
            behind = [word for word in self._capitals.run_from(text, match.start()) if not word.is_bracketed]
            last = behind[-1].end if len(behind) > 1 and behind[1].text in ("of", "for") else match.end()
            aims = _LISTED_AIMS.match(text, last) if last > match.end() else None
            last = aims.end() if aims else last
            headline = is_title_case(text, first) and self._headline_verb.search(text, first, last)
            if (first, last) != match.span() and not headline:
                yield first, last

    def _first_of(self, words: list[CapitalWord], noun: int) -> int:
        """The start of a name that ends with its noun: after "the", "Shanghai's" (not "People's") and "-based"."""
        for number, word in enumerate(words):
            owner = word.text.endswith(("'s", "’s")) and (
                word.text[:-2] in self._finder.names or word.text[:-2] == "China"
            )
            if word.text.lower() == "the" or owner or word.text.endswith("-based"):
                return self._first_of(words[number + 1 :], noun)
        return words[0].start if words else noun

    def _local(self, text: str, china: list[Span]) -> Iterator[Span]:
        """Names in the language of the text that contain a Chinese place."""
        if self._language in ("fr", "es", "pt"):
            yield from self._names.up_to_china(self._romance, text, china)
        elif self._language == "ru":
            places = Spans(china)
            found = (m.span() for m in self._russian.finditer(text) if places.overlap(*m.span()))
            yield from (span for span in found if not _NAME_BEHIND.match(text, span[1]))
        elif self._language == "ar":
            yield from self._names.up_to_china(self._arabic, text, china, 1)


def drop_employers(draft: Draft, reader: InstitutionReader) -> None:
    """Drop listed institutions that are named only as a person's employer."""
    bodies = (m for m in draft.of(MentionKind.FIRM) if m.by == EntityKind.PUBLIC_BODY)
    draft.drop([m for m in bodies if reader.employs(draft.text, m.start)])
