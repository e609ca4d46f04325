"""Candidates as rows of JSONL (docs/analyst.md; the docstring of `tests/equipment/score.py`)."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from offing.model.projects.project import ProjectFacts
from offing.model.reading.evidence import Evidence
from offing.model.review.candidate import Proposal

Row = dict[str, Any]


def candidate_row(proposal: Proposal, original: str) -> Row:
    """Return a proposal as a row. Lists are never null.

    Args:
        proposal: the proposal.
        original: the text as it was given; quotes are cut from it.
    """
    return {
        "title": proposal.facts.title,
        **_lists(proposal.facts),
        "sector": proposal.facts.sector,
        "status": proposal.facts.status,
        "record_type": proposal.facts.record_type,
        "mode": proposal.facts.mode,
        "score": proposal.score,
        "reasons": [{"name": r.name, "weight": r.weight, "text": r.text} for r in proposal.reasons],
        "evidence": [_quote(evidence, original) for evidence in proposal.evidence],
    }


def _lists(facts: ProjectFacts) -> Row:
    return {
        "countries": list(facts.countries),
        "firms": [{"name": f.name, "as_written": f.as_written, "role": f.role, "key": f.id} for f in facts.firms],
        "lenders": [{"name": x.name, "as_written": x.as_written, "key": x.id} for x in facts.lenders],
        "amounts": [
            {"value": number(a.value), "currency": a.currency, "kind": a.kind, "as_written": a.as_written}
            | ({"qualifier": a.qualifier} if a.qualifier else {})
            for a in facts.amounts
        ],
        "counterparts": list(facts.counterparts),
        "concerns": [{"kind": c.kind, "as_written": c.as_written} for c in facts.concerns],
        "quantities": [
            {"value": number(q.value), "unit": q.unit, "as_written": q.as_written} for q in facts.quantities
        ],
        "places": list(facts.places),
        "event_date": {"value": facts.event_date.value, "as_written": facts.event_date.as_written}
        if facts.event_date
        else None,
        "events": [{"kind": event.kind, "as_written": event.as_written} for event in facts.events],
        "loan_terms": [
            {"kind": t.kind, "value": number(t.value), "unit": t.unit, "as_written": t.as_written} for t in facts.terms
        ],
    }


def _quote(evidence: Evidence, original: str) -> Row:
    return {
        "field": evidence.field,
        "value": evidence.value,
        "start": evidence.start,
        "end": evidence.end,
        "text": original[evidence.start : evidence.end],
        "speaker": evidence.speaker,
    }


def number(value: Decimal) -> int | float:
    """Return a sum as a JSON number, an int if it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def encode(row: Row) -> bytes:
    """Return a row as one line of JSONL; a lone surrogate, which UTF-8 cannot encode, is escaped."""
    try:
        return json.dumps(row, ensure_ascii=False, allow_nan=False).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(row, allow_nan=False).encode() + b"\n"
