"""Describes what a machine without the sentence encoder lacks."""

from __future__ import annotations

from offing.propose import encoder


def without_encoder() -> str:
    """Explain why the meaning of sentences is not read here, what that costs, and what to do; "" if it is read.

    The cost is that of the sets `dev_score5` to `dev_score7` (docs/quality.md): .52 to .63 of records complete with the
    encoder, .28 to .36 without.
    """
    reason = encoder.why_not()
    if not reason:
        return ""
    cost = "wordings decide alone, and a third of the records come out complete instead of more than half"
    return f"the meaning of sentences is not read: {reason}; {cost} (docs/operate.md, Without the encoder)"
