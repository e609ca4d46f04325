"""Reads unlisted towns and sites by the words around them: "in Brumath", "port of X", "X District", ولاية."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from offing.model.reading.mention import Mention, MentionKind
from offing.model.reading.patterns import PatternRole, PatternWord
from offing.recognize.text.draft import Draft
from offing.recognize.text.pattern_grammar import PatternGrammar
from offing.recognize.text.patterns import alternatives
from offing.recognize.text.runs import Run, RunReader
from offing.recognize.text.spans import Span, Spans, longest

SITE = "site by pattern"
_BY_NOUN, _BY_LIST, _BY_LOCATIVE, _BY_NAME = 1.0, 0.8, 0.6, 0.6
_AR_WORD = "[\u0621-\u064a]{2,20}"
_NAMED = frozenset(
    {
        MentionKind.COUNTRY,
        MentionKind.PLACE,
        MentionKind.CHINA,
        MentionKind.FIRM,
        MentionKind.LENDER,
        MentionKind.COUNTERPART,
        MentionKind.DATE,
        MentionKind.MONEY,
    }
)
_AR_AND = re.compile(r"(?<=[\u0621-\u064a]) و")
# A single word that closes such a list or continues it: بين تاجورة وأوبوك وبلهو.
_AR_LISTED = re.compile(" و(?P<name>(?!ال)[\u0621-\u064a]{3,12})(?=[.،:]| و(?!ال)[\u0621-\u064a]{3,12}(?:[.،]|$))")
_ACRONYM, _SHORTEST = 4, 3
_MOST_WORDS = 6
_REACH = 40
_NEWS_BEHIND = re.compile(r"(?: ?[–—:/]| -|,? \(|\.[-–—]|, \d)")
_LONGEST_JOINT = 8
_ADJECTIVE = re.compile(r"[А-ЯЁ][а-яё-]{2,30}ск(?:ой|ом|ого|ая|ий|ую|им|их|ое)(?:\b|$)")


class SiteReader:
    """Reads unlisted places in texts of one language."""

    def __init__(self, words: Iterable[PatternWord], language: str) -> None:
        words = tuple(words)
        own = [word for word in words if word.language in (language, "*")]
        self._language = language
        self._runs = RunReader(words)
        grammar = PatternGrammar(words)
        article, of = grammar.spaced("place_articles"), f"(?:{grammar.choice('place_of')})"
        self._joined = re.compile(rf"(?:,? (?:{grammar.choice('place_joins')}) |, |[–—-])")
        self._no_ends = frozenset(grammar.words("no_place_ends"))
        locatives = alternatives(own, PatternRole.PLACE_LOCATIVE)
        self._locative = re.compile(
            rf"(?:^|[\s(«“\"])(?:{locatives}) ?(?:{article})?$",
            re.IGNORECASE,
        )
        nouns = alternatives(own, PatternRole.PLACE_NOUN)
        sites = alternatives(own, PatternRole.SITE)
        self._noun = re.compile(
            rf"(?:^|[\s(«“\"’'])(?:(?:{nouns})|(?:{sites})(?: [^\W\d_]+| {of} [^\W\d_]+)? {of}) ?(?:l['’])?[«“\"]?$",
            re.IGNORECASE,
        )
        behind = alternatives(own, PatternRole.PLACE_NOUN_BEHIND)
        self._noun_behind = re.compile(rf"[»”\"]? (?:{behind})\b")
        self._ends_in_noun = re.compile(rf" (?:{behind})$")
        barred = (PatternRole.NOT_PLACE, PatternRole.MONTH)
        self._not = frozenset(word.text.casefold() for word in own if word.role in barred)
        self._in_han = _han(grammar, behind, alternatives(own, PatternRole.NOT_PLACE)) if language == "zh" else None
        self._han_item = re.compile(_han_item(grammar))
        self._in_arabic = None
        if language == "ar":
            self._in_arabic = _arabic(alternatives(own, PatternRole.PLACE_NOUN), grammar.words("place_pairs"))
        # First words of place names, in a list after a known place.
        self._arabic_joined = re.compile(f" و(?P<name>(?:{grammar.choice('place_starts')}) (?:ال)?{_AR_WORD})")

    def is_called_place(self, text: str, span: Span) -> bool:
        """Whether a word for a kind of place directly precedes or follows a span."""
        start, end = span
        before = self._noun.search(text[max(0, start - _REACH) : start])
        return before is not None or self._noun_behind.match(text, end) is not None

    def is_located(self, text: str, span: Span) -> bool:
        """Whether the text places something there: "in X", "X Province", or "X –" at the start of a paragraph."""
        start, end = span
        if self.is_called_place(text, span) or self._locative.search(text[max(0, start - _REACH) : start]):
            return True
        return text[max(0, start - 1) : start] in ("", "\n") and _NEWS_BEHIND.match(text, end) is not None

    def runs(self, text: str) -> Iterator[Run]:
        """The runs of capitalised words of a text."""
        return self._runs.runs(text)

    def read(self, draft: Draft) -> Iterator[tuple[Span, float]]:
        """The spans of unlisted places with their weights."""
        if self._in_han:
            spans = [found.span(found.lastgroup or 0) for found in self._in_han.finditer(draft.text)]
            yield from ((span, _BY_NOUN) for span in spans)
            ends = {end for _, end in spans} | {m.end for m in draft.of(MentionKind.PLACE)}
            yield from ((span, _BY_LIST) for span in self._listed_in_han(draft.text, ends))
        elif self._in_arabic:
            for place in draft.of(MentionKind.PLACE):
                if joined := self._arabic_joined.match(draft.text, place.end) or _AR_LISTED.match(
                    draft.text, place.end
                ):
                    yield joined.span("name"), _BY_LIST
            for found in self._in_arabic.finditer(draft.text):
                yield from ((span, _BY_NOUN) for span in _arabic_names(found, self._not))
        else:
            yield from self._from_runs(draft)

    def _listed_in_han(self, text: str, ends: Iterable[int]) -> Iterator[Span]:
        """The further names in a list that starts with a place: 居尔皮普、大湾和罗德里格斯岛."""
        seen: set[int] = set()
        for end in sorted(ends):
            place = end
            while place not in seen and (item := self._han_item.match(text, place)):
                yield item.span("name")
                seen.add(place)
                place = item.end()

    def _from_runs(self, draft: Draft) -> Iterator[tuple[Span, float]]:
        """Runs that the words beside them, a list with places, or another occurrence identify as places."""
        found = [(run, self._weight(draft.text, run)) for run in self._runs.runs(draft.text) if self._may_be(run)]
        known = [mention.text for mention in draft.of(MentionKind.PLACE)]
        names = {run.text for run, weight in found if weight} | set(known)
        weights = {run: weight or (_BY_NAME if run.text in names else 0.0) for run, weight in found}
        for order in (list(weights), list(weights)[::-1]):
            sure = {run.end for run in order if weights[run]} | {m.end for m in draft.of(MentionKind.PLACE)}
            starts = {run.start for run in order if weights[run]} | {m.start for m in draft.of(MentionKind.PLACE)}
            for run in order:
                if not weights[run] and (weight := self._by_list(draft.text, run, sure, starts)):
                    weights[run] = weight
                    sure.add(run.end)
                    starts.add(run.start)
        yield from ((run.span, weight) for run, weight in weights.items() if weight)

    def _may_be(self, run: Run) -> bool:
        """Whether a run is written like a place, and is no word that never is one."""
        words = run.words
        if words[-1] in self._no_ends:
            return False
        if (
            run.text.casefold() in self._not
            or words[0].casefold() in self._not
            or len(words) > _MOST_WORDS
            or len(run.text) < _SHORTEST
        ):
            return False
        return not (run.text.isupper() and len(run.text) <= _ACRONYM) and not any(c.isdigit() for c in run.text)

    def _weight(self, text: str, run: Run) -> float:
        """The weight of a run by the words beside it; 0 if they identify no place."""
        before = text[max(0, run.start - _REACH) : run.start]
        if self.is_called_place(text, run.span) or self._ends_in_noun.search(run.text):
            return _BY_NOUN
        if self._language == "ru" and _ADJECTIVE.fullmatch(run.text):
            return 0.0
        return _BY_LOCATIVE if self._locative.search(before) else 0.0

    def _by_list(self, text: str, run: Run, ends: set[int], starts: set[int]) -> float:
        """The weight of a run in a list with places: "Tlemcen, Annaba et Thyna"."""
        if run.opens and run.start:
            return 0.0
        for reach in range(1, _LONGEST_JOINT + 1):
            if run.start - reach in ends and self._joined.fullmatch(text, run.start - reach, run.start):
                return _BY_LIST
            if run.end + reach in starts and self._joined.fullmatch(text, run.end, run.end + reach):
                return _BY_LIST
        return 0.0


def find_sites(draft: Draft, reader: SiteReader) -> None:
    """Add the places that only the words around them identify."""
    named = Spans((m.start, m.end) for m in draft.mentions if m.kind in _NAMED)
    found = (
        Mention(
            MentionKind.PLACE, *span, draft.text[slice(*span)], None, draft.text[slice(*span)], weight=weight, by=SITE
        )
        for span, weight in reader.read(draft)
        if not named.overlap(*span)
    )
    draft.mentions += longest(found)


def _han(grammar: PatternGrammar, behind: str, excluded: str) -> re.Pattern[str]:
    """Transliterated names before 市, 港, 水电站, or after 在, 至 and in lists."""
    letters = grammar.characters("transliterating")
    name = f"(?!{excluded})[{letters}]{{2,7}}"
    listed = f"(?=、|—|–|{grammar.choice('behind_joined_places')})"
    before, bare = grammar.characters("before_listed_places"), grammar.characters("before_bare_places")
    return re.compile(
        f"(?:(?<![{letters}·])|(?<=[{before}、—–]))(?P<name>{name}(?:(?:{behind})|{listed}))"
        f"|(?<=[{bare}、—–])(?P<place>(?!{excluded})[{letters}]{{3,7}})"
        f"(?={grammar.choice('behind_bare_places')}|，|。|[0-9])"
    )


def _han_item(grammar: PatternGrammar) -> str:
    """A further name in a list that starts with a place."""
    barred, behind = grammar.choice("no_listed_places"), grammar.choice("behind_listed_places")
    name = f"(?P<name>(?!{barred})[\u4e00-\u9fff]{{2,7}}?)"
    return f"[、{grammar.characters('places_joined')}]{name}(?={behind}|、|，|。|；)"


def _arabic(nouns: str, pairs: Iterable[str]) -> re.Pattern[str]:
    """One or several names after a noun of place."""
    second = "|".join(f"(?<={first}) {_AR_WORD}" for first in pairs)
    one = f"(?:ال)?{_AR_WORD}(?: ال{_AR_WORD}|{second})?"
    return re.compile(f"(?<![\u0621-\u064a])(?:[وبلف]|ال)?(?:{nouns}) (?P<names>{one}(?: و{one}){{0,3}})")


def _arabic_names(found: re.Match[str], excluded: frozenset[str]) -> Iterator[Span]:
    """The names in a list after a noun of place: مقاطعتي لكصر وتفرغ زينه; a word that is no name ends the list."""
    start = found.start("names")
    for piece in _AR_AND.split(found["names"]):
        if piece.split(" ")[0] in excluded:
            return
        yield start, start + len(piece)
        start += len(piece) + 2
