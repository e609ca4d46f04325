"""Reads unlisted Chinese firms by the way texts name them.

"China … Corporation", "<Chinese province> … Engineering", "Chinese firm X", "X, a Chinese company", CR20,
"l'entreprise chinoise X", "китайская компания «X»", "شركة X الصينية". China's economy or government is no firm.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from offing.model.reading.mention import MentionKind
from offing.model.reading.patterns import PatternRole, PatternWord
from offing.model.text.language_traits import traits_of
from offing.recognize.organisations.regions import RegionFinder
from offing.recognize.organisations.trade_names import folded, is_name, joins, without_brackets
from offing.recognize.text.capitals import CapitalRuns, CapitalWord, is_capital
from offing.recognize.text.draft import Draft
from offing.recognize.text.folded_text import fold_form, is_arabic
from offing.recognize.text.pattern_grammar import PatternGrammar
from offing.recognize.text.pinyin import is_pinyin, is_syllabic
from offing.recognize.text.spans import Span

_ARTICLE = "ال"
_BETWEEN = 6
_MOST_ADJECTIVES = 3
_WORD = re.compile(r"[^\W\d_][\w-]*")
_LOWER_WORD = re.compile(r"[ \u00a0]([^\W\d_][\w'’-]{0,30})")
_WORDS_BEFORE = re.compile(r"(?:[^\W\d_][\w'’-]{0,30}[ \u00a0]){1,4}[«“\"]?$")
_QUOTED = re.compile(r"[«“\"]([^«»“”\"\n]{2,60})[»”\"]")
_BRAND = re.compile(r"C[A-Z]{3,5}|[A-Z]?[a-z]{1,12}[A-Z][A-Za-z]{1,12}|[A-Z]{2,6}[a-z]{2,10}")
_SURNAME = re.compile(r"[A-ZÁÉÍÓÚ][a-záéíóúñç]+(?:[aeioáéíó]z|[aeo]s)")  # el chino Pérez, o chinês Gomes


class FirmReader:
    """Reads unlisted firms in texts of one language that separates words with blanks."""

    def __init__(self, words: Sequence[PatternWord], language: str) -> None:
        own = [word for word in words if word.language in (language, "*")]
        self._language, self._manner = language, traits_of(language)
        self._suffixes = folded(own, PatternRole.FIRM_SUFFIX)
        self._trades = self._suffixes | folded(own, PatternRole.FIRM_TRADE)
        self._nouns = folded(own, PatternRole.FIRM_NOUN)
        self._regions = RegionFinder(words, language)
        grammar = PatternGrammar(words)
        self._joins = joins(grammar)
        self._of_china = re.compile(rf"-(?:{grammar.choice('hyphenated')})\b")
        self._bureau = re.compile(grammar.choice("railway_bureaus"))
        self._capital_adjectives = frozenset(grammar.words("capital_adjectives"))
        self._no_brands = frozenset(grammar.words("no_brands"))
        article = grammar.choice("articles_of_firms")
        self._romance_article = re.compile(rf"(?<!\w)(?:{article})[ \u00a0]$", re.IGNORECASE)
        # Les Chinois de X: the plural adjective stands for the firm's people.
        self._people_of = re.compile(rf"(?<=[sS])[ \u00a0](?:{grammar.spaced('people_of')})")
        self._capitals = CapitalRuns(grammar)
        self._names = _Names(grammar, self._capitals)

    def read(self, draft: Draft) -> Iterator[tuple[Span, str]]:
        """Spans of firms with the rule that found them; they may overlap each other and listed names."""
        china = draft.of(MentionKind.CHINA)
        for mention in china:
            described = self._of_china.match(draft.text, mention.end)
            end = described.end() if described else mention.end
            if mention.by == "name" and not described:  # a firm is Chinese, not China
                yield from ((span, "china's") for span in self._owned_by(draft.text, end))
                continue
            yield from ((span, "chinese firm") for span in self._beside_noun(draft.text, mention.start, end))
            # The adjective itself may stand for a firm (le chinois Dareway); El Chino Pérez is a nickname.
            article = self._romance_article.search(draft.text, max(0, mention.start - 6), mention.start)
            nickname = self._language in ("es", "pt") and mention.text[0].isupper()
            is_noun = self._manner.adjectives_name and article is not None and not nickname
            if described or self._language == "ru" or is_noun:
                yield from ((span, "chinese firm") for span in self._directly_behind(draft.text, end))
            # X in "les Chinois de X", "los chinos de X", if X looks like a firm.
            linked = self._people_of.match(draft.text, mention.end) if self._manner.adjectives_name else None
            words = without_brackets(self._capitals.run_from(draft.text, linked.end())) if linked else []
            traded = bool(words) and fold_form(words[-1].text) in self._trades
            if words and (traded or all(self._is_brand(word.text) for word in words)):
                yield (words[0].start, words[-1].end), "chinese firm"
        yield from ((span, "chinese firm") for span in self._beside_region(draft.text))
        if china or draft.of(MentionKind.FIRM):
            yield from ((match.span(), "bureau") for match in self._bureau.finditer(draft.text))

    def _beside_region(self, text: str) -> Iterator[Span]:
        """Shenzhen-based X; the Hefei start-up X; пекинская корпорация «X»."""
        for region in self._regions.find(text):
            described = self._of_china.match(text, region.end)
            end = described.end() if described else region.end
            if region.is_adjective or described:
                yield from self._directly_behind(text, end)
            else:
                yield from self._owned_by(text, end)
            if region.is_adjective or described or self._language == "en":
                yield from self._beside_noun(text, region.start, end)

    def _owned_by(self, text: str, end: int) -> Iterator[Span]:
        """China's Xyz Group, China's iFlytek, Hangzhou's Kuncheng Metering."""
        if text[end : end + 2] in ("'s", "’s"):
            words = without_brackets(self._capitals.run_from(text, end + 3))
            known = self._trades if words and is_pinyin(words[0].text) else self._suffixes
            named = len(words) > 1 and fold_form(words[-1].text) in known
            if named:
                yield words[0].start, words[-1].end
            elif words and (len(words) == 1 or words[1].text in self._joins) and self._is_brand(words[0].text):
                yield words[0].start, words[0].end

    def _is_brand(self, word: str) -> bool:
        """Whether a single word looks like a firm's name: pinyin that is no place, inner capitals, C… in capitals."""
        if word in self._no_brands or word in self._regions.names:
            return False
        return is_pinyin(word) or _BRAND.fullmatch(word) is not None

    def _directly_behind(self, text: str, place: int) -> Iterator[Span]:
        """The name right after an adjective: Shenzhen-based X, Chinese-owned X, шэньчжэньской ZKTeco."""
        quoted = _QUOTED.match(text, place + 1)
        if quoted and is_name(quoted[1]):
            yield quoted.span(1)
            return
        words = without_brackets(self._capitals.run_from(text, place))
        traded = bool(words) and fold_form(words[-1].text) in self._trades
        person = not traded and len(words) in (2, 3) and all(is_syllabic(word.text) for word in words)
        person = person or (
            self._language in ("es", "pt") and len(words) == 1 and _SURNAME.fullmatch(words[0].text) is not None
        )
        if words and not person and words[0].start == place + 1 and words[0].text[0].isascii():
            yield words[0].start, words[-1].end

    def _beside_noun(self, text: str, start: int, end: int) -> Iterator[Span]:
        """Chinese [state-owned] firm X; l'entreprise [de travaux] chinoise X; X, a Chinese company."""
        behind = self._lower_words(text, end)
        precedes = self._manner.adjectives_before
        noun_behind = [n for n, word in enumerate(behind) if precedes and fold_form(word.text) in self._nouns]
        first = start - 2 if text.endswith(_ARTICLE, 0, start) else start
        # empresa [estatal] china; in English the noun follows.
        before = None if self._language == "en" else _WORDS_BEFORE.search(text, max(0, first - 80), first)
        words = _WORD.finditer(text, before.start(), before.end()) if before else ()
        noun_before = next((word.start() for word in words if fold_form(word[0]) in self._nouns), None)
        if noun_behind:
            last = behind[noun_behind[-1]]
            yield from self._names.after(text, last.end, many=last.text.endswith("s"))
            yield from self._names.before_comma(text, start, article=True)
        elif noun_before is not None:
            if len(behind) <= _MOST_ADJECTIVES:
                yield from self._names.after(text, behind[-1].end if behind else end, many=False)
            yield from self._names.before_comma(text, noun_before, article=False)
            yield from self._names.between(text, noun_before, first)

    def _lower_words(self, text: str, place: int) -> list[CapitalWord]:
        """The words from a position on that are in lower case, or adjectives."""
        words: list[CapitalWord] = []
        while len(words) < _BETWEEN:
            found = _LOWER_WORD.match(text, place)
            if not found:
                break
            is_adjective = found[1] in self._capital_adjectives or found[1].endswith("-based")  # AI, Shanghai-based
            if is_capital(found[1]) and not is_adjective:
                break
            words.append(CapitalWord(found.start(1), found.end(), found[1]))
            place = found.end()
        return words


