"""The shapes of the JSON API: what its OpenAPI document promises, and what answers are checked against."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict

from offing.model.projects.project import EventDate, Firm, Lender, LoanTerm, ReportedEvent, StatedConcern
from offing.model.review.candidate import CandidateKind, CandidateState, Reason
from offing.model.values.vocabulary import AmountKind, EventKind, Mode, RecordType, Sector, Status
from offing.services.views.latin_names import LatinName


class AmountShape(BaseModel):
    """A sum in whole units of a currency (ISO 4217)."""

    value: int | float
    currency: str
    kind: AmountKind
    as_written: str
    qualifier: str = ""


class SizeShape(BaseModel):
    """A quantity: 800 km, 900 cameras."""

    value: int | float
    unit: str
    as_written: str


class FactsShape(BaseModel):
    """The fields of a project, people's corrections included. Countries are ISO 3166-1 alpha-3."""

    model_config = ConfigDict(extra="allow")

    title: str
    countries: list[str]
    firms: list[Firm]
    lenders: list[Lender]
    amounts: list[AmountShape]
    sector: Sector | None
    status: Status | None
    record_type: RecordType | None
    mode: Mode | None
    counterparts: list[str]
    concerns: list[StatedConcern]
    quantities: list[SizeShape]
    places: list[str]
    terms: list[LoanTerm]
    event_date: EventDate | None
    events: list[ReportedEvent]
    latin: list[LatinName]


class CandidateShape(FactsShape):
    """A candidate as the queue has it. `score` is 0 to 1; `urls` are all articles of its story."""

    id: int
    score: float
    kind: CandidateKind
    state: CandidateState
    urls: list[str]
    outlets: list[str]
    reasons: list[Reason]
    created_at: datetime
    version: int


class QueueShape(BaseModel):
    """One page of the queue. `next` is the query string of the page after it, null on the last."""

    items: list[CandidateShape]
    total: int
    next: str | None


class LifeEventShape(BaseModel):
    """A point of a life line, with the words that prove it."""

    model_config = ConfigDict(extra="allow")

    kind: EventKind
    status: Status | None
    day: date | None
    url: str
    quote: str


class ProjectShape(FactsShape):
    """A confirmed project. Its id is permanent; `redirects_to` is set after a merge, `withdrawn` says why it was."""

    id: str
    life_line: list[LifeEventShape]
    candidate_ids: list[int]
    created_at: datetime
    changed_at: datetime
    version: int
    redirects_to: str | None
    withdrawn: str | None


class CommentShape(BaseModel):
    """What a person said on a candidate or a project; `text` is "" once it is deleted."""

    id: int
    by: str
    at: datetime
    text: str
    edited_at: datetime | None
    deleted_at: datetime | None


class TalkedCandidateShape(CandidateShape):
    """One candidate, with what people say on it."""

    comments: list[CommentShape]


class TalkedProjectShape(ProjectShape):
    """One project, with what people say on it."""

    comments: list[CommentShape]


class ProjectsShape(BaseModel):
    """One page of the projects. `next` is the id to give as `after` for the page after it, null on the last."""

    items: list[ProjectShape]
    next: str | None


class ProblemShape(BaseModel):
    """Something that does not run as it should."""

    kind: str
    key: str
    title: str
    cause: str
    next_step: str
    since: datetime | None
    url: str
