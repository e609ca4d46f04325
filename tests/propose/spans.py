"""Hand-made articles and mentions: each mention is found by its text."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache

from offing.config.files.layers import Layers
from offing.config.weights.scoring import load_scoring
from offing.model.reading.mention import DatePoint, DatePrecision, Mention, MentionKind, Money, Quantity
from offing.model.reading.rules import ScoringRules
from offing.model.sources.article import Article

NOON = datetime(2021, 7, 8, 12, tzinfo=UTC)
FIRM, LENDER, COUNTRY, PLACE = MentionKind.FIRM, MentionKind.LENDER, MentionKind.COUNTRY, MentionKind.PLACE


@cache
def shipped_rules() -> ScoringRules:
    """The scoring that ships, without what was learned: a few words put on a line are no article that models know."""
    return replace(load_scoring(Layers.of(None)), relevance={}, meaning=None, tuned=None)


class Text:
    """An article and the mentions put on it."""

    def __init__(self, title: str, *paragraphs: str, language: str = "en", published: datetime | None = NOON) -> None:
        self.article = Article(7, title, paragraphs, language, published=published)
        self.mentions: list[Mention] = []

    def put(
        self, kind: MentionKind, text: str, key: str | None = None, nth: int | None = None, **fields: object
    ) -> Text:
        """Put a mention on every place where a text stands, or on the nth one."""
        start, count, found = -1, 0, False
        while (start := self.article.text.find(text, start + 1)) >= 0:
            if nth is None or count == nth:
                found = True
                name = str(fields.get("name", "")) or text
                self.mentions.append(
                    Mention(kind, start, start + len(text), text, key, **{**fields, "name": name})  # type: ignore[arg-type]
                )
            count += 1
        assert found, text
        return self

    def money(self, text: str, value: str, currency: str, nth: int | None = None) -> Text:
        """Put a sum."""
        return self.put(MentionKind.MONEY, text, nth=nth, value=Money(Decimal(value), currency))

    def size(self, text: str, value: str, unit: str) -> Text:
        """Put a quantity."""
        return self.put(MentionKind.QUANTITY, text, value=Quantity(Decimal(value), unit), by="unit")

    def date(self, text: str, moment: datetime) -> Text:
        """Put a date."""
        return self.put(MentionKind.DATE, text, value=DatePoint(moment.date(), DatePrecision.YEAR))

    def cue(self, kind: str, text: str, key: str, nth: int | None = None, weight: float = 1.0) -> Text:
        """Put a wording."""
        return self.put(MentionKind(kind), text, key, nth, weight=weight)


def smart_burkina(*further: str) -> Text:
    """A plain case: one project with everything, background about another country, and further paragraphs."""
    text = Text(
        "Huawei to build Smart Burkina in Ouagadougou",
        "Burkina Faso and Huawei signed a contract for 900 cameras on Thursday, the minister said. "
        "China Exim Bank lends EUR 85 million.",
        "The network covers Bobo-Dioulasso as well.",
        "A similar system of ZTE in Uganda cost $126 million.",
        *further,
    )
    text.put(FIRM, "Huawei", "huawei", name="Huawei").put(FIRM, "ZTE", "zte", name="ZTE")
    text.put(LENDER, "China Exim Bank", "china-exim", name="Export-Import Bank of China")
    text.put(COUNTRY, "Burkina Faso", "BFA").put(COUNTRY, "Uganda", "UGA")
    text.put(PLACE, "Ouagadougou", "BFA", by="city").put(PLACE, "Bobo-Dioulasso", "BFA", by="city")
    text.money("EUR 85 million", "85000000", "EUR").money("$126 million", "126000000", "USD")
    text.size("900 cameras", "900", "cameras")
    text.cue("sector", "cameras", "public-security-surveillance").cue("flow", "lends", "loan")
    text.cue("status", "signed a contract", "signed", weight=1.5).cue("role", "to build", "contractor")
    text.cue("mode", "lends", "loan").cue("record-type", "contract", "project", weight=0.5)
    text.cue("signal", "similar", "marks-elsewhere").cue("signal", "minister", "says-host-official")
    text.cue("signal", "said", "says-so")
    return text
