"""The matchers for texts in all languages, built once from the rules."""

from __future__ import annotations

from functools import cached_property

from offing.model.reading.rules import RecognitionRules
from offing.recognize.places.towns import Gazetteer
from offing.recognize.text.cached_matcher import cached_matcher
from offing.recognize.text.patterns import Matcher
from offing.recognize.text.tables import Payload, actor_forms, china_forms


class SharedMatchers:
    """The matchers that all languages share.

    Args:
        rules: lexicon and wordings.
    """

    def __init__(self, rules: RecognitionRules) -> None:
        self.rules = rules
        self.gazetteer = Gazetteer(rules.lexicon.gazetteer, rules.keep)

    @cached_property
    def actors(self) -> Matcher[Payload]:
        """Matches the names of Chinese firms and lenders."""
        return cached_matcher(self.rules.keep, "actors", lambda: actor_forms(self.rules))

    @cached_property
    def china(self) -> Matcher[Payload]:
        """Matches China and its places, in any language."""
        return cached_matcher(self.rules.keep, "china", lambda: china_forms(self.rules.lexicon))
