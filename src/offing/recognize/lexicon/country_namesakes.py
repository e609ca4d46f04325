"""Resolves countries that share a name: with Brazzaville in the text it is that Congo, with Bissau that Guinea."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from offing.model.reading.mention import MentionKind
from offing.model.reading.patterns import PatternWord
from offing.recognize.text.draft import Draft
from offing.recognize.text.folded_text import fold_form
from offing.recognize.text.pattern_grammar import contexts

# The first country bears the bare name; the others are also called so at home.
_SHARED = {"COD": ("COG",), "GIN": ("GNB", "GNQ"), "DOM": ("DMA",)}
_ADJECTIVES = frozenset({"demonym", "stem"})


class CountryNamesakes:
    """Decides which of several countries a shared name denotes.

    Args:
        words: the rules' pattern words.
    """

    def __init__(self, words: Iterable[PatternWord]) -> None:
        # The names without a distinguishing addition: no DR Congo, Guinée-Conakry, República Dominicana.
        self._bare = frozenset(map(fold_form, contexts(words).words("namesakes")))

    def settle(self, draft: Draft) -> None:
        """Assign a shared name to the country whose towns the text names, if it names none of the other's."""
        places = {mention.key for mention in draft.of(MentionKind.PLACE)}
        for first, others in _SHARED.items():
            namesake = next((other for other in others if other in places), None)
            shared = [m for m in draft.of(MentionKind.COUNTRY) if m.key == first]
            # Both countries bear the bare name and the adjective; a sum or "RDC" is unambiguous.
            ambiguous = all(m.by in _ADJECTIVES or (m.by == "name" and fold_form(m.text) in self._bare) for m in shared)
            if namesake and first not in places and shared and ambiguous:
                draft.drop(shared)
                draft.mentions += [replace(mention, key=namesake) for mention in shared]
