"""Where one is in the queue: the filter that a page was opened from, and the candidates around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Path, Request
from starlette.exceptions import HTTPException

from offing.errors import UsageError
from offing.model.numbers import HIGHEST_ID
from offing.model.queue import Neighbours, QueueFilter
from offing.steps.queue import Reader, neighbours
from offing.web.access import place_of, visitor_of
from offing.web.second import hidden

CandidateId = Annotated[int, Path(ge=1, le=HIGHEST_ID)]


@dataclass(frozen=True, slots=True)
class Way:
    """The filter of the queue that one works through; `query` is its address without paging."""

    filter: QueueFilter

    @property
    def query(self) -> str:
        """The filter as it stands in the address of the queue."""
        return self.filter.to_query()

    @property
    def queue(self) -> str:
        """The address of the queue."""
        return f"/queue?{self.query}" if self.query else "/queue"

    def candidate(self, candidate_id: int) -> str:
        """The address of a candidate from which the same queue goes on."""
        within = f"?{urlencode({'in': self.query})}" if self.query else ""
        return f"/candidate/{candidate_id}{within}"


def way_of(query: str) -> Way:
    """The way that an address tells.

    Raises:
        HTTPException: 422, it is no filter.
    """
    try:
        return Way(QueueFilter.parse(query[:4000]))
    except UsageError as error:
        raise HTTPException(422, f"{error}.") from error


def reader_of(request: Request) -> Reader:
    """Who reads the queue now."""
    place, visitor = place_of(request), visitor_of(request)
    return Reader(visitor.user.name if visitor else "", place.clock(), place.budget, hidden(request))


def around(request: Request, way: Way, candidate_id: int) -> Neighbours:
    """The candidates before and after one on the way."""
    return neighbours(place_of(request).database, way.filter, reader_of(request), candidate_id)
