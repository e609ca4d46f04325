"""Translations asked of a real service: what it answers well is stored, and what it does wrong is said."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from factories.candidate import stored_candidate
from offing.model.review.translation import TranslationBackend, TranslationDay, TranslationRules
from offing.net.endpoint import Endpoint
from offing.services.translation import TranslationResult, Translator
from offing.services.translation.backends import HttpBackend
from offing.services.translation.translating import Job
from offing.store.candidates.translation import known_translations, took_on
from offing.store.database.engine import Database
from offing.store.tables import article, page, translation
from services.translation.libre_server import Libre, Reply, libre_server, translated

NOW = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
TEXTS = ("标题", "第一段。", "第二段。")
RULES = TranslationRules(
    TranslationBackend.LIBRETRANSLATE, private=True, limit=timedelta(seconds=5), characters=6, tries=2, budget=1000
)


@pytest.fixture
def libre() -> Iterator[Libre]:
    """A service."""
    with libre_server() as found:
        yield found


class Site:
    """A database with an article, and what translates there."""

    def __init__(self, database: Database, url: str, **changed: object) -> None:
        self.database, self.now = database, NOW
        rules = replace(RULES, endpoint=url, **changed)
        endpoint = Endpoint(url, "offing-test", private=rules.private, limit=rules.limit)
        self.translator = Translator(rules, HttpBackend(rules, endpoint))
        with database.write() as conn:
            if not conn.execute(sa.select(sa.func.count()).select_from(article)).scalar_one():
                stored_candidate(conn)
            self.article_id: int = conn.execute(sa.select(article.c.id)).scalar_one()

    def job(self, source: str = "zh") -> Job:
        """A press of the button."""
        return Job(self.database, self.article_id, TEXTS, source, lambda: self.now)

    def press(self, source: str = "zh") -> TranslationResult:
        """What comes of one."""
        return asyncio.run(self.translator.translate(self.job(source)))

    def stored(self) -> dict[str, str]:
        """The translations by their texts."""
        with self.database.read() as conn:
            return {k: v.text for k, v in known_translations(conn, TEXTS, "zh", self.translator.rules).items()}

    def day(self) -> TranslationDay:
        """What the day took."""
        with self.database.read() as conn:
            return took_on(conn, self.now.date().isoformat())


@pytest.fixture
def site(sqlite_database: Database, libre: Libre) -> Site:
    """A site that asks the service."""
    return Site(sqlite_database, libre.url)


def test_texts_are_asked_for_once_and_stored(site: Site, libre: Libre) -> None:
    """In portions, with the service's own code of the language; what is stored is not asked for again."""
    assert site.press() == TranslationResult(3, 3)
    assert [each["q"] for each in libre.asked] == [["标题", "第一段。"], ["第二段。"]]
    assert {(each["source"], each["target"], each["format"], each["path"]) for each in libre.asked} == {
        ("zh-Hans", "en", "text", "/translate")
    }
    assert site.stored() == {text: f"en[{text}]" for text in TEXTS}
    assert site.press() == TranslationResult(3, 3)
    assert len(libre.asked) == 2
    assert site.day() == TranslationDay(asked=2, characters=10)


def test_the_key_goes_into_the_request_and_nowhere_else(sqlite_database: Database, libre: Libre) -> None:
    """The format wants it in the document; neither rules nor what translates show it."""
    site = Site(sqlite_database, libre.url, secret="s3cret-of-ours")
    site.press()
    assert {each["api_key"] for each in libre.asked} == {"s3cret-of-ours"}
    assert "s3cret" not in repr(site.translator.rules)


