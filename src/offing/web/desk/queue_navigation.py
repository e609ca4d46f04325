"""Navigation in the queue: the filter from which a page was opened, and the candidates around it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Path, Request
from starlette.exceptions import HTTPException

from offing.errors import UsageError
from offing.model.review.queue import Neighbours, QueueFilter
from offing.model.values.numbers import HIGHEST_ID
from offing.services.pipeline.measuring import measure
from offing.services.review.queue import QueueReader, neighbours
from offing.web.access import place_of, visitor_of
from offing.web.desk.second_reading import hidden

CandidateId = Annotated[int, Path(ge=1, le=HIGHEST_ID)]


@dataclass(frozen=True, slots=True)
class QueuePath:
    """The filter of the queue being worked through; `query` is its query string without paging."""

    filter: QueueFilter

    @property
    def query(self) -> str:
        """The filter as in the address of the queue."""
        return self.filter.to_query()

    @property
    def queue(self) -> str:
        """The address of the queue."""
        return f"/queue?{self.query}" if self.query else "/queue"

    def candidate(self, candidate_id: int) -> str:
        """The address of a candidate that continues the same queue."""
        within = f"?{urlencode({'in': self.query})}" if self.query else ""
        return f"/candidate/{candidate_id}{within}"


def way_of(query: str) -> QueuePath:
    """The way in an address.

    Raises:
        HTTPException: 422, it is not a filter.
    """
    try:
        return QueuePath(QueueFilter.parse(query[:4000]))
    except UsageError as error:
        raise HTTPException(422, f"{error}.") from error


def reader_of(request: Request) -> QueueReader:
    """Who reads the queue now."""
    place, visitor = place_of(request), visitor_of(request)
    ready = partial(measure, place.database, place.known)
    return QueueReader(visitor.user.name if visitor else "", place.clock(), place.budget, hidden(request), ready)


def around(request: Request, way: QueuePath, candidate_id: int) -> Neighbours:
    """The candidates before and after one on the way."""
    return neighbours(place_of(request).database, way.filter, reader_of(request), candidate_id)
