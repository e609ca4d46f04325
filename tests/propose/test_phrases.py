"""Phrases: the thing and what it serves; offices."""

from __future__ import annotations

import pytest

from offing.model.mention import Mention, MentionKind
from offing.propose.phrases import is_office, relations


def put(text: str, word: str, key: str) -> Mention:
    """A wording of a sector in a text."""
    start = text.index(word)
    return Mention(MentionKind.SECTOR, start, start + len(word), word, key)


@pytest.mark.parametrize(
    ("text", "one", "other", "language", "found"),
    [
        ("new highway cameras", "highway", "cameras", "en", ("qualifies", "qualified")),
        ("caméras de l'aéroport", "caméras", "aéroport", "fr", ("before-of", "behind-of")),
        ("cameras for highways", "cameras", "highways", "en", ("before-for", "behind-for")),
        ("cámaras en minas", "cámaras", "minas", "es", ("before-in", "behind-in")),
        ("كاميرات المطار", "كاميرات", "المطار", "ar", ("qualified", "qualifies")),
        ("cameras, then roads", "cameras", "roads", "en", (None, None)),
        ("cameras and a long list of roads", "cameras", "roads", "en", (None, None)),
    ],
)
def test_neighbours_tell_what_a_wording_is(
    text: str, one: str, other: str, language: str, found: tuple[str | None, str | None]
):
    """A language sets what is qualified last or first; prepositions tell the rest."""
    mentions = [put(text, one, "a"), put(text, other, "b")]
    told = relations(text, mentions, language)
    assert (told.get(mentions[0].start), told.get(mentions[1].start)) == found


@pytest.mark.parametrize(
    ("text", "word", "office"),
    [
        ("the Ministry of Transport said", "Transport", True),
        ("the Minister for Roads", "Roads", True),
        ("the transport minister said", "transport", True),
        ("交通部长表示", "交通", True),
        ("وزير الإعمار والإسكان", "إسكان", True),
        ("министр транспорта сообщил", "транспорта", True),
        ("the transport network opened", "transport", False),
    ],
)
def test_an_office_is_no_work(text: str, word: str, office: bool):
    """The Minister of Transport tells who, not what."""
    assert is_office(text, put(text, word, "transport")) is office
