"""Finds a project's own names: of its system, its site, its works. Pure.

The form of a name makes it a project's own: a kind of works beside a word that is ordinary nowhere ("Lotus Tower"),
coined words (NOSi), names in quotes, small towns. Ordinary words are those of the wordings, the lists of firms,
countries and towns, and of the text itself, where it also writes a word in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from offing.model.pairs.naming import BODY, Works
from offing.model.projects.project import ProjectFacts
from offing.model.reading.mention import NameReliability
from offing.model.reading.patterns import PatternRole
from offing.model.reading.rules import RecognitionRules
from offing.recognize.places.shared_matchers import SharedMatchers
from offing.recognize.projects.ordinary_words import Ordinary
from offing.recognize.projects.works import WorksReader
from offing.recognize.projects.works_names import WorksNames
from offing.recognize.text.folded_text import fold, fold_form, is_arabic, is_han
from offing.recognize.text.name_words import COINED, WORD, NameWord, NameWords, runs
from offing.recognize.text.patterns import alternatives

_TEXT = 1500  # characters of a text that are read
_EARLY = 700  # characters in which a text states its subject
_MOST = 8  # names of each kind
_LONGEST = 60  # characters of a name
_SHORTEST_BODY = 4
_QUOTED = re.compile(r"[«“\"„「《]\s?([^«»“”„\"「」《》\n]{2,40}?)\s?[»”\"“」》]")
_INTRODUCER = PatternRole.NAME_INTRODUCER
_OPENED = r"\s?[«“\"„‘'《「(（]?\s?\Z"  # between an introducer and the name
_BRACKETS = frozenset("(（")
_SHORT_HAN, _LONG_HAN = 3, 12
_WORDS_IN_QUOTES = 4
_APART_WORDS, _RARE_WORDS, _PLAIN_WORDS = 3, 2, 3
_OFTEN = 2  # occurrences of a name that a text does not state early
_LONG_ACRONYM = 5
_PLURAL = re.compile("(?<=[A-Z])s$")
_EXPLAINING = re.compile(r",\s(?P<article>[^\W\d_]{1,3}[\s’'])(?P<words>(?:[\w-]{1,20} ?){1,4})")
_SHORTENED = 6  # words that an abbreviation may stand for


class NameReader:
    """Reads the own names of projects.

    Args:
        rules: wordings and lists that define what is ordinary.
        shared: the shared matchers of the same rules, if already built.
    """

    def __init__(self, rules: RecognitionRules, shared: SharedMatchers | None = None) -> None:
        words = rules.wording.pattern_words
        self._words = NameWords(words)
        self._ordinary = Ordinary(shared or SharedMatchers(rules))
        nouns = (w.text for w in rules.wording.pattern_words if w.role is PatternRole.PROJECT_NOUN)
        self._nouns = frozenset(word for noun in nouns for word in fold_form(noun).split()[-1:])
        self._han_nouns = frozenset(noun for noun in self._nouns if is_han(noun[0]))
        self._introducer = re.compile(
            rf"(?i:(?<!\w)(?:{alternatives(words, _INTRODUCER)}))"
            rf"(?: (?:{alternatives(words, PatternRole.BEHIND_INTRODUCER)}))?{_OPENED}"
        )
        self.works = WorksReader(rules)
        self._works_names = WorksNames(self.works, self._ordinary, self.is_name)
        self.reliability = lru_cache(maxsize=100_000)(self._reliability)
        self._is_rare = lru_cache(maxsize=100_000)(self._ordinary.is_rare)
        self._is_noun = lru_cache(maxsize=100_000)(self._noun)

    def names_of(self, facts: ProjectFacts, title: str, description: str = "") -> tuple[str, ...]:
        """The own names of a project, most reliable first; none that is only ordinary words, a large town or a firm.

        Args:
            facts: what is known of it; its places are candidate names.
            title: of the project or of an article about it.
            description: free text about it, or the article's.
        """
        text = f"{title}\n\n{description}"[:_TEXT]
        tokens = list(self._words.read(text))
        found = [*self._built(text, tokens, len(title)), *_quoted(text), *self._coined(text, tokens, len(title))]
        found += facts.places
        found += [
            word.text for name in facts.counterparts for word in self._words.read(name) if COINED.fullmatch(word.text)
        ]
        small = frozenset(token.text for token in tokens if token.text[0].islower())
        own: dict[str, str] = {}
        for name in map(_trimmed, found):
            reliability = self.reliability(name) if len(name) <= _LONGEST else None
            ordinary = reliability is NameReliability.SITE and name.lower() in small
            if reliability is not None and not ordinary:
                own.setdefault(fold_form(name), name)
        sites = [name for name in own.values() if self.reliability(name) is NameReliability.SITE]
        surer = [name for name in own.values() if self.reliability(name) is not NameReliability.SITE]
        works = self._works_names.names_of(facts, title, description)
        counterparts = list(dict.fromkeys(map(_trimmed, facts.counterparts)))[:_MOST]
        bodies = [Works(BODY, name) for name in counterparts if _SHORTEST_BODY <= len(name) <= _LONGEST]
        return (*surer[:_MOST], *sites[:_MOST], *(each.name for each in (*works, *bodies)))

    def is_name(self, word: str) -> bool:
        """Whether a word is written like a name and is ordinary nowhere."""
        return word[0].isupper() and not self._is_noun(word) and self._is_rare(word)

    def _reliability(self, name: str) -> NameReliability | None:
        """How reliably a name identifies its project; None if it does not."""
        if works := Works.of(name):
            other = NameReliability.PART if works.kind == BODY else NameReliability.SITE
            return NameReliability.OWN if self._works_names.is_sure(works) else other
        if self._ordinary.is_listed(name):
            return None
        if is_han(name[0]) or is_arabic(name[0]):
            return NameReliability.SITE if len(name) >= _SHORT_HAN and not self._ordinary.is_word(name) else None
        words = [token.text for token in self._words.read(name) if not token.is_link]
        rare = [word for word in words if self._is_rare(word)]
        if len(words) == 1:
            return self._of_word(words[0], bool(rare))
        has_noun = any(self._is_noun(word) for word in words)
        if has_noun and rare:
            new = [word for word in rare if not self._ordinary.is_town(word)]
            apart = len(words) >= _APART_WORDS and len(new) >= _RARE_WORDS
            return NameReliability.APART if apart else NameReliability.OWN
        plain = has_noun and len(words) >= _PLAIN_WORDS
        return NameReliability.SITE if rare or plain else None

    def _of_word(self, word: str, is_rare: bool) -> NameReliability | None:
        if COINED.fullmatch(word):
            if self._ordinary.is_coined_elsewhere(word):
                return None
            return NameReliability.SITE if len(word) < _LONG_ACRONYM and word.isupper() else NameReliability.OWN
        return NameReliability.SITE if is_rare and not self._is_noun(word) else None

    def _noun(self, word: str) -> bool:
        folded = fold_form(word)
        return folded in self._nouns or folded.removesuffix("s") in self._nouns

    def _built(self, text: str, tokens: Sequence[NameWord], title_end: int) -> Iterator[str]:
        """Capitalised runs with a kind of works in or beside them; and their rare words alone."""
        for first, last in runs(text, tokens):
            introduces = last - first > 1 and self._introducer.fullmatch(text, tokens[first].start, tokens[first].end)
            run = tokens[first + bool(introduces) : last]
            beside = self._is_beside_noun(tokens, first, last) or self._is_introduced(text, run)
            beside = beside or self._is_explained(text, tokens[last - 1].end)
            if not (beside or any(self._is_noun(token.text) for token in run)):
                continue
            early = run[0].start < title_end + _EARLY
            for part in self._parts(text, run):
                name = text[part[0].start : part[-1].end]
                if early or text.count(name) >= _OFTEN:
                    yield from self._of_part(name, part, beside=beside)

    def _parts(self, text: str, run: Sequence[NameWord]) -> Iterator[list[NameWord]]:
        """The parts of a run between names of firms and countries, and other names that are no project's own."""
        offset = run[0].start
        barred = self._ordinary.barred(text[offset : run[-1].end])
        part: list[NameWord] = []
        for token in run:
            if barred.overlap(token.start - offset, token.end - offset):
                yield from self._words.closed(part)
                part = []
            else:
                part.append(token)
        yield from self._words.closed(part)

    def _of_part(self, name: str, part: Sequence[NameWord], *, beside: bool) -> Iterator[str]:
        if len(part) > 1 and any(self._is_noun(token.text) for token in part):
            yield name
            rare = [token.text for token in part if self._is_rare(token.text)]
            yield from rare if len(rare) == 1 else ()  # two are a person's: Uhuru Kenyatta Avenue
        elif beside:
            yield name

    def _coined(self, text: str, tokens: Iterable[NameWord], title_end: int) -> Iterator[str]:
        """Coined words: NOSi, iGov, BINAES. One all in capitals must be in the title, or abbreviate a name."""
        for token in tokens:
            word = token.text
            if COINED.fullmatch(word):
                shortens = text[token.start - 1 : token.start] in _BRACKETS and self._names_works(
                    text[: token.start - 1]
                )
                if shortens and (whole := self._in_full(text[: token.start - 1], word)):
                    yield whole
                again = not word.isupper() and text.count(word) > 1
                if token.start < title_end or shortens or (again and token.start < title_end + _EARLY):
                    yield word
                    yield from (word[:-1] for _ in _PLURAL.findall(word))  # e-NRCs

    def _in_full(self, before: str, short: str) -> str:
        """The words before an abbreviation whose initials match it: Projet de couverture nationale (PCN)."""
        words = list(self._words.read(before[-_LONGEST:]))
        for first in range(len(words)):
            initials = "".join(word.text[0] for word in words[first:] if not word.is_link).upper()
            if initials and short.upper().startswith(initials[: len(short)]) and len(initials) >= _PLAIN_WORDS:
                return before[-_LONGEST:][words[first].start :].strip()
        return ""

    def _names_works(self, before: str) -> bool:
        """Whether one of the last few words is a kind of works."""
        in_han = any(noun in before[-_LONG_HAN:] for noun in self._han_nouns)
        return in_han or any(map(self._is_noun, WORD.findall(before[-_LONGEST:])[-_SHORTENED:]))

    def _is_introduced(self, text: str, run: Sequence[NameWord]) -> bool:
        """Whether a text introduces a run as a name, close to a kind of works: the network, called Simba; Simba."""
        start, end = run[0].start, run[-1].end
        found = self._introducer.search(text, max(0, start - _LONGEST), start)
        behind = WORD.findall(text[end : end + _LONGEST])[:_SHORTENED]
        return found is not None and (self._names_works(text[: found.start()]) or any(map(self._is_noun, behind)))

    def _is_explained(self, text: str, end: int) -> bool:
        """Whether a comma, an article and a kind of works follow a name: Manara, an electronic single window."""
        found = _EXPLAINING.match(text, end)
        if found is None or found["article"].strip().lower() not in self._words.articles:
            return False
        nouns = any(map(self._is_noun, WORD.findall(found["words"])))
        return nouns or any(True for _ in self.works.spots(fold(found["words"])))

    def _is_beside_noun(self, tokens: Sequence[NameWord], first: int, last: int) -> bool:
        """Whether a kind of works directly follows a run, or precedes it with "de" or the like between."""
        if last < len(tokens) and tokens[last].start - tokens[last - 1].end == 1 and self._is_noun(tokens[last].text):
            return True
        before = first - 1
        while before >= 0 and tokens[before].is_link:
            before -= 1
        return (
            before >= 0
            and tokens[first].start - tokens[before].end < _WORDS_IN_QUOTES * 3
            and self._is_noun(tokens[before].text)
        )


def _quoted(text: str) -> Iterator[str]:
    """Names in quotes; in scripts without capitals short ones only."""
    for match in _QUOTED.finditer(text):
        name = match[1]
        if is_han(name[0]):
            if len(name) <= _LONG_HAN and all(map(is_han, name)):
                yield name
        elif len(name.split()) <= _WORDS_IN_QUOTES and (name[0].isupper() or is_arabic(name[0])):
            yield name


def _trimmed(name: str) -> str:
    return " ".join(name.split()).strip(" .,;:–—-'’\"")
