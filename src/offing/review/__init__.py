"""review: from a candidate and a person's verdict to a decision; corrections as people write them. Pure."""

from offing.review.countries import country_code, country_name
from offing.review.edits import BadEdit, parse_edit, parse_edits
from offing.review.judge import DEFER_FOR, DecisionDraft, History, Refusal, judge

__all__ = [
    "DEFER_FOR",
    "BadEdit",
    "DecisionDraft",
    "History",
    "Refusal",
    "country_code",
    "country_name",
    "judge",
    "parse_edit",
    "parse_edits",
]
