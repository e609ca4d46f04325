"""How a candidate or a project is cited: in one line, with its permanent address."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request

from offing.model.projects.project import ProjectRecord
from offing.model.review.candidate import Candidate
from offing.web.access import place_of


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation and the address in it, which leads to the same thing after a merge, too."""

    text: str
    address: str


def candidate_citation(request: Request, candidate: Candidate, title: str) -> Citation:
    """Return the citation of a candidate."""
    address = f"{request.base_url}candidate/{candidate.id}"
    found = f"candidate {candidate.id}, found on {candidate.created_at:%-d %B %Y}"
    return Citation(f"{title}. offing, {found}. {address} ({_accessed(request)})", address)


def project_citation(request: Request, record: ProjectRecord, title: str) -> Citation:
    """Return the citation of a record in its present version."""
    address = f"{request.base_url}projects/{record.id}"
    version = f"record {record.id}, version {record.version} of {record.changed_at:%-d %B %Y}"
    return Citation(f"{title}. offing, {version}. {address} ({_accessed(request)})", address)


def _accessed(request: Request) -> str:
    return f"accessed on {place_of(request).clock():%-d %B %Y}"
