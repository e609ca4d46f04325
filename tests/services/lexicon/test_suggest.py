"""Names that no list has, gathered from recognised articles."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from factories.candidate import NOW, TEXT, stored_article
from offing.config.files.layers import Layers
from offing.config.rules import load_rules
from offing.model.reading.mention import Mention, MentionKind
from offing.model.reading.rules import EntityKind
from offing.services.lexicon.suggest import suggestions
from offing.store.articles.article import save_mentions
from offing.store.database.engine import Database

LEXICON = load_rules(Layers.of()).lexicon


def _unlisted(name: str, *, rule: str = "region", words: str = "Nairobi") -> Mention:
    start = TEXT.index(words)
    return Mention(MentionKind.FIRM, start, start + len(words), words, None, name, by=rule)


def _article_with(conn: sa.Connection, *found: Mention) -> int:
    number = stored_article(conn)
    save_mentions(conn, number, found)
    return number


def test_the_most_reported_come_first_with_their_spellings(database: Database) -> None:
    """Spellings of one name count together, whatever their legal form; the usual one leads and has a quote."""
    with database.write() as conn:
        _article_with(conn, _unlisted("Hunan Tongda Co., Ltd"))
        _article_with(conn, _unlisted("Hunan Tongda"))
        newest = _article_with(conn, _unlisted("Hunan Tongda"), _unlisted("Anhui Rail", words="Monday"))
    first, second = suggestions(database, LEXICON, limit=9)
    assert (first.name, first.spellings) == ("Hunan Tongda", ("Hunan Tongda", "Hunan Tongda Co., Ltd"))
    assert (first.articles, first.outlets, first.article_id) == (3, 1, newest)
    assert "Huawei signed a contract for EUR 85 million in Nairobi on Monday." in first.quote
    assert (second.name, second.articles, second.guess) == ("Anhui Rail", 1, EntityKind.FIRM)
    assert [one.name for one in suggestions(database, LEXICON, limit=1)] == ["Hunan Tongda"]


def test_the_kind_is_guessed(database: Database) -> None:
    """An institution by the rule that read it, a bank by its name."""
    with database.write() as conn:
        _article_with(conn, _unlisted("Hubei Polytechnic", rule="institution"), _unlisted("Bank of Longjiang"))
    guesses = {one.name: one.guess for one in suggestions(database, LEXICON, limit=9)}
    assert guesses == {"Hubei Polytechnic": EntityKind.PUBLIC_BODY, "Bank of Longjiang": EntityKind.COMMERCIAL_BANK}


def test_what_the_lexicon_has_by_now_is_not_suggested(database: Database) -> None:
    """Nor what is known by its id, nor what was extracted before the day that is asked for."""
    known = Mention(MentionKind.FIRM, 0, 5, TEXT[:5], "huawei", "Huawei")
    with database.write() as conn:
        _article_with(conn, _unlisted("Huawei Technologies Co., Ltd"), known)
        _article_with(conn, _unlisted("Hunan Tongda"))
    assert [one.name for one in suggestions(database, LEXICON, limit=9)] == ["Hunan Tongda"]
    assert suggestions(database, LEXICON, limit=9, since=NOW + timedelta(days=1)) == ()
