"""Candidates as rows of a table to take away: to be read, not to be filled in. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from offing.model.projects.project import ProjectFacts
from offing.model.review.candidate import Candidate
from offing.model.review.decision import Decision, decisions_in_force
from offing.review.spreadsheet import FIELDS, LINKS, row_of

COLUMNS: Mapping[str, str] = {
    "id": "number of the candidate",
    "state": "open, accepted, rejected, deferred or duplicate",
    "kind": "new, update or audit",
    "score": "from 0 to 1, how sure the machine is",
    "record": "the proposed record in one line",
    "headline": "of the first article, as written",
    "update of": "the record or known project that it is an update of",
    **dict.fromkeys(FIELDS, "with people's corrections; several values between semicolons"),
    "quotes": "the sentences that prove the fields",
    "outlets": "that report it",
    **dict.fromkeys(LINKS, "address of an article"),
    "created at": "when the candidate was made, UTC",
    "decided by": "who decided it; empty while nobody has",
    "decided at": "when, UTC",
    "reason": "why, as the person gave it",
}
"""The columns, in order, each with its meaning."""


def download_row(candidate: Candidate, facts: ProjectFacts, decisions: Sequence[Decision]) -> dict[str, str]:
    """Return the row of a candidate.

    Args:
        candidate: as stored.
        facts: its facts with people's corrections applied.
        decisions: those on it, oldest first; the last one in force is shown.
    """
    standing = decisions_in_force(decisions)
    last = standing[-1] if standing else None
    row = row_of(candidate, facts)
    decided = {
        "decided by": last.by if last else "",
        "decided at": last.at.isoformat(timespec="seconds") if last else "",
        "reason": last.reason if last else "",
    }
    more = {"state": candidate.state, "created at": candidate.created_at.isoformat(timespec="seconds"), **decided}
    return {name: {**row, **more}[name] for name in COLUMNS}
