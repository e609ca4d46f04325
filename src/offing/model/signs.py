"""Signs: what the tables of weights in scoring.toml have to name, each by the stage that asks for it.

A table that lacks one of its signs, or names another, is an error when it is loaded: a weight that nobody asks for and
a sign that nobody weighs would change what is proposed without a word.
"""

from __future__ import annotations

from offing.model.mention import MentionKind

INTERCEPT = (
    "intercept"  # of the learned signs (`models/relevance.toml`, `models/screen.toml`); the others are PLACE|KIND
)
PLACES_OF_SIGNS = ("title", "lead", "second", "body", "tail", "head", "beside")
# Kinds of mentions that count by what they tell, and those that count by which of two sorts they are.
KEYED_KINDS = frozenset({
    *(MentionKind.STATUS, MentionKind.MODE, MentionKind.FLOW, MentionKind.RECORD_TYPE, MentionKind.ROLE),
    MentionKind.SIGNAL,
})  # fmt: skip
PARTED_KINDS = {
    MentionKind.PLACE: ("china", "abroad"),
    MentionKind.COUNTRY: ("adjective", "name"),
    MentionKind.FIRM: ("listed", "unlisted"),
}

_ANY = ("bias", "strength", "share", "repeated", "history", "other-donor", "tail-only", "lender")
_HEARD = ("meant", "named", "unheard")
_PARTY = (
    *_ANY,
    *("crowd", "deal", "negated", "lost", "late-only", "title", "money", "own-firm", "unlisted", "government"),
    *_HEARD,
)
_BORDER = (
    *("bias", "several", "unheard", "other-firms", "other-bodies", "other-works", "abroad", "works", "size"),
    *("list-opening", "place-first", "last", "title-place", "title-party"),
)
SIGNS: dict[str, tuple[str, ...]] = {
    "firms": _PARTY,
    "lenders": _PARTY,
    "firms_worded": ("bias", "strength", "share", "repeated", "late-only", "tail-only"),
    "counterparts": (
        *_ANY,
        *("onlooker", "person", "words", "of-target", "deal", "negated", "crowd", "title"),
        *_HEARD,
    ),
    "amounts": (
        *_ANY,
        *("second", "crowd", "beside", "smaller", "converted", "party", "other-party", "near-kind", "status"),
        *("quantity", "concern", "separate", "claim", "trade", "stock", "side-cost", "earlier-sum"),
        *_HEARD,
    ),
    "quantities": (
        *_ANY,
        *("unit", "served", "administered", "inside", "general", "title", "listed", "crowd", "alike", "largest"),
        *("small", "digits", "population", "trained", "near-works", "near-role", "status", "place", "negation"),
        *_HEARD,
    ),
    "places": (
        *_ANY,
        *("signed-there", "dateline-only", "listed", "certain", "deal", "negated", "listed-town", "crowd"),
        *("quantity", "near-works", "party"),
        *_HEARD,
    ),
    "part": (
        *("bias", "deed", "status", "settled", "target", "quantity", "money", "counterpart", "late", "unnamed"),
        *("crowd", "aside", "other-country", "other-works", "only-offered", "no-part"),
    ),
    "border": (
        *_BORDER,
        *("lead", "told-before", "same-place", "sum", "headed", "announced", "title-works", "title-firm-before"),
    ),
    "border_within": (*_BORDER, "whole", "new-place", "brief"),
}
