"""Decisions in words, the same on every screen and on the command line. Pure."""

from __future__ import annotations

from offing.model.pairs.pairing import Ref, RefKind
from offing.model.review.decision import Decision, Judgement

_DONE = {
    Judgement.ACCEPT: "accepted",
    Judgement.REJECT: "rejected",
    Judgement.DEFER: "deferred",
    Judgement.DUPLICATE: "marked as a duplicate",
    Judgement.UNDO: "undone",
}


def done_words(made: Decision) -> str:
    """Return what a decision did: "accepted", "deferred until 3 Mar 2027", "marked as a duplicate of 12"."""
    of = f" of {made.duplicate_of}" if made.duplicate_of else ""
    until = f" until {made.until:%-d %b %Y}" if made.until else ""
    into = f" as an update of {_named(made.into)}" if made.into else ""
    return f"{_DONE[made.judgement]}{of}{into}{until}"


def corrected_words(made: Decision) -> str:
    """Return which fields a decision corrected, to follow what it did; empty if none."""
    return f"; corrected: {', '.join(made.after)}" if made.after and made.judgement is not Judgement.UNDO else ""


def _named(item: Ref) -> str:
    if item.kind is RefKind.CANDIDATE:
        return f"candidate {item.key}"
    return item.key if item.kind is RefKind.PROJECT else str(item)
