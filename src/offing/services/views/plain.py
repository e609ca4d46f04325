"""Candidates as plain values, as in `queue list --json` and the JSON API."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from offing.model.projects.project import Amount, ProjectFacts
from offing.model.values.codec import to_plain
from offing.publish.cells import clean
from offing.services.review.decisions import QueueItem
from offing.services.views.latin_names import names_in_latin

TURNS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))  # characters that change text direction


def title_of(item: QueueItem) -> str:
    """Return the one line that names a candidate: its own title, else the first headline."""
    articles = item.candidate.articles
    return one_line(item.facts.title or (articles[0].title if articles else ""))


def one_line(text: str) -> str:
    """Return text from outside on one line, without characters that could control a terminal."""
    return " ".join(clean(text).translate(TURNS).split())


def plain_item(item: QueueItem) -> dict[str, Any]:
    """Return an item as `queue list --json` shows it, with people's corrections in its fields."""
    candidate = item.candidate
    return {
        "id": candidate.id,
        "score": round(candidate.score, 4),
        "kind": candidate.kind,
        "state": candidate.state,
        **plain_facts(item.facts),
        "title": title_of(item),
        "urls": [article.url for article in candidate.articles],
        "outlets": sorted({article.outlet for article in candidate.articles}),
        "independent": candidate.independent,
        "also_in": candidate.also_in,
        "contrasts": [to_plain(contrast) for contrast in candidate.contrasts],
        "reasons": [to_plain(reason) for reason in candidate.reasons],
        "created_at": candidate.created_at.isoformat(),
        "version": candidate.version,
    }


def plain_facts(facts: ProjectFacts) -> dict[str, Any]:
    """Return the fields of a project; sums and sizes are numbers, `latin` has names in Latin letters."""
    return {
        **to_plain(facts),
        "amounts": [_amount(amount) for amount in facts.amounts],
        "quantities": [{**to_plain(size), "value": _number(size.value)} for size in facts.quantities],
        "latin": [to_plain(name) for name in names_in_latin(facts)],
    }


def full_item(item: QueueItem) -> dict[str, Any]:
    """Return an item with its evidence, articles, decisions, and the machine's own values."""
    candidate = item.candidate
    return {
        **plain_item(item),
        "machine": to_plain(candidate.facts),
        "evidence": [to_plain(proof) for proof in candidate.evidence],
        "articles": [to_plain(article) for article in candidate.articles],
        "revisions": [to_plain(revision) for revision in item.revisions],
        "decisions": [to_plain(decision) for decision in item.decisions],
        "defer_until": candidate.defer_until.isoformat() if candidate.defer_until else None,
        "duplicate_of": candidate.duplicate_of,
        "produced_by": candidate.produced_by,
    }


def _amount(amount: Amount) -> dict[str, Any]:
    return {**to_plain(amount), "value": _number(amount.value)}


def _number(value: Decimal) -> int | float:
    """Return a JSON number; whole sums stay whole."""
    return int(value) if value == value.to_integral_value() else float(value)
