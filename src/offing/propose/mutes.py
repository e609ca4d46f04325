"""Mutes: names that people said mean no firm or lender where they stand like this. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from offing.model.article import PARAGRAPH_BREAK, Article
from offing.model.folding import fold_text
from offing.model.mention import Mention
from offing.model.mute import MUTABLE, Mute


def heard(mentions: Iterable[Mention], article: Article, mutes: Iterable[Mute]) -> tuple[Mention, ...]:
    """The mentions that no mute silences, in their order.

    Args:
        mentions: of the article.
        article: where they stand.
        mutes: those that hold.
    """
    here = [mute for mute in mutes if mute.source in ("", article.domain)]
    if not here:
        return tuple(mentions)
    return tuple(each for each in mentions if not any(silences(mute, each, article) for mute in here))


def silences(mute: Mute, mention: Mention, article: Article) -> bool:
    """Whether a mute is about a mention."""
    return (
        mention.kind in MUTABLE
        and mention.kind is mute.kind
        and mute.key == key_of(mention)
        and mute.source in ("", article.domain)
        and mute.alias in ("", fold_text(mention.text))
        and (not mute.context or fold_text(mute.context) in fold_text(paragraph_of(mention, article.text)))
    )


def key_of(mention: Mention) -> str:
    """What a mute calls a mention by: its entity, or the name that no list has."""
    return mention.key or mention.name.casefold()


def paragraph_of(mention: Mention, text: str) -> str:
    """The paragraph in which a mention stands."""
    start = text.rfind(PARAGRAPH_BREAK, 0, mention.start)
    end = text.find(PARAGRAPH_BREAK, mention.end)
    return text[max(start, 0) : len(text) if end < 0 else end]
