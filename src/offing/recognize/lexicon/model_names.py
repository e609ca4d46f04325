"""Adds names from a spaCy model, where one is installed for the language.

Its organisations that name the host country become counterparts; what it tags as a person is neither a town nor an
unlisted firm. It is never the only evidence for a Chinese firm or lender.
"""

from __future__ import annotations

from offing.model.reading.mention import MentionKind
from offing.recognize.text.draft import Draft
from offing.recognize.text.spans import Spans

ORGANISATION, PERSON = "ORG", "PERSON"
_WEIGHT = 0.6
_FEWEST_LETTERS = 4


def use_model_names(draft: Draft) -> None:
    """Reconcile the model's entities, if any, with the mentions so far."""
    people = Spans((start, end) for start, end, label in draft.entities if label == PERSON)
    draft.drop(
        m
        for m in draft.of(MentionKind.PLACE, MentionKind.FIRM)
        if m.by in ("city", "chinese firm") and people.cover(m.start, m.end)
    )
    named = (MentionKind.FIRM, MentionKind.LENDER, MentionKind.COUNTERPART, MentionKind.CHINA)
    taken = Spans((m.start, m.end) for m in draft.of(*named))
    countries = draft.of(MentionKind.COUNTRY)
    for start, end, label in draft.entities:
        text = draft.text[start:end]
        host = any(start <= m.start and m.end <= end and m.end - m.start < end - start for m in countries)
        if label == ORGANISATION and host and len(text) >= _FEWEST_LETTERS and not taken.overlap(start, end):
            draft.add(MentionKind.COUNTERPART, start, end, name=text, weight=_WEIGHT, by="model")
