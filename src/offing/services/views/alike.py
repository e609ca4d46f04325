"""Candidates that one may duplicate: those that a search finds, else those of the same country and firm."""

from __future__ import annotations

from offing.model.projects.project import Firm, Lender, ProjectFacts
from offing.model.review.queue import QueueFilter, QueueLine, QueueView
from offing.services.review.queue import QueueReader, lines
from offing.store.database.engine import Database

MOST = 8


def alike(database: Database, facts: ProjectFacts, text: str, reader: QueueReader) -> tuple[QueueLine, ...]:
    """Return what may be the same project, best first.

    Args:
        database: where the candidates are stored.
        facts: of the candidate at hand.
        text: a search; empty for those of the same country and firm, or of the same country.
        reader: who looks.
    """
    if text.strip():
        return lines(database, QueueFilter(view=QueueView.ALL, text=text.strip(), size=MOST), reader)
    parties = (*facts.firms, *facts.lenders)
    firms = tuple(map(_key, facts.firms))
    near = QueueFilter(view=QueueView.ALL, country=facts.countries, firm=firms, size=MOST) if parties else None
    found = lines(database, near, reader) if near and (facts.countries or firms) else ()
    if found or not facts.countries:
        return found
    return lines(database, QueueFilter(view=QueueView.ALL, country=facts.countries, size=MOST), reader)


def _key(party: Firm | Lender) -> str:
    return party.id or party.name.casefold()
