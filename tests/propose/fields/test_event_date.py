"""The date of the event behind a status."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from offing.model.reading.evidence import FieldName
from offing.model.sources.article import Article
from offing.propose import propose
from offing.propose.fields.event_date import event_date
from offing.propose.fields.topic import rank_statuses
from offing.propose.reading.scope import scope_of
from propose.spans import Text, shipped_rules
from recognize.samples import shipped_recognizer

PUBLISHED = datetime(2021, 3, 5, 9, 0, tzinfo=UTC)


def _dated(body: str, published: datetime | None = PUBLISHED) -> tuple[str | None, list[str]]:
    """The event date of the project of an article, and the quotes that prove it."""
    article = Article(1, "Huawei builds a data centre in Kenya", (body,), "en", published=published)
    proposal = propose(article, shipped_recognizer().recognize(article), shipped_rules()).proposals[0]
    quotes = [proof.text for proof in proposal.evidence if proof.field is FieldName.EVENT_DATE]
    return proposal.facts.event_date.value if proposal.facts.event_date else None, quotes


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (
            "Huawei and Kenya signed the contract for a data centre in Nairobi on 12 February 2021.",
            "2021-02-12",
        ),
        ("Huawei and Kenya signed the contract for a data centre in Nairobi yesterday.", "2021-03-04"),
        ("Huawei and Kenya signed the contract for a data centre in Nairobi last week.", "2021-W08"),
        ("Huawei and Kenya signed the contract for a data centre in Nairobi in January.", "2021-01"),
        ("Huawei and Kenya signed the contract for a data centre in Nairobi last year.", "2020"),
    ],
)
def test_it_is_as_precise_as_told(body: str, value: str) -> None:
    """Day, week, month or year, proved by its sentence."""
    assert _dated(body) == (value, [body])


@pytest.mark.parametrize(
    "body",
    [
        "Huawei and Kenya signed the contract for a data centre in Nairobi.",
        "Huawei and Kenya signed the contract for a data centre in Nairobi, to be opened on 1 June 2023.",
    ],
)
def test_what_is_still_to_come_is_no_event(body: str) -> None:
    """Nor is there one where no date is told."""
    assert _dated(body) == (None, [])


def test_what_is_planned_for_this_month_lies_ahead() -> None:
    """A month that has begun is no day of an event where something is only proposed."""
    planned = "Huawei plans to build a data centre in Nairobi and hopes to sign a contract with Kenya in March 2021."
    assert _dated(planned) == (None, [])


def test_an_article_without_a_date_tells_none() -> None:
    """What is past cannot be known then."""
    assert _dated("Huawei and Kenya signed the contract for a data centre on 12 February 2021.", None) == (None, [])


@pytest.mark.parametrize(
    ("dateline", "value"),
    [
        ("NAIROBI, March 4 (ENA) – Huawei and Kenya signed the contract for a data centre in Nairobi.", None),
        ("NAIROBI, 4 March - Huawei and Kenya on Tuesday signed the contract for a data centre there.", "2021-03-02"),
        ("On 4 March Huawei and Kenya signed the contract for a data centre in Nairobi.", "2021-03-04"),
    ],
)
def test_a_dateline_tells_no_event(dateline: str, value: str | None) -> None:
    """It says when the article was written; a date behind it may tell when the thing happened."""
    assert _dated(dateline)[0] == value


@pytest.mark.parametrize(
    ("language", "dateline", "signed", "sentence"),
    [
        ("fr", "4 mars", "signé", "Nairobi, 4 mars (APA) – Huawei a signé le contrat."),
        ("ru", "4 марта", "подписала", "НАЙРОБИ, 4 марта. /КЕН/. Компания Huawei подписала контракт."),
        ("zh", "3月4日", "签署", "内罗毕3月4日电 华为签署合同。"),
    ],
)
def test_datelines_of_other_languages(language: str, dateline: str, signed: str, sentence: str) -> None:
    """Their agencies and dashes are written in other ways."""
    text = Text("Huawei", sentence, language=language, published=PUBLISHED)
    text.date(dateline, datetime(2021, 3, 4, tzinfo=UTC)).cue("status", signed, "signed")
    scope = scope_of(text.article, text.mentions, shipped_rules())
    assert event_date(scope, rank_statuses(scope)[0]) is None
