"""Countries that share a name: a text with Brazzaville in it means that Congo, one with Bissau that Guinea."""

from __future__ import annotations

from dataclasses import replace

from offing.model.mention import Mention, MentionKind
from offing.recognize.draft import Draft

# Whose name alone the first country bears, and those that are called so at home as well.
_SHARED = {"COD": ("COG",), "GIN": ("GNB", "GNQ"), "DOM": ("DMA",), "SDN": ("SSD",)}
_LONG = frozenset({"démocratique", "democratic", "democrática", "демократической", "民主", "الديمقراطية"})
_PLAIN = frozenset({"name", "demonym", "stem"})


def settle_namesakes(draft: Draft) -> None:
    """Give a shared name the country whose towns the text names, where it names none of the other's."""
    places = {mention.key for mention in draft.of(MentionKind.PLACE)}
    for first, others in _SHARED.items():
        meant = next((other for other in others if other in places), None)
        shared = [m for m in draft.of(MentionKind.COUNTRY) if m.key == first]
        if meant and first not in places and shared and all(_is_plain(mention) for mention in shared):
            draft.drop(shared)
            draft.mentions += [replace(mention, key=meant) for mention in shared]


def _is_plain(mention: Mention) -> bool:
    """Whether a mention is the bare name or an adjective, which both countries bear; no sum, no RDC."""
    return mention.by in _PLAIN and not _LONG & set(mention.text.casefold().replace("-", " ").split())
