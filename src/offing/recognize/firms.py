"""Chinese firms that no list has, by the manner in which texts name them.

"China … Corporation", "<Chinese province> … Engineering", "Chinese firm X", "X, a Chinese company", CR20,
"l'entreprise chinoise X", "китайская компания «X»", "شركة X الصينية". China's economy or government is no firm.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from offing.model.mention import Mention, MentionKind
from offing.model.rules import PatternRole, PatternWord
from offing.recognize.capitals import Word, is_capital, run_before, run_from
from offing.recognize.draft import Draft
from offing.recognize.fold import fold_form, is_arabic
from offing.recognize.spans import Span

_STRONG = frozenset(
    {
        "corporation",
        "corp",
        "company",
        "co",
        "ltd",
        "limited",
        "group",
        "inc",
        "bureau",
        "institute",
        "holdings",
        "holding",
        "enterprise",
        "enterprises",
    }
)
_ARTICLE = "ال"
_AND = frozenset({"and", "et", "y", "e", "и"})
_WORDS_OF_WEAK = 3  # "Beijing GS Technology", but not "Beijing Technology"
_BETWEEN = 6
_MOST_ADJECTIVES = 3
_LOWER_WORD = re.compile(r"[ \u00a0]([^\W\d_][\w'’-]{0,30})")
_WORDS_BEFORE = re.compile(r"(?:[^\W\d_][\w'’-]{0,30}[ \u00a0]){1,4}[«“\"]?$")
_OPENING = re.compile(r"[,:]?[ \u00a0]?[«“\"'‘(]?")
_QUOTED = re.compile(r"[«“\"]([^«»“”\"\n]{2,60})[»”\"]")
_BUREAU = re.compile(r"\bCR(?:EC|CC)?[- ]?\d{1,2}(?:G|BG)?\b")
_AFTER_COMMA = re.compile(
    r",[ \u00a0](an?[ \u00a0]|une?[ \u00a0]|una[ \u00a0]|uma[ \u00a0])?((?:[\w-]{1,20}[ \u00a0]){0,3})$"
)


class FirmReader:
    """Reads unlisted firms in texts of one language that is written with blanks."""

    def __init__(self, words: Iterable[PatternWord], language: str) -> None:
        own = [word for word in words if word.language in (language, "*")]
        self._language = language
        self._suffixes = _folded(own, PatternRole.FIRM_SUFFIX)
        self._nouns = _folded(own, PatternRole.FIRM_NOUN)
        self._regions = {word.text for word in own if word.role is PatternRole.CHINESE_REGION}
        self._region = re.compile(
            r"\b(?:" + "|".join(map(re.escape, sorted(self._regions, key=len, reverse=True))) + r")\b"
        )

    def read(self, draft: Draft) -> Iterator[tuple[Span, str]]:
        """Spans of firms with the rule that found them; they may overlap each other and listed names."""
        china = draft.of(MentionKind.CHINA)
        yield from ((span, "region") for span in self._after_region(draft, china))
        for mention in china:
            if mention.by == "name":  # a firm is Chinese, not China
                yield from ((span, "china's") for span in self._of_china(draft.text, mention))
                continue
            yield from ((span, "chinese firm") for span in self._beside_noun(draft.text, mention))
        if china or draft.of(MentionKind.FIRM):
            yield from ((match.span(), "bureau") for match in _BUREAU.finditer(draft.text))

    def _after_region(self, draft: Draft, china: list[Mention]) -> Iterator[Span]:
        """China or a Chinese place, capitalised words, and at their end a word such as Corporation."""
        places = [m for m in draft.of(MentionKind.PLACE) if m.key == "CHN"]
        starts = {m.start for m in chain(china, places)} | {
            match.start() for match in self._region.finditer(draft.text)
        }
        for start in sorted(starts):
            words = self._first_firm(_without_brackets(run_from(draft.text, start)))
            if draft.text[start - 1 : start] != "-" and _begins_like_firm(words) and self._ends_like_firm(words):
                yield words[0].start, words[-1].end

    def _first_firm(self, words: list[Word]) -> list[Word]:
        """The first of firms that "and" joins, without "Shanghai-based" before its name."""
        if words and words[0].text.endswith("-based"):
            words = words[1:]
        for number in range(2, len(words)):
            if words[number].text in _AND and fold_form(words[number - 1].text) in _STRONG:
                return words[:number]
        return words

    def _ends_like_firm(self, words: list[Word]) -> bool:
        last = fold_form(words[-1].text)
        if last not in self._suffixes:
            return False
        joint = "-" in words[0].text  # a China-Uganda Friendship Hall is no firm, a China-Uganda company may be one
        return last in _STRONG or (len(words) >= _WORDS_OF_WEAK and not joint)

    def _of_china(self, text: str, mention: Mention) -> Iterator[Span]:
        """China's Xyz Group."""
        if text[mention.end : mention.end + 2] in ("'s", "’s"):
            words = run_from(text, mention.end + 3)
            if len(words) > 1 and fold_form(words[-1].text) in self._suffixes:
                yield words[0].start, words[-1].end

    def _beside_noun(self, text: str, mention: Mention) -> Iterator[Span]:
        """Chinese [state-owned] firm X; l'entreprise [de travaux] chinoise X; X, a Chinese company."""
        behind = _lower_words(text, mention.end)
        noun_behind = [number for number, word in enumerate(behind) if fold_form(word.text) in self._nouns]
        first = mention.start - 2 if text.endswith(_ARTICLE, 0, mention.start) else mention.start
        noun_before = self._noun_before(text, first)
        if noun_behind:
            last = behind[noun_behind[-1]]
            yield from _names_after(text, last.end, many=last.text.endswith("s"))
            yield from _name_before_comma(text, mention.start, article=True)
        elif noun_before is not None:
            if len(behind) <= _MOST_ADJECTIVES:
                yield from _names_after(text, behind[-1].end if behind else mention.end, many=False)
            yield from _name_before_comma(text, noun_before, article=False)
            yield from _name_between(text, noun_before, first)

    def _noun_before(self, text: str, end: int) -> int | None:
        """Where the noun starts in "empresa [estatal] china", None if there is none; English puts it behind."""
        before = None if self._language == "en" else _WORDS_BEFORE.search(text, max(0, end - 80), end)
        for found in re.finditer(r"[^\W\d_][\w-]*", before[0]) if before else ():
            if before and fold_form(found[0]) in self._nouns:
                return before.start() + found.start()
        return None


