"""Floors of recognition on the open gold set, with what ships."""

from __future__ import annotations

import gzip
import json
from collections.abc import Collection
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from offing.model.reading.mention import Mention, MentionKind, Money
from offing.model.sources.article import Article
from recognize.samples import shipped_recognizer
from shared_data import shared
from suite import WHOLE

GOLD = Path(__file__).parents[2] / "data" / "gold_open.jsonl"


@cache
def gold() -> list[tuple[dict[str, Any], Article, tuple[Mention, ...]]]:
    """The gold articles with their mentions."""
    read = []
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = Article(1, row["title"], tuple(row["paragraphs"]), row["lang"])
        read.append((row, text, shipped_recognizer().recognize(text)))
    return read


def rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a compressed file."""
    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).decode().splitlines()]


def touching(mentions: tuple[Mention, ...], kinds: Collection[MentionKind], written: str) -> list[Mention]:
    """The mentions of some kinds that lie in some written words or hold them."""
    return [m for m in mentions if m.kind in kinds and (m.text in written or written in m.text)]


def recall(field: str, *kinds: MentionKind) -> float:
    """The share of a field's gold values whose words were found as mentions of one of some kinds."""
    found = wanted = 0
    for row, _, mentions in gold():
        for project in row["projects"]:
            for value in project[field]:
                wanted += 1
                found += bool(touching(mentions, kinds, value["as_written"]))
    return found / wanted


def test_sums():
    """At least 95 of 100 gold sums are found with their value and currency."""
    found = wanted = 0
    for row, _, mentions in gold():
        for amount in (amount for project in row["projects"] for amount in project["amounts"]):
            wanted += 1
            near = touching(mentions, {MentionKind.MONEY}, amount["as_written"])
            value, currency = Decimal(str(amount["value"])), amount["currency"]
            found += any(
                isinstance(m.value, Money) and (m.value.value, m.value.currency) == (value, currency) for m in near
            )
    assert found / wanted >= 0.95


def test_firms():
    """At least 94 of 100 gold firms are found where they are written."""
    assert recall("firms", MentionKind.FIRM) >= 0.94


def test_lenders():
    """At least 96 of 100 gold lenders are found where they are written; China's government is a mention of China."""
    assert recall("lenders", MentionKind.LENDER, MentionKind.CHINA) >= 0.96


def test_countries():
    """At least 98 of 100 target countries are named by a mention, 97 with the countries of the background."""
    kinds = (MentionKind.COUNTRY, MentionKind.PLACE, MentionKind.CHINA)
    targets: list[bool] = []
    others: list[bool] = []
    for row, _, mentions in gold():
        keys = {m.key for m in mentions if m.kind in kinds}
        targets += [code in keys for project in row["projects"] for code in project["countries"]]
        others += [code in keys for code in row["background_countries"]]
    assert sum(targets) / len(targets) >= 0.98
    assert sum(targets + others) / len(targets + others) >= 0.97


def test_screening_loses_nothing():
    """Every gold article with a project passes the cheap look."""
    assert all(shipped_recognizer().screen(text.text, text.language) for row, text, _ in gold() if row["relevant"])


def test_all_spans_are_exact():
    """The text of each mention is the article's."""
    for _, text, mentions in gold():
        assert all(text.text[m.start : m.end] == m.text for m in mentions)


@pytest.mark.parametrize("step", [8, pytest.param(1, marks=pytest.mark.slow)])
def test_false_alarms_in_ordinary_news(step: int):
    """Articles of the world's press that are not about Chinese projects name few Chinese firms and lenders."""
    texts = [row["text"] for row in rows(shared("news/worldwide_newswire.jsonl.gz"))][::step]
    kinds = (MentionKind.FIRM, MentionKind.LENDER)
    alarmed = [
        any(m.kind in kinds for m in shipped_recognizer().recognize(Article(1, "", (text,), "en"))) for text in texts
    ]
    assert sum(alarmed) / len(alarmed) < 0.15


def test_sums_of_aiddata():
    """At least 90 of 100 sums coded by AidData stand in its descriptions and are found there."""
    found = wanted = 0
    for row in rows(shared("aiddata/gold_digital.jsonl.gz"))[:: 1 if WHOLE else 2]:
        text = Article(1, row["title"], tuple(row["paragraphs"]), "en")
        amounts = [amount for project in row["projects"] for amount in project["amounts"] or ()]
        values = (
            [m.value for m in shipped_recognizer().recognize(text) if isinstance(m.value, Money)] if amounts else []
        )
        for amount in amounts:
            wanted += 1
            value, currency = float(amount["value"]), amount["currency"]
            found += any(v.currency == currency and abs(float(v.value) - value) <= 0.006 * value for v in values)
    if not wanted:
        pytest.skip("no coded sums")
    assert found / wanted >= 0.90
