"""review: from a candidate and a person's verdict to a decision; corrections as people write them. Pure."""

from offing.review.agreement import COMPARED, agreement, is_drawn
from offing.review.countries import country_code, country_name
from offing.review.edits import BadEdit, parse_edit, parse_edits
from offing.review.found import Found, found_values, sentence_at
from offing.review.headline import Part, headline, headline_parts, short_country
from offing.review.judge import DEFER_FOR, DecisionDraft, History, Refusal, judge
from offing.review.written import FREE, LISTS, added, parts_of, written

__all__ = [
    "COMPARED",
    "DEFER_FOR",
    "FREE",
    "LISTS",
    "BadEdit",
    "DecisionDraft",
    "Found",
    "History",
    "Part",
    "Refusal",
    "added",
    "agreement",
    "country_code",
    "country_name",
    "found_values",
    "headline",
    "headline_parts",
    "is_drawn",
    "judge",
    "parse_edit",
    "parse_edits",
    "parts_of",
    "sentence_at",
    "short_country",
    "written",
]
