"""Countries that share a name: a text with Brazzaville in it means that Congo, one with Bissau that Guinea."""

from __future__ import annotations

from dataclasses import replace

from offing.model.mention import Mention, MentionKind
from offing.recognize.draft import Draft
from offing.recognize.fold import fold_form

# Whose name alone the first country bears, and those that are called so at home as well.
_SHARED = {"COD": ("COG",), "GIN": ("GNB", "GNQ"), "DOM": ("DMA",)}
# The names without anything that tells the countries apart: no DR Congo, Guinée-Conakry, República Dominicana.
_BARE = frozenset(
    {
        *("congo", "конго", "الكونغو", "刚果", "剛果"),
        *("guinea", "guinee", "guine", "гвинея", "гвинеи", "гвинее", "гвинею", "гвинеей", "غينيا", "几内亚", "幾內亞"),
        *("доминикана", "доминиканы", "доминикане", "доминикану", "доминиканой", "多米尼加"),
    }
)
_ADJECTIVES = frozenset({"demonym", "stem"})


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
    return mention.by in _ADJECTIVES or (mention.by == "name" and fold_form(mention.text) in _BARE)
