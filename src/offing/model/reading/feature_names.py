"""The features of each weight table of scoring.toml, by the name of the table.

A table that lacks one of its features, or has an unknown one, is an error on loading: a weight without a feature and
a feature without a weight would silently change what is proposed.
"""

from __future__ import annotations

from offing.model.reading.mention import MentionKind

# Beside POSITION|KIND features, in `models/relevance.toml` and `models/screen.toml`.
INTERCEPT = "intercept"
POSITIONS = ("title", "lead", "second", "body", "tail", "head", "beside")
# Kinds of mentions that count by their key, and those that count by which of two sorts they are.
KEYED_KINDS = frozenset({
    *(MentionKind.STATUS, MentionKind.MODE, MentionKind.FLOW, MentionKind.RECORD_TYPE, MentionKind.ROLE),
    MentionKind.SIGNAL,
})  # fmt: skip
SPLIT_KINDS = {
    MentionKind.PLACE: ("china", "abroad"),
    MentionKind.COUNTRY: ("adjective", "name"),
    MentionKind.FIRM: ("listed", "unlisted"),
}

_ANY = ("bias", "strength", "share", "repeated", "history", "other-donor", "tail-only", "lender", "only-tagged")
_TAGGED = ("tag", "no-tag")
_PARTY = (
    *_ANY,
    *("crowd", "deal", "negated", "lost", "late-only", "title", "money", "own-firm", "unlisted", "government"),
    *_TAGGED,
)
_BOUNDARY = (
    *(
        "bias",
        "several",
        "turn",
        "not-encoded",
        "other-firms",
        "other-bodies",
        "other-works",
        "abroad",
        "works",
        "size",
    ),
    *("list-opening", "place-first", "last", "title-place", "title-party"),
)
FEATURE_NAMES: dict[str, tuple[str, ...]] = {
    "firms": _PARTY,
    "lenders": _PARTY,
    "firms_worded": ("bias", "strength", "share", "repeated", "late-only", "tail-only"),
    "counterparts": (
        *_ANY,
        *("onlooker", "person", "words", "of-target", "deal", "negated", "crowd", "title"),
        *_TAGGED,
    ),
    "amounts": (
        *_ANY,
        *("second", "crowd", "beside", "smaller", "converted", "party", "other-party", "near-kind", "status"),
        *("quantity", "concern", "separate", "claim", "trade", "stock", "side-cost", "earlier-sum"),
        *_TAGGED,
    ),
    "quantities": (
        *_ANY,
        *("unit", "served", "administered", "inside", "general", "title", "listed", "crowd", "alike", "largest"),
        *("small", "digits", "population", "trained", "near-works", "near-role", "status", "place", "negation"),
        *_TAGGED,
    ),
    "places": (
        *_ANY,
        *("signed-there", "dateline-only", "listed", "certain", "deal", "negated", "listed-town", "crowd"),
        *("quantity", "near-works", "party"),
        *_TAGGED,
    ),
    "part": (
        *("bias", "deed", "status", "settled", "target", "quantity", "money", "counterpart", "late", "unnamed"),
        *("crowd", "aside", "other-country", "other-works", "only-offered", "no-part"),
    ),
    "border": (
        *_BOUNDARY,
        *("lead", "told-before", "same-place", "sum", "headed", "announced", "title-works", "title-firm-before"),
    ),
    "border_within": (*_BOUNDARY, "whole", "new-place", "brief"),
}
