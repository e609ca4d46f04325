"""What recognition looks for in texts of every language, made once from the rules."""

from __future__ import annotations

from functools import cached_property

from offing.model.rules import RecognitionRules
from offing.recognize.kept import kept_matcher
from offing.recognize.patterns import Matcher
from offing.recognize.tables import Payload, actor_forms, china_forms
from offing.recognize.towns import Gazetteer


class Shared:
    """Lists that all languages share.

    Args:
        rules: lexicon and wordings.
    """

    def __init__(self, rules: RecognitionRules) -> None:
        self.rules = rules
        self.gazetteer = Gazetteer(rules.lexicon.gazetteer, rules.keep)

    @cached_property
    def actors(self) -> Matcher[Payload]:
        """Finds the names of Chinese firms and lenders."""
        return kept_matcher(self.rules.keep, "actors", lambda: actor_forms(self.rules))

    @cached_property
    def china(self) -> Matcher[Payload]:
        """Finds China and its places, in any language."""
        return kept_matcher(self.rules.keep, "china", lambda: china_forms(self.rules.lexicon))
