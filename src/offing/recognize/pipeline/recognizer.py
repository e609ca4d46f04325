"""From an article to its mentions: one spaCy pipeline, and readers per language that are built on first use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import nullcontext
from copy import copy
from typing import TYPE_CHECKING

from offing.model.pairs.naming import ProjectName
from offing.model.reading.mention import Mention, MentionKind, Sighting
from offing.model.reading.rules import Lexicon, RecognitionRules
from offing.model.sources.article import Article
from offing.model.text.language_words import LanguageWords
from offing.model.values.collecting import collecting_later
from offing.recognize.lexicon.disambiguation import sightings
from offing.recognize.pipeline.language_readers import LanguageReaders
from offing.recognize.places.shared_matchers import SharedMatchers
from offing.recognize.projects.known_names import KnownNames
from offing.recognize.projects.own_names import NameReader
from offing.recognize.text.draft import Draft, Entity
from offing.recognize.text.folded_text import fold
from offing.recognize.text.traditional import Simplifier, as_written

if TYPE_CHECKING:  # importing takes a third of a second, which only a text that names something Chinese needs
    from spacy.language import Language

TEXT_LIMIT = 200_000  # docs/limits.md, Sizes
# Fallback for texts in a language without wordings: a language of the same script, else English.
_BY_SCRIPT = {
    "zh": re.compile("[\u4e00-\u9fff]"),
    "ru": re.compile("[\u0400-\u04ff]"),
    "ar": re.compile("[\u0621-\u064a]"),
}
_OTHERWISE = "en"
_SAMPLE = 500  # characters
_MOSTLY = 0.3  # of them, from which a text counts as being in a script


class Recognizer:
    """Finds the mentions of articles by a set of rules.

    Args:
        rules: lexicon and wordings.
    """

    def __init__(self, rules: RecognitionRules) -> None:
        self._rules = rules
        self._pipeline: Language | None = None
        self._shared = SharedMatchers(rules)
        self._readers_by_language: dict[str, LanguageReaders] = {}
        self._simplifier = Simplifier(rules.wording.simplified)
        self.reader = NameReader(rules, self._shared)
        self.known = KnownNames(rules.names, self.reader)

    @property
    def lexicon(self) -> Lexicon:
        """The lexicon that it uses."""
        return self._rules.lexicon

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages with wordings of their own."""
        return self._rules.wording.languages

    @property
    def language_words(self) -> LanguageWords:
        """The signs by which the language of a text is identified."""
        return self._rules.wording.language_words

    def reads_as(self, article: Article) -> str:
        """The language as which an article is read: its own if that has wordings, else one of its script."""
        if article.language in self.languages:
            return article.language
        sample = article.text[:_SAMPLE]
        counts = {language: len(letters.findall(sample)) for language, letters in _BY_SCRIPT.items()}
        most = max(counts, key=lambda language: counts[language])
        return most if counts[most] > _MOSTLY * len(sample) else _OTHERWISE

    def knowing(self, names: Sequence[ProjectName]) -> Recognizer:
        """A copy of the recognizer with the names of other known projects."""
        other = copy(self)
        other.known = KnownNames(names, self.reader)
        return other

    def screen(self, text: str, language: str) -> bool:  # noqa: ARG002 -- names are looked for in all languages
        """The cheap screening: whether a text names anything Chinese at all, or a known project."""
        folded = fold(self._simplifier.simplified(text[:TEXT_LIMIT]))
        if any(True for names in (self._shared.china, self._shared.actors) for _ in names.find(folded.text)):
            return True
        return next(self.known.find(folded), None) is not None

    def names_known(self, article: Article) -> bool:
        """Whether an article may name a known project; a weak name, common in news, must also prove to be meant."""
        folded = fold(self._simplifier.simplified(article.text[:TEXT_LIMIT]))
        weak = None
        for _, known in self.known.find(folded):
            if not known.is_weak:
                return True
            weak = known
        return weak is not None and any(m.kind is MentionKind.PROJECT for m in self.recognize(article))

    def works_in(self, text: str) -> frozenset[str]:
        """The kinds of works in a text, as keys of `wording/kinds-of-works/`."""
        folded = fold(self._simplifier.simplified(text[:TEXT_LIMIT]))
        return frozenset(spot.kind for spot in self.reader.works.spots(folded))

    def recognize(self, article: Article, entities: Sequence[Entity] = ()) -> tuple[Mention, ...]:
        """All mentions of an article, by start; offsets count in `article.text`.

        Args:
            article: title, text and language.
            entities: spans found by another model, with its labels.
        """
        from offing.recognize.pipeline.pipelines import blank_pipeline, run_over

        is_met = self.reads_as(article) in self._readers_by_language
        with nullcontext() if is_met else collecting_later():  # objects made for a language's first article are kept
            draft = self._draft(article)
            draft.entities.extend(entities)
            if self._pipeline is None:
                self._pipeline = blank_pipeline()
            run_over(self._pipeline, draft, self._tools(draft.language), self.known)
        mentions = tuple(draft.mentions)
        return mentions if article.text.startswith(draft.text) else as_written(mentions, article.text)

    def judge(self, article: Article) -> tuple[Sighting, ...]:
        """Every lexicon name in an article, by start, and whether it is meant there."""
        draft = self._draft(article)
        return tuple(
            sorted(sightings(draft, self._tools(draft.language).judging), key=lambda seen: (seen.start, -seen.end))
        )

    def _draft(self, article: Article) -> Draft:
        language = self.reads_as(article)
        text = article.text[:TEXT_LIMIT]
        text = self._simplifier.simplified(text) if language == "zh" else text
        folded = fold(text)
        return Draft(article, text, folded, language, self._tools(language).hits(folded.text))

    def _tools(self, language: str) -> LanguageReaders:
        if language not in self._readers_by_language:
            self._readers_by_language[language] = LanguageReaders(self._shared, language)
        return self._readers_by_language[language]
