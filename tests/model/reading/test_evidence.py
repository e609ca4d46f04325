"""Evidence: the quote of a value."""

from __future__ import annotations

import pytest

from offing.model.reading.evidence import Evidence, FieldName
from offing.model.values.vocabulary import Speaker


@pytest.mark.parametrize(
    ("speaker", "said_by"),
    [(None, ""), (Speaker.MEDIA, ""), (Speaker.STATE_MEDIA, "state-media"), (Speaker.HOST_OFFICIAL, "host-official")],
)
def test_what_the_press_tells_itself_is_not_marked(speaker: Speaker | None, said_by: str) -> None:
    """Each other speaker is."""
    assert Evidence(FieldName.STATUS, "signed", 1, 0, 6, "signed", speaker).said_by == said_by
