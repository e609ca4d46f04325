"""All that recognition needs for one language, made from the rules when the language is first met."""

from __future__ import annotations

from functools import cached_property

from offing.model.rules import RecognitionRules
from offing.recognize.dates import DateReader
from offing.recognize.patterns import Matcher
from offing.recognize.sizes import SizeReader
from offing.recognize.sums import SumReader
from offing.recognize.tables import Payload, forms


class Toolbox:
    """The readers of one language."""

    def __init__(self, rules: RecognitionRules, language: str) -> None:
        self._rules = rules
        self.language = language

    @cached_property
    def names(self) -> Matcher[Payload]:
        """Finds the names and cues of the lexicon and wordings."""
        return Matcher(forms(self._rules, self.language))

    @cached_property
    def sums(self) -> SumReader:
        """Reads sums of money."""
        return SumReader(self._rules.wording, self.language)

    @cached_property
    def sizes(self) -> SizeReader:
        """Reads quantities."""
        return SizeReader(self._rules.wording, self.language)

    @cached_property
    def dates(self) -> DateReader:
        """Reads dates."""
        return DateReader(self._rules.wording.pattern_words, self.language)
