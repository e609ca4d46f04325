"""Translations on the page of a candidate: those that are stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from offing.model.review.translation import Translation
from offing.services.translation import Translator
from offing.services.views.candidate_view import CandidateView
from offing.store.database.engine import Database
from offing.web.presentation.fields import proofs_of


@dataclass(frozen=True, slots=True)
class Untranslated:
    """What came of a request that did not translate all of an article."""

    article_id: int
    texts: int
    done: int
    cause: str


def translations_of(
    database: Database, translator: Translator | None, seen: CandidateView
) -> Mapping[str, Translation]:
    """Return the stored translations of what a candidate's page shows, by their originals."""
    found: dict[str, Translation] = {}
    for article in seen.articles.values() if translator else ():
        found |= translator.known(database, texts_of(seen, article.id), article.language) if translator else {}
    return found


def texts_of(seen: CandidateView, article_id: int) -> tuple[str, ...]:
    """Return what of an article can be translated: title, paragraphs and quotes, each once."""
    article = seen.articles[article_id]
    quotes = (proof.text for proof in proofs_of(seen) if proof.article_id == article_id)
    return tuple(dict.fromkeys(text for text in (article.title, *article.paragraphs, *quotes) if text.strip()))
