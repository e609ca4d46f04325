"""Mutes: names that people marked as meaning no firm or lender in a given context. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from offing.model.reading.mention import Mention
from offing.model.review.mute import MUTABLE, Mute
from offing.model.sources.article import PARAGRAPH_BREAK, Article
from offing.model.text.folding import fold_text


def unmuted(mentions: Iterable[Mention], article: Article, mutes: Iterable[Mute]) -> tuple[Mention, ...]:
    """The mentions that no mute silences, in order.

    Args:
        mentions: the mentions of the article.
        article: the article.
        mutes: the mutes in force.
    """
    here = [mute for mute in mutes if mute.source in ("", article.domain)]
    if not here:
        return tuple(mentions)
    return tuple(each for each in mentions if not any(applies(mute, each, article) for mute in here))


def applies(mute: Mute, mention: Mention, article: Article) -> bool:
    """Whether a mute applies to a mention."""
    return (
        mention.kind in MUTABLE
        and mention.kind is mute.kind
        and mute.key == key_of(mention)
        and mute.source in ("", article.domain)
        and mute.alias in ("", fold_text(mention.text))
        and (not mute.context or fold_text(mute.context) in fold_text(paragraph_of(mention, article.text)))
    )


def key_of(mention: Mention) -> str:
    """The key by which mutes refer to a mention: its entity, or its name where it is not in the lexicon."""
    return mention.key or mention.name.casefold()


def paragraph_of(mention: Mention, text: str) -> str:
    """The paragraph of a mention."""
    start = text.rfind(PARAGRAPH_BREAK, 0, mention.start)
    end = text.find(PARAGRAPH_BREAK, mention.end)
    return text[max(start, 0) : len(text) if end < 0 else end]
