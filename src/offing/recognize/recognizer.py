"""From an article to its mentions, by one spaCy pipeline and a toolbox for each language, made when first needed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import nullcontext
from copy import copy
from typing import TYPE_CHECKING

from offing.model.article import Article
from offing.model.collecting import collecting_later
from offing.model.languages import LanguageSigns
from offing.model.mention import Mention, MentionKind, Sighting
from offing.model.naming import ProjectName
from offing.model.rules import Lexicon, RecognitionRules
from offing.recognize.draft import Draft, Entity
from offing.recognize.fold import fold
from offing.recognize.judging import sightings
from offing.recognize.known_names import KnownNames
from offing.recognize.own_names import NameReader
from offing.recognize.shared import Shared
from offing.recognize.toolbox import Toolbox
from offing.recognize.traditional import Simplifier, as_written

if TYPE_CHECKING:  # a third of a second, which only a text that names something Chinese needs
    from spacy.language import Language

TEXT_LIMIT = 200_000  # docs/limits.md, Sizes
# As which language a text is read that is in none of those that are read: by its script, else as English.
_BY_SCRIPT = {
    "zh": re.compile("[\u4e00-\u9fff]"),
    "ru": re.compile("[\u0400-\u04ff]"),
    "ar": re.compile("[\u0621-\u064a]"),
}
_OTHERWISE = "en"
_SAMPLE = 500  # characters
_MOSTLY = 0.3  # of them, from which a text is of a script


class Recognizer:
    """Finds the mentions of articles by some rules.

    Args:
        rules: lexicon and wordings.
    """

    def __init__(self, rules: RecognitionRules) -> None:
        self._rules = rules
        self._pipeline: Language | None = None
        self._shared = Shared(rules)
        self._toolboxes: dict[str, Toolbox] = {}
        self._simplifier = Simplifier(rules.wording.simplified)
        self.reader = NameReader(rules, self._shared)
        self.known = KnownNames(rules.names, self.reader)

    @property
    def lexicon(self) -> Lexicon:
        """The names that it looks for."""
        return self._rules.lexicon

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that have wordings of their own."""
        return self._rules.wording.languages

    @property
    def signs(self) -> LanguageSigns:
        """What tells the language of a text."""
        return self._rules.wording.signs

    def reads_as(self, article: Article) -> str:
        """The language as which an article is read: its own, where that has wordings, else one of its script."""
        return article.language if article.language in self.languages else _of_script(article.text[:_SAMPLE])

    def knowing(self, names: Sequence[ProjectName]) -> Recognizer:
        """The same recognizer with the names of other known projects."""
        other = copy(self)
        other.known = KnownNames(names, self.reader)
        return other

    def screen(self, text: str, language: str) -> bool:  # noqa: ARG002 -- names are looked for in all languages
        """The cheap look: whether a text names anything Chinese at all, or a known project."""
        folded = fold(self._simplifier.simplified(text[:TEXT_LIMIT]))
        if any(True for names in (self._shared.china, self._shared.actors) for _ in names.find(folded.text)):
            return True
        return next(self.known.find(folded), None) is not None

    def names_known(self, article: Article) -> bool:
        """Whether an article may tell of a known project by its name; a name that much news has must be meant there."""
        folded = fold(self._simplifier.simplified(article.text[:TEXT_LIMIT]))
        weak = None
        for _, known in self.known.find(folded):
            if not known.is_weak:
                return True
            weak = known
        return weak is not None and any(m.kind is MentionKind.PROJECT for m in self.recognize(article))

    def works_in(self, text: str) -> frozenset[str]:
        """The kinds of works that a text names, by the keys of `wording/kinds-of-works/`."""
        folded = fold(self._simplifier.simplified(text[:TEXT_LIMIT]))
        return frozenset(spot.kind for spot in self.reader.works.spots(folded))

    def recognize(self, article: Article, entities: Sequence[Entity] = ()) -> tuple[Mention, ...]:
        """All mentions of an article, by start; offsets count in `article.text`.

        Args:
            article: title, text and language.
            entities: spans that a model found elsewhere, with its labels.
        """
        from offing.recognize.pipelines import run_over

        is_met = self.reads_as(article) in self._toolboxes
        with nullcontext() if is_met else collecting_later():  # what a language's first article has made stays
            draft = self._draft(article)
            draft.entities.extend(entities)
            run_over(self._made_pipeline(), draft, self._tools(draft.language))
        mentions = tuple(draft.mentions)
        return mentions if article.text.startswith(draft.text) else as_written(mentions, article.text)

    def judge(self, article: Article) -> tuple[Sighting, ...]:
        """Every name of the lexicon that stands in an article, by start, and whether it is meant there."""
        draft = self._draft(article)
        return tuple(sorted(sightings(draft), key=lambda seen: (seen.start, -seen.end)))

    def _draft(self, article: Article) -> Draft:
        language = self.reads_as(article)
        text = article.text[:TEXT_LIMIT]
        text = self._simplifier.simplified(text) if language == "zh" else text
        folded = fold(text)
        return Draft(article, text, folded, language, self._tools(language).hits(folded.text), known=self.known)

    def _tools(self, language: str) -> Toolbox:
        if language not in self._toolboxes:
            self._toolboxes[language] = Toolbox(self._shared, language)
        return self._toolboxes[language]

    def _made_pipeline(self) -> Language:
        from offing.recognize.pipelines import blank_pipeline

        if self._pipeline is None:
            self._pipeline = blank_pipeline()
        return self._pipeline


def _of_script(sample: str) -> str:
    found = {language: len(letters.findall(sample)) for language, letters in _BY_SCRIPT.items()}
    most = max(found, key=lambda language: found[language])
    return most if found[most] > _MOSTLY * len(sample) else _OTHERWISE
