"""Evidence: the exact quote that supports one field value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from offing.model.values.vocabulary import Speaker


class FieldName(StrEnum):
    """The fields of `ProjectFacts` that need a quote."""

    COUNTRIES = "countries"
    FIRMS = "firms"
    LENDERS = "lenders"
    AMOUNTS = "amounts"
    TERMS = "terms"
    SECTOR = "sector"
    STATUS = "status"
    RECORD_TYPE = "record_type"
    MODE = "mode"
    COUNTERPARTS = "counterparts"
    CONCERNS = "concerns"
    QUANTITIES = "quantities"
    PLACES = "places"
    EVENT_DATE = "event_date"
    EVENTS = "events"


@dataclass(frozen=True, slots=True)
class Evidence:
    """`text` is `article.text[start:end]` of article `article_id`; it proves `value` of `field`.

    `value` is the value as a string: an ISO code, a name, "88000000 EUR", "interest 2 percent", an enum's
    value. `page` is its page in a printed document, set for stored quotes only.
    """

    field: FieldName
    value: str
    article_id: int
    start: int
    end: int
    text: str
    speaker: Speaker | None = None
    page: int | None = None

    @property
    def said_by(self) -> str:
        """Who makes the statement, if it is not the outlet reporting in its own voice; else empty."""
        return "" if self.speaker in (None, Speaker.MEDIA) else str(self.speaker)