def suffixes(words: Iterable[PatternWord], language: str) -> frozenset[str]:
    """The words that end firm names, folded, in a language and in all."""
    return folded((word for word in words if word.language in (language, "*")), PatternRole.FIRM_SUFFIX)


class _Names:
    """Finds names around descriptions of firms."""

    def __init__(self, grammar: PatternGrammar, capitals: CapitalRuns) -> None:
        self._capitals = capitals
        self._joins = joins(grammar)
        self._opening = re.compile(rf"[,:]?[ \u00a0]?(?:(?:{grammar.choice('known_as')}) )?[«“\"'‘(]?")
        elided = grammar.spaced("articles_behind_comma").replace(" ", r"[ \u00a0]")
        self._after_comma = re.compile(rf",[ \u00a0]({elided})?((?:[\w-]{{1,20}}[ \u00a0]){{0,3}})$")
        self._joined = re.compile(rf"(?:, | (?:{grammar.choice('sets_off')}) )(?=[A-Z])")
        self._no_between = re.compile(rf"[\n،.:]|(?:^| )(?:{grammar.choice('no_between')})(?: |$)")

    def after(self, text: str, place: int, *, many: bool) -> Iterator[Span]:
        """The name after "Chinese firm", or several after "Chinese firms"."""
        while True:
            quoted = _QUOTED.match(text, place + 1)
            if quoted:
                if not is_name(quoted[1]):
                    return
                yield quoted.span(1)
                place = quoted.end()
            else:
                words = without_brackets(self._capitals.run_from(text, self._opening.match(text, place).end()))  # type: ignore[union-attr]
                # "and" joins two firms if several are announced, or an abbreviation follows (… y CRBC).
                abbreviated = [word.text.isupper() for word in words[1:]] + [False]
                parted = (n for n, word in enumerate(words) if word.text in self._joins and (many or abbreviated[n]))
                words = words[: next(parted, None)]
                if not words or words[0].text[0].isdigit():
                    return
                yield words[0].start, words[-1].end
                place = words[-1].end
            joined = self._joined.match(text, place)
            if not many or not joined:
                return
            place = joined.end() - 1

    def before_comma(self, text: str, place: int, *, article: bool) -> Iterator[Span]:
        """X in "X, a Chinese company"; "In March, Chinese firms …" has no article and does not count."""
        found = self._after_comma.search(text, max(0, place - 60), place)
        if found and (found[1] or not article):
            words = without_brackets(self._capitals.run_before(text, found.start()))
            if words:
                yield words[0].start, words[-1].end

    def between(self, text: str, noun: int, adjective: int) -> Iterator[Span]:
        """X in شركة X الصينية."""
        words = text[noun:adjective].split(" ")
        if re.match(r"\w+ [«\"“]", text[adjective:]):  # معهد التصميم الصيني «…»: the name comes in quotes
            return
        if is_arabic(text[noun]) and 2 < len(words) <= _BETWEEN:  # noqa: PLR2004 -- the noun, the name, and the blank behind it
            start = noun + len(words[0]) + 1
            end = noun + len(text[noun:adjective].rstrip())
            if text[start:end].startswith(_ARTICLE) and all(w.startswith(_ARTICLE) for w in text[start:end].split()):
                return  # عملاق الاتصالات الصيني: a trade, not a name
            if end > start and not self._no_between.search(text[start:end]):
                yield start, end
