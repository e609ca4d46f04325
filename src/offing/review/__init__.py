"""review: from a candidate and a person's verdict to a decision; corrections as people write them. Pure."""

from offing.review.agreement import COMPARED, agreement, is_drawn
from offing.review.compared import Differing, differing
from offing.review.countries import country_code, country_name, names_of
from offing.review.edit_words import BadEdit
from offing.review.edits import country_of, parse_edit, parse_edits, with_roles
from offing.review.found import Found, found_values, sentence_at
from offing.review.headline import Part, headline, headline_parts, short_country
from offing.review.judge import DEFER_FOR, DecisionDraft, History, Refusal, judge
from offing.review.parties import without_rivals
from offing.review.repeated import says_again
from offing.review.written import FREE, LISTS, parts_of, written

__all__ = [
    "COMPARED",
    "DEFER_FOR",
    "FREE",
    "LISTS",
    "BadEdit",
    "DecisionDraft",
    "Differing",
    "Found",
    "History",
    "Part",
    "Refusal",
    "agreement",
    "country_code",
    "country_name",
    "country_of",
    "differing",
    "found_values",
    "headline",
    "headline_parts",
    "is_drawn",
    "judge",
    "names_of",
    "parse_edit",
    "parse_edits",
    "parts_of",
    "says_again",
    "sentence_at",
    "short_country",
    "with_roles",
    "without_rivals",
    "written",
]
