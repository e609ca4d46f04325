"""Generate candidates with their articles from a fixed seed: the same count yields the same rows."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from offing.model.projects.project import Amount, Firm, Lender, ProjectFacts, SizedBy
from offing.model.review.candidate import Reason
from offing.model.values.codec import to_plain
from offing.model.values.vocabulary import AmountKind, Role, Sector, Status
from offing.store.tables import article, body, candidate, entry, evidence, mention, story, story_article
from offing.store.tables import page as page_table

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
SEEN = ("firm", "country", "place", "sector", "status", "signal")
COUNTRIES = re.findall(
    "...",
    "KENNGAZMBETHUGATZAGHASENCIVCMRAGOMOZEGYDZAMARTUNSRBHUNPAKBGDLKANPLKHMLAOMMRIDNPHLVNMKAZUZB"
    "KGZTJKBOLECUPERARGBRAMEXPANHNDIRQSAUAREIRNTURBLRARMGEOMDATONFJIPNGVUTSLB",
)
LANGUAGES = ("en", "en", "en", "fr", "es", "ar", "zh", "ru", "pt")
COMMON = (
    *("the", "of", "to", "in", "and", "a", "for", "on", "with", "by", "is", "that", "will", "has", "project", "china"),
    *("chinese", "government", "million", "contract", "minister", "network", "data", "system", "signed", "company"),
)
HAN = "中国华为公司建设数据中心网络城市政府合同贷款银行项目部长签署肯尼亚智慧通信卫星铁路"


class Maker:
    """A seeded generator of rows."""

    def __init__(self) -> None:
        self.chance = random.Random(20261125)
        letters = "abcdefghijklmnoprstuvz"
        self.words = ["".join(self.chance.choices(letters, k=self.chance.randint(4, 11))) for _ in range(30_000)]
        self.firms = [f"firm-{number}" for number in range(300)]

    def uneven(self, values: Any) -> Any:
        """Return a random value, the first far more often than the last."""
        return values[int(len(values) * self.chance.random() ** 3)]

    def sentence(self, language: str) -> str:
        """Return a sentence of 18 words, two in three of them common, or of 30 Chinese characters."""
        if language == "zh":
            return "".join(self.chance.choices(HAN, k=30)) + "。"
        return " ".join(self.uneven(COMMON if place % 3 else self.words) for place in range(18)) + "."

    def facts(self) -> ProjectFacts:
        """Return the facts of a candidate."""
        name = self.uneven(self.firms)
        return ProjectFacts(
            title=" ".join(self.chance.choices(self.words, k=6)),
            countries=(self.uneven(COUNTRIES),),
            firms=(Firm(name.title(), name, Role.CONTRACTOR, name if self.chance.random() < 0.8 else None),),
            lenders=(Lender("China Exim Bank", "Exim Bank", "china-exim-bank"),) if self.chance.random() < 0.3 else (),
            amounts=(Amount(Decimal(self.chance.randint(1, 900)) * 10**6, "USD", AmountKind.CONTRACT, "USD"),),
            sector=self.uneven(list(Sector)),
            status=self.uneven(list(Status)),
            quantities=(SizedBy(Decimal(self.chance.randint(10, 900)), "km", "km"),),
            places=(self.uneven(self.words),),
            counterparts=(" ".join(self.chance.choices(self.words, k=3)),),
        )

    def reasons(self) -> tuple[Reason, ...]:
        """Return nine reasons, a typical number for a score."""
        return tuple(Reason(f"r{n}", 2 - n / 3, " ".join(self.chance.choices(self.words, k=9))) for n in range(9))

    def standing(self) -> dict[str, Any]:
        """Return the review columns of a candidate: three in five await a decision."""
        lot = self.chance.random()
        score = round(self.chance.uniform(0.5, 1), 4)
        at = {"score": score, "above_cut": True, "state": "open", "kind": "update" if lot < 0.15 else "new"}
        if lot >= 0.95:
            at |= {"state": "deferred", "defer_until": NOW + timedelta(days=self.chance.randint(-5, 60))}
        elif lot >= 0.75:
            at |= {"state": self.uneven(["rejected", "accepted", "duplicate"])}
        elif lot >= 0.6:
            sampled = self.chance.random() < 0.02
            at |= {"score": round(score - 0.5, 4), "above_cut": False, "kind": "audit" if sampled else "new"}
            at |= {"audit_day": f"2026-11-{self.chance.randint(10, 25)}" if sampled else None}
        return {"defer_until": None, "audit_day": None, **at}


def rows_of(maker: Maker, number: int) -> Iterator[tuple[sa.Table, dict[str, Any]]]:
    """Yield all rows of one candidate in an order that satisfies foreign keys; every id is `number`."""
    chance = maker.chance
    url = f"https://news{int(900 * chance.random() ** 2)}.example/{number}"
    language = chance.choice(LANGUAGES)
    facts, at = to_plain(maker.facts()), NOW - timedelta(hours=number % 9000)
    paragraphs = [" ".join(maker.sentence(language) for _ in range(4)) for _ in range(5)]
    common = {"id": number, "url": url, "url_key": f"k{number}"}
    yield entry, {**common, "feed_id": 1, "entry_key": f"e{number}", "title": "t", "seen_at": at, "host": "h"}
    yield body, {"sha256": f"{number:064x}", "packed": b""}
    fetched = {"final_url": url, "final_url_key": f"f{number}", "sha256": f"{number:064x}", "status": 200}
    yield page_table, {"id": number, "url": url, "entry_id": number, **fetched, "fetched_at": at, "headers": {}}
    told = {"title": maker.sentence(language)[:90], "paragraphs": paragraphs, "language": language, "published": at}
    told |= {"outlet": f"Outlet {url[12:17]}", "domain": url.split("/")[2], "cut": False, "extracted_at": at}
    yield article, {**common, "page_id": number, **told, "text_hash": f"h{number}"}
    yield story, {"id": number, "first_at": at, "last_at": at}
    reasons, standing = to_plain(maker.reasons(), tuple[Reason, ...]), maker.standing()
    row = {"id": number, "story_id": number, "facts": facts, "reasons": reasons}
    yield story_article, {**row, "article_id": number, "ordinal": 0, "score": standing["score"], "at": at}
    yield candidate, {**row, **standing, "created_at": at, "version": 1}
    yield from _quoted(maker, number, paragraphs[0])


def _quoted(maker: Maker, number: int, text: str) -> Iterator[tuple[sa.Table, dict[str, Any]]]:
    """Yield six quotes of one candidate and twelve mentions in its article, some of them within quotes."""
    for place, name in enumerate(("firms", "countries", "amounts", "sector", "status", "places")):
        quote = {"candidate_id": number, "article_id": number, "telling_id": number, "start": place, "end": place + 90}
        yield evidence, {**quote, "field": name, "value": f"v{place}", "quote": text[:90]}
    for place, kind in enumerate(2 * SEEN):
        span = {"article_id": number, "start": 7 * place, "end": 7 * place + 6, "surface": text[:6], "weight": 1.0}
        yield mention, {**span, "kind": kind, "key": maker.uneven(COUNTRIES), "name": maker.uneven(maker.words)}
