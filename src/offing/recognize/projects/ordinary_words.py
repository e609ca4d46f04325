"""Decides which words are ordinary: in wordings, firm names, countries, large towns.

Others may be a project's own name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from offing.model.reading.patterns import PatternRole
from offing.recognize.places.shared_matchers import SharedMatchers
from offing.recognize.text.folded_text import fold, fold_form
from offing.recognize.text.patterns import Form, Matcher
from offing.recognize.text.russian import stem
from offing.recognize.text.spans import Spans

_POSSESSIVE = re.compile("'s?$")
_WORDS = re.compile(r"[^\W\d_]+\*?")
_SHORTEST, _SHORTEST_STEM = 4, 4
_LONGEST_ENDING = 3
_LARGE = frozenset({"capital", "region", "province", "country"})  # kinds of places that are frequent in news
_TOWN = "city"


class Ordinary:
    """Decides what is ordinary, by a set of rules."""

    def __init__(self, shared: SharedMatchers) -> None:
        self._shared, self._rules = shared, shared.rules

    def is_rare(self, word: str) -> bool:
        """Whether a word is long enough for a name and ordinary nowhere; of a hyphenated word no part may be."""
        folded = _POSSESSIVE.sub("", fold_form(word))
        known = folded in self._large or any(self._knows(part) for part in folded.split("-"))
        return len(folded) >= _SHORTEST and not known

    def is_coined_elsewhere(self, word: str) -> bool:
        """Whether a wording, firm or country has this exact spelling, or it is no project's name: WiFi, CRBC, UAE."""
        return fold_form(word) in self._never or word in self._written

    def is_word(self, word: str) -> bool:
        """Whether a wording contains a word, folded."""
        return self._knows(fold_form(word))

    def is_town(self, word: str) -> bool:
        """Whether a list of towns contains a word."""
        folded = fold_form(word)
        return folded in self._cities or bool(self._shared.gazetteer.countries(folded))

    def is_listed(self, name: str) -> bool:
        """Whether a name is a large town's, a country's, or one excluded as a project's own name."""
        folded = fold_form(name)
        return (
            not folded
            or folded in self._large
            or self.is_large_town(folded)
            or folded in self._countries
            or folded in self._never
        )

    def is_large_town(self, name: str) -> bool:
        """Whether a name is that of a town with many projects, in any grammatical case."""
        folded = fold_form(name)
        bases = (folded[: len(folded) - cut] for cut in range(_LONGEST_ENDING + 1))
        return folded in self._towns or any(len(base) >= _SHORTEST_STEM and base in self._town_stems for base in bases)

    def barred(self, text: str) -> Spans:
        """The spans of firms, lenders, countries and other names that are no project's own."""
        folded = fold(text)
        spans = [(hit.start, hit.end) for hit in self._shared.actors.find(folded.text)]
        spans += [(hit.start, hit.end) for hit in self._others.find(folded.text)]
        return Spans(folded.span(*span) for span in spans)

    def _knows(self, folded: str) -> bool:
        base = stem(folded) or folded
        singular = folded.removesuffix("s")
        return (
            folded in self._rules.wording.small_words
            or folded in self._words
            or singular in self._words
            or base in self._words
            or any(folded[:end] in self._stems for end in range(_SHORTEST_STEM, len(folded) + 1))
        )

    @cached_property
    def _words(self) -> frozenset[str]:
        """All words in wordings, names of firms and lenders, and names of countries, folded."""
        texts = (text for text in self._texts() if not text.endswith("*"))
        found = {word for text in texts for word in _WORDS.findall(fold_form(text)) if not word.endswith("*")}
        return frozenset(found | {base for base in map(stem, found) if base})

    @cached_property
    def _written(self) -> frozenset[str]:
        """All words as spelled in names of firms and forms of countries, except sites, institutions and projects."""
        lexicon = self._rules.lexicon
        entities = (entity.name for entity in (*lexicon.firms, *lexicon.lenders))
        names = (*(form.text for form in lexicon.countries), *(alias.text for alias in lexicon.aliases), *entities)
        sites = {place.text for place in lexicon.places if place.kind not in {_TOWN, *_LARGE}}
        return frozenset(word for text in names for word in _WORDS.findall(text)) - sites

    @cached_property
    def _stems(self) -> frozenset[str]:
        words = (word for text in self._texts() if "*" in text for word in _WORDS.findall(fold_form(text)))
        return frozenset(word[:-1] for word in words if word.endswith("*") and len(word) > _SHORTEST_STEM)

    def _texts(self) -> Iterator[str]:
        wording, lexicon = self._rules.wording, self._rules.lexicon
        yield from (cue.text for cue in wording.cues)
        yield from (word.text for word in wording.pattern_words)
        yield from (form.text for form in (*wording.units, *wording.currencies))
        yield from (word.text for word in wording.number_words)
        yield from (alias.text for alias in lexicon.aliases)
        yield from (entity.name for entity in (*lexicon.firms, *lexicon.lenders))

    @cached_property
    def _large(self) -> frozenset[str]:
        return _folded(place.text for place in self._rules.lexicon.places if place.kind in _LARGE)

    @cached_property
    def _towns(self) -> frozenset[str]:
        """Towns with many projects."""
        return _folded(self._rules.lexicon.large_towns)

    @cached_property
    def _town_stems(self) -> frozenset[str]:
        """The same towns without endings, in languages that have them."""
        return frozenset(base for base in map(stem, self._towns) if base)

    @cached_property
    def _cities(self) -> frozenset[str]:
        return _folded(place.text for place in self._rules.lexicon.places if place.kind == _TOWN)

    @cached_property
    def _countries(self) -> frozenset[str]:
        return _folded(form.text for form in self._rules.lexicon.countries)

    @cached_property
    def _never(self) -> frozenset[str]:
        words = self._rules.wording.pattern_words
        return _folded(word.text for word in words if word.role is PatternRole.NOT_NAME)

    @cached_property
    def _others(self) -> Matcher[None]:
        """Matches the names of countries, and names that are no project's own."""
        names = [Form(form.text, None, inflects=form.kind == "name") for form in self._rules.lexicon.countries]
        words = self._rules.wording.pattern_words
        names += [Form(word.text, None) for word in words if word.role is PatternRole.NOT_NAME]
        return Matcher(names)


def _folded(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(fold_form(text.rstrip("*")) for text in texts)