WRONG = {
    "no json": (b"<html>busy</html>", 200, "something other than a translation"),
    "another length": (json.dumps({"translatedText": ["one"]}).encode(), 200, "something other than a translation"),
    "no texts": (json.dumps({"translatedText": [1, None]}).encode(), 200, "something other than a translation"),
    "blank": (json.dumps({"translatedText": ["", " "]}).encode(), 200, "something other than a translation"),
    "an error as answer": (b'{"error": "<b>no</b>"}', 200, "something other than a translation"),
    "too deep": (b"[" * 100_000, 200, "something other than a translation"),
    "refused": (b'{"error": "en is not supported"}', 400, "it may not know the language"),
    "no key": (b"{}", 403, "the service does not accept the key"),
    "too often": (b"{}", 429, "the service has had too many requests"),
    "fault": (b"Traceback: /home/them", 500, "the server answered 500"),
    "huge": (b'{"translatedText": ["' + b"x" * 2_000_000 + b'"]}', 200, "longer than 1,024 KB"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_answer_is_reported_in_our_words(site: Site, libre: Libre, name: str) -> None:
    """Nothing of the server's own words is shown, nothing is stored, and the day's count says so."""
    body, status, said = WRONG[name]
    libre.sends(body, status)
    told = site.press()
    assert (told.texts, told.done) == (3, 0)
    assert said in told.cause
    assert not any(word in told.cause for word in ("<", "Traceback", "not supported"))
    assert site.stored() == {}
    assert site.day() == TranslationDay(asked=1, failed=1, characters=6)


def test_what_was_translated_before_a_failure_stays(site: Site, libre: Libre) -> None:
    """The second portion fails; the next press asks for that one only."""
    libre.answer = lambda request: translated(request) if "标题" in request["q"] else Reply(b"", 500)
    told = site.press()
    assert (told.texts, told.done) == (3, 2)
    libre.answer = translated
    assert site.press() == TranslationResult(3, 3)
    assert [each["q"] for each in libre.asked[2:]] == [["第二段。"]]


def test_a_late_answer_ends_at_the_limit(sqlite_database: Database, libre: Libre) -> None:
    """That of one request, or that of a press."""
    libre.sends(b"{}", waits=True)
    late = Site(sqlite_database, libre.url, limit=timedelta(seconds=0.1))
    assert late.press().cause == "the service did not answer in time"
    later = Site(sqlite_database, libre.url, page_limit=timedelta(seconds=0.1))
    assert later.press().cause == "this takes longer than 0.1 s; press again for the rest"


def test_nobody_answers(sqlite_database: Database, libre: Libre) -> None:
    """A port at which nothing listens; and a private address that is not named as one."""
    assert "the service cannot be reached" in Site(sqlite_database, "http://127.0.0.1:9").press().cause
    assert Site(sqlite_database, libre.url, private=False).press().done == 0
    assert libre.asked == []


def test_a_service_that_fails_is_left_alone_for_a_while(site: Site, libre: Libre) -> None:
    """After two failures in a row nobody asks it; after the rest one request tells whether it works again."""
    libre.sends(b"", 500)
    site.press()
    site.press()
    assert site.press().cause == "the translator failed 2 times in a row; it gets a rest until 08:05 UTC"
    assert len(libre.asked) == 2
    libre.answer = translated
    site.now += timedelta(minutes=6)
    assert site.press() == TranslationResult(3, 3)


def test_a_language_that_the_service_lacks_is_no_failure_of_it(site: Site, libre: Libre) -> None:
    """It is told, nothing is sent, and the service is not left alone; without a list our own code is sent."""
    for _ in range(3):
        assert site.press("my").cause == "the service does not translate from 'my'"
    assert libre.asked == []
    libre.languages = Reply(b"<html>", 500)
    site.press("my")
    assert {each["source"] for each in libre.asked} == {"my"}


def test_the_budget_of_a_day_is_kept(sqlite_database: Database, libre: Libre) -> None:
    """What would go over it is not sent; the next day it is."""
    site = Site(sqlite_database, libre.url, budget=8)
    assert site.press() == TranslationResult(3, 2, "the day’s budget of 8 characters is used up")
    assert len(libre.asked) == 1
    site.now += timedelta(days=1)
    assert site.press() == TranslationResult(3, 3)


def test_a_reserved_text_is_sent_nowhere(site: Site, libre: Libre) -> None:
    """Whether it is masked already or waits for that."""
    for column, value in ((page.c.reservation, "noarchive"), (article.c.withheld_at, NOW)):
        with site.database.write() as conn:
            conn.execute(sa.update(page).values(reservation=""))
            conn.execute(sa.update(column.table).values({column.name: value}))
        assert site.press().cause == "the publisher reserves this text, so it may not be sent to a translator"
    assert libre.asked == []


def test_presses_beyond_the_limit_are_asked_to_wait(sqlite_database: Database, libre: Libre) -> None:
    """Two are at work; the third is told at once, and nothing waits for it."""
    site = Site(sqlite_database, libre.url, concurrency=2, limit=timedelta(seconds=0.3))
    libre.sends(b"{}", waits=True)

    async def press() -> list[TranslationResult]:
        return await asyncio.gather(*(site.translator.translate(site.job()) for _ in range(3)))

    first, second, third = sorted((each.cause for each in asyncio.run(press())), reverse=True)
    assert first == second == "the service did not answer in time"
    assert "other articles are being translated" in third


def test_old_translations_are_pruned_and_reserved_ones_go_at_once(site: Site) -> None:
    """By age as other records; with the text, where a publisher reserves it."""
    from offing.model.operation.retention import Prunable
    from offing.store.upkeep.old_records import prune_records, size_of_records
    from offing.store.upkeep.reserved_texts import save_withheld

    site.press()
    with site.database.write() as conn:
        assert size_of_records(conn, {Prunable.TRANSLATIONS: NOW})["translations"].rows == 0
        assert prune_records(conn, {Prunable.TRANSLATIONS: NOW + timedelta(days=1)})["translations"] == 3
        conn.execute(sa.update(article).values(title=TEXTS[0], paragraphs=[TEXTS[1]]))
    site.press()
    with site.database.write() as conn:
        page_id = conn.execute(sa.select(page.c.id)).scalar_one()
        save_withheld(conn, site.article_id, page_id, ("…",), NOW)
        assert conn.execute(sa.select(translation.c.content)).scalars().all() == ["en[第二段。]"]
