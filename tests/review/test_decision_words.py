"""What a decision did, in words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from offing.model.pairs.pairing import Ref
from offing.model.review.decision import Decision, Judgement
from offing.review import corrected_words, done_words

DAY = datetime(2027, 1, 31, tzinfo=UTC)
EMPTY: dict[str, Any] = {"reason": "", "before": {}, "after": {}}


@pytest.mark.parametrize(
    ("judgement", "more", "said"),
    [
        (Judgement.ACCEPT, {}, "accepted"),
        (
            Judgement.ACCEPT,
            {"into": Ref.parse("project:off-2026-000001")},
            "accepted as an update of off-2026-000001",
        ),
        (Judgement.ACCEPT, {"into": Ref.parse("candidate:4")}, "accepted as an update of candidate 4"),
        (Judgement.ACCEPT, {"into": Ref.parse("known:aiddata:7")}, "accepted as an update of known:aiddata:7"),
        (Judgement.ACCEPT, {"after": {"status": "signed"}}, "accepted; corrected: status"),
        (Judgement.REJECT, {}, "rejected"),
        (Judgement.DEFER, {"until": DAY}, "deferred until 31 Jan 2027"),
        (Judgement.DUPLICATE, {"duplicate_of": 12}, "marked as a duplicate of 12"),
        (Judgement.UNDO, {"after": {"status": "signed"}}, "undone"),
    ],
)
def test_a_decision_says_what_it_did(judgement: Judgement, more: dict[str, Any], said: str) -> None:
    """The verdict, of what, until when, and which fields were corrected; an undo corrects none."""
    made = Decision(**{"id": 1, "candidate_id": 2, "judgement": judgement, "by": "ana", "at": DAY, **EMPTY, **more})
    assert f"{done_words(made)}{corrected_words(made)}" == said
