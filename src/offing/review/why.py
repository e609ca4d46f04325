"""Why a candidate is in the queue, in one line: what a score of 0.93 does not explain. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from offing.model.review.candidate import LEARNED_REASONS, CandidateKind, Reason

_MOST = 2  # reasons for it in a line, beside one against it
_LONGEST = 110  # characters of a reason
_NOTABLE = 0.3  # log-odds from which a reason against it is shown
_OPAQUE = LEARNED_REASONS | {"unopposed"}  # they weigh much and explain nothing to a reader


def why(kind: CandidateKind, reasons: Sequence[Reason], known: str = "", agrees: Sequence[str] = ()) -> str:
    """Return why a candidate is in the queue: the strongest reasons for and against it.

    Args:
        kind: an update is explained by what it belongs to, an audited one by what put it below the cut.
        reasons: those of its score.
        known: what an update belongs to: "Smart Zambia (off-2026-000012)".
        agrees: what the two have in common, in words, strongest first.
    """
    pro = [each for each in _by_weight(reasons) if each.weight > 0]
    contra = [each for each in _by_weight(reasons) if each.weight <= -_NOTABLE]
    if kind is CandidateKind.UPDATE and known:
        shared = f": {', '.join(agrees[: _MOST + 1])}" if agrees else ""
        return _sentences([f"News of {known}{shared}", *map(_short, pro[:1])])
    if kind is CandidateKind.AUDIT:
        return _sentences(["Drawn at random from what fell below the cut", *map(_short, contra[:_MOST])])
    return _sentences([*map(_short, pro[:_MOST]), *(f"But: {_lowered(_short(each))}" for each in contra[:1])])


def put_off(until: date) -> str:
    """Return the line for a deferred candidate that is due again."""
    return f"Deferred until {until.isoformat()}."


def _by_weight(reasons: Sequence[Reason]) -> list[Reason]:
    """Strongest first, those that explain nothing last."""
    return sorted(reasons, key=lambda each: (each.name in _OPAQUE, -abs(each.weight)))


def _short(reason: Reason) -> str:
    text = " ".join(reason.text.split()).rstrip(".")
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0].rstrip(' ,;:')}…"


def _lowered(text: str) -> str:
    """Return the text as continued after a colon; a word in capitals stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _sentences(texts: Sequence[str]) -> str:
    return " ".join(each if each.endswith("…") else f"{each}." for each in texts if each)
