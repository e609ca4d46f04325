"""review: turn a candidate and a person's verdict into a decision; parse corrections as people write them. Pure."""

from offing.review.agreement import COMPARED, agreement, is_sampled
from offing.review.correction_diff import Differing, differing
from offing.review.countries import country_code, country_name, names_of
from offing.review.decision_words import corrected_words, done_words
from offing.review.edit_words import BadEdit
from offing.review.edits import country_of, parse_edit, parse_edits, with_roles
from offing.review.form_values import FREE, LISTS, form_values, parts_of
from offing.review.headline import Part, headline, headline_parts, qualified, short_country
from offing.review.judge import DEFER_FOR, DecisionDraft, History, Refusal, judge
from offing.review.parties import without_rivals
from offing.review.repeated_verdict import repeats_decision
from offing.review.suggestions import Suggestion, sentence_at, suggested_values

__all__ = [
    "COMPARED",
    "DEFER_FOR",
    "FREE",
    "LISTS",
    "BadEdit",
    "DecisionDraft",
    "Differing",
    "History",
    "Part",
    "Refusal",
    "Suggestion",
    "agreement",
    "corrected_words",
    "country_code",
    "country_name",
    "country_of",
    "differing",
    "done_words",
    "form_values",
    "headline",
    "headline_parts",
    "is_sampled",
    "judge",
    "names_of",
    "parse_edit",
    "parse_edits",
    "parts_of",
    "qualified",
    "repeats_decision",
    "sentence_at",
    "short_country",
    "suggested_values",
    "with_roles",
    "without_rivals",
]
