"""Counterparts: ministries, agencies, authorities and operators of the host side, as written; none of China's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from offing.model.mention import Mention, MentionKind
from offing.model.rules import PatternRole, PatternWord
from offing.recognize.capitals import Word, run_before, run_from
from offing.recognize.draft import Draft
from offing.recognize.patterns import Form, Matcher
from offing.recognize.spans import Span, Spans, longest

_LINK = r"(?:de la |de l['’]|de los |de las |del |de |du |des |da |do |das |dos |d['’]|l['’])"
# A name in French, Spanish, Portuguese: a word, then capitalised ones and adjectives ("Économie numérique").
_ROMANCE = re.compile(
    rf" ?{_LINK}?[^\W\d_][\w’'-]{{0,30}}"
    rf"(?:(?:,| et| y| e)? (?:et |y |e )?{_LINK}?[A-ZÀ-ÖØ-Þ][\w’'-]{{0,30}}"
    r"| [a-zà-ÿ]{2,20}(?:ique|iques|ale|ales|aux|ive|aire|aires|naise|nais|enne|ien)\b){0,8}"
)
# Words in the genitive, and capitalised ones.
_RUSSIAN = re.compile(
    r"(?: (?:и )?(?:[а-яё]{2,30}(?:а|(?<!а)я|и|ы|ов|ей|ого|ых|их|ой)|[А-ЯЁ][\w-]{1,30})(?![\w-])){1,5}"
)
_ARABIC_WORD = "[\u0621-\u064a]{2,20}"
_ARABIC = re.compile(rf"(?: (?:و?ال{_ARABIC_WORD}|و?{_ARABIC_WORD}(?= ال))){{1,5}}")
_STOP_HAN = "北南东西中内全要求各天日的和与及由向在了对将为是并已称说签，。、；：！？（）“”\\s"
_TAIL_REACH = 8
_CHINA_BEFORE = re.compile(r"(?:'s|’s)?[ \u00a0]?$")
_CHINA_BEHIND = re.compile(
    r",? ?(?:of |de la |de |da |du |del )?(?:the )?(?:People['’]s Republic of )?(?:China|Chine|République populaire)\b"
)
_NEXT_TO = 3


class BodyReader:
    """Reads public bodies in texts of one language."""

    def __init__(self, words: Iterable[PatternWord], language: str) -> None:
        own = [word for word in words if word.language in (language, "*")]
        tails = sorted((word.text for word in own if word.role is PatternRole.BODY_TAIL), key=len, reverse=True)
        ends = "|".join(map(re.escape, tails)) or "(?!)"
        self._language = language
        self._heads = Matcher(Form(word.text, word) for word in own if word.role is PatternRole.BODY_HEAD)
        self._tail = re.compile(rf"\b(?:{ends})\b")
        others = "|".join(re.escape(word.text) for word in own if word.role is PatternRole.NOT_BODY) or "(?!)"
        self._excluded = re.compile(rf"\b(?:{others})\b")
        self._tail_in_han = re.compile(f"[^{_STOP_HAN}]{{0,{_TAIL_REACH}}}?(?:{ends})")

    def read(self, draft: Draft) -> Iterator[Span]:
        """The spans of bodies, Chinese ones among them."""
        return (span for span in self._all(draft) if not self._excluded.search(draft.text, *span))

    def _all(self, draft: Draft) -> Iterator[Span]:
        if self._language == "zh":
            yield from self._behind_country(draft)
            return
        for hit in self._heads.find(draft.folded.text):
            yield from self._from_head(draft.text, draft.folded.span(hit.start, hit.end))
        for tail in self._tail.finditer(draft.text):
            first = _first_of(run_before(draft.text, tail.end()))
            if first is not None and first.start < tail.start():
                yield first.start, tail.end()

    def _from_head(self, text: str, head: Span) -> Iterator[Span]:
        start, end = head
        if self._language == "en":
            words = run_from(text, start)
            if words and words[-1].end > end:
                yield words[0].start, words[-1].end
            return
        name = {"ru": _RUSSIAN, "ar": _ARABIC}.get(self._language, _ROMANCE).match(text, end)
        if name:
            yield start, name.end()

    def _behind_country(self, draft: Draft) -> Iterator[Span]:
        for country in draft.of(MentionKind.COUNTRY):
            tail = self._tail_in_han.match(draft.text, country.end)
            if tail:
                yield country.start, tail.end()


def find_bodies(draft: Draft, reader: BodyReader) -> None:
    """Add the public bodies of the text that are not Chinese and no firm or lender."""
    named = Spans((m.start, m.end) for m in draft.of(MentionKind.FIRM, MentionKind.LENDER))
    china, kind = Spans((m.start, m.end) for m in draft.of(MentionKind.CHINA)), MentionKind.COUNTERPART
    found = (
        Mention(kind, start, end, draft.text[start:end], name=draft.text[start:end], by="public body")
        for start, end in reader.read(draft)
        if not named.overlap(start, end) and not _is_chinese(draft.text, (start, end), china)
    )
    draft.mentions += longest(found)


def _first_of(words: list[Word]) -> Word | None:
    """Where a body's name starts among capitalised words: behind "and the", without "The"."""
    articles = [number for number, word in enumerate(words) if word.text.lower() == "the"]
    rest = words[articles[-1] + 1 :] if articles else words
    return rest[0] if rest else None


def _is_chinese(text: str, span: Span, china: Spans) -> bool:
    """Whether China is in a body's name, owns it ("China's Ministry of Commerce") or follows it."""
    start, end = span
    owner = _CHINA_BEFORE.search(text, max(0, start - _NEXT_TO), start)
    owned = owner is not None and china.overlap(owner.start() - 1, owner.start())
    return owned or china.overlap(start, end) or _CHINA_BEHIND.match(text, end) is not None
