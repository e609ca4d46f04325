"""Translations on the page of a candidate, without scripts: beside the original, marked, and never a quote."""

from __future__ import annotations

import re
import threading
import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from lxml import html

from offing.model.operation.user import UserRole
from offing.model.reading.evidence import FieldName
from offing.model.review.translation import TranslationBackend, TranslationRules
from offing.net.endpoint import Endpoint
from offing.services.translation import Translator
from offing.services.translation.backends import HttpBackend
from services.translation.libre_server import Libre
from web.conftest import AddCandidate, Desk

TITLE, FIRST, SECOND = "肯尼亚签约", "肯尼亚与华为签署合同。", "<b>数据中心</b>将建在孔扎。"
QUOTES = ((FieldName.STATUS, "signed", "与华为签署合同"),)


def translate_by(desk: Desk, url: str, **changed: Any) -> None:
    """Let a desk translate by the service at an address, with other rules than the usual."""
    rules = TranslationRules(
        TranslationBackend.LIBRETRANSLATE, url, private=True, **{"limit": timedelta(seconds=2), "tries": 50, **changed}
    )
    state = desk.server.config.app.state
    backend = HttpBackend(rules, Endpoint(url, "offing-test", private=True, limit=rules.limit))
    state.place = replace(state.place, translator=Translator(rules, backend))


@pytest.fixture
def client(desk: Desk, libre: Libre, add_candidate: AddCandidate) -> httpx2.Client:
    """An analyst before a Chinese candidate, where a service translates."""
    translate_by(desk, libre.url)
    add_candidate(title=TITLE, paragraphs=(FIRST, SECOND), language="zh", quotes=QUOTES)
    return desk.as_(UserRole.ANALYST)


def press(desk: Desk, client: httpx2.Client, **changed: str) -> httpx2.Response:
    """The form of the page, sent."""
    shown = client.get("/candidate/1").text
    fields = dict(re.findall(r'name="(csrf|article)" value="([^"]*)"', shown))
    return client.post("/candidate/1/translate", data={**fields, **changed}, headers=desk.same)


def translations(answer: httpx2.Response) -> list[str]:
    """The translations of a page, each with what it says of itself."""
    return [
        " ".join(each.text_content().split()) for each in html.fromstring(answer.text).xpath("//*[@data-translation]")
    ]


def test_an_article_and_its_quotes_are_translated_beside_the_original(desk: Desk, client: httpx2.Client) -> None:
    """Marked with service and day, escaped, and outside all that quotes can come from."""
    done = press(desk, client)
    assert (done.status_code, done.headers["location"]) == (303, "/candidate/1#article-1")
    page = client.get("/candidate/1")
    mark = "machine translation, libretranslate, 4 Mar 2026"
    told = [f"en[{text}] {mark}" for text in ("与华为签署合同", TITLE, FIRST, SECOND)]
    assert translations(page) == told
    tree = html.fromstring(page.text)
    assert tree.xpath("//*[@data-start]//*[@data-translation]") == []
    assert [each.text_content() for each in tree.xpath("//*[@data-start]")] == [TITLE, FIRST, SECOND]


def test_only_who_decides_may_ask_and_only_where_it_is_set_up(desk: Desk, client: httpx2.Client, libre: Libre) -> None:
    """A viewer has no button and is refused; so is everybody where nothing translates, or the article is another's."""
    assert press(desk, client, article="99").status_code == 404
    viewer = desk.as_(UserRole.VIEWER)
    assert "/translate" not in viewer.get("/candidate/1").text
    assert press(desk, viewer).status_code == 403
    state = desk.server.config.app.state
    state.place = replace(state.place, translator=None)
    assert "/translate" not in client.get("/candidate/1").text
    assert press(desk, client).status_code == 404
    assert libre.asked == []


def test_an_article_in_the_target_language_has_no_button(desk: Desk, client: httpx2.Client) -> None:
    """Nothing to translate."""
    assert "Translate" in client.get("/candidate/1").text
    translator = desk.server.config.app.state.place.translator
    assert not translator.is_foreign("en")
    assert translator.is_foreign("")


def test_a_failure_is_said_on_the_page(desk: Desk, client: httpx2.Client, libre: Libre) -> None:
    """With the candidate as it was; what was stored before it stays."""
    libre.sends(b"<html>", 502)
    answer = press(desk, client)
    assert answer.status_code == 503
    assert "Not translated: the server answered 502" in html.fromstring(answer.text).text_content()
    assert 'value="accept"' in answer.text


def test_the_server_answers_others_while_a_service_is_slow(desk: Desk, client: httpx2.Client, libre: Libre) -> None:
    """Many presses wait at once, and no page waits for them."""
    libre.sends(b"{}", waits=True)
    pressing = [threading.Thread(target=press, args=(desk, desk.as_(UserRole.ANALYST)), daemon=True) for _ in range(6)]
    for each in pressing:
        each.start()
    while not libre.asked:
        time.sleep(0.01)
    started = time.monotonic()
    assert client.get("/candidate/1").status_code == 200
    assert time.monotonic() - started < 1.5
    libre.over.set()
    for each in pressing:
        each.join(20)
        assert not each.is_alive()