def suffixes(words: Iterable[PatternWord], language: str) -> frozenset[str]:
    """The words that end names of firms, folded, in a language and in all."""
    return _folded((word for word in words if word.language in (language, "*")), PatternRole.FIRM_SUFFIX)


def _folded(words: Iterable[PatternWord], role: PatternRole) -> frozenset[str]:
    return frozenset(fold_form(word.text).rstrip(".") for word in words if word.role is role)


def _begins_like_firm(words: list[Word]) -> bool:
    """Not "China's" or "China and Zimbabwe", nor what holds "the", nor the Chinese president of an institute."""
    if len(words) <= 1 or words[0].text.endswith(("'s", "’s", "-aided")):
        return False
    inner = {word.text for word in words[1:-1]}
    return (
        words[1].text not in _AND and not inner & {"the", "for"} and not (words[0].text == "Chinese" and "of" in inner)
    )


def _without_brackets(words: list[Word]) -> list[Word]:
    """The words without an abbreviation in brackets at their end."""
    while words and words[-1].is_bracketed:
        words = words[:-1]
    return words


def _lower_words(text: str, place: int) -> list[Word]:
    """The words from a place on that are no names."""
    words: list[Word] = []
    while len(words) < _BETWEEN:
        found = _LOWER_WORD.match(text, place)
        if not found or (is_capital(found[1]) and not _is_abbreviated_adjective(found[1])):
            break
        words.append(Word(found.start(1), found.end(), found[1]))
        place = found.end()
    return words


def _is_abbreviated_adjective(word: str) -> bool:
    return word in ("AI", "IT", "ICT", "EPC", "EV") or word.endswith("-based")


def _names_after(text: str, place: int, *, many: bool) -> Iterator[Span]:
    """The name behind "Chinese firm", or several behind "Chinese firms"."""
    while True:
        quoted = _QUOTED.match(text, place + 1)
        if quoted:
            yield quoted.span(1)
            place = quoted.end()
        else:
            words = run_from(text, _OPENING.match(text, place).end())  # type: ignore[union-attr]
            if many:
                words = words[: next((n for n, word in enumerate(words) if word.text in _AND), None)]
            if not words or words[0].text[0].isdigit():
                return
            yield words[0].start, words[-1].end
            place = words[-1].end
        joined = re.compile(r"(?:, | and | et | y | e )(?=[A-Z])").match(text, place)
        if not many or not joined:
            return
        place = joined.end() - 1


def _name_before_comma(text: str, place: int, *, article: bool) -> Iterator[Span]:
    """X in "X, a Chinese company"; "In March, Chinese firms …" has no article and is another matter."""
    found = _AFTER_COMMA.search(text, max(0, place - 60), place)
    if found and (found[1] or not article):
        words = run_before(text, found.start())
        if words:
            yield words[0].start, words[-1].end


def _name_between(text: str, noun: int, adjective: int) -> Iterator[Span]:
    """X in شركة X الصينية."""
    words = text[noun:adjective].split(" ")
    if is_arabic(text[noun]) and 2 < len(words) <= _BETWEEN:  # noqa: PLR2004 -- the noun, the name, and the blank behind it
        start = noun + len(words[0]) + 1
        end = noun + len(text[noun:adjective].rstrip())
        if end > start and not re.search(r"[\n،.:]", text[start:end]):
            yield start, end
