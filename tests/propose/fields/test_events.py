"""Events beside the status: read from wordings, dated, proved; denied, old and coming ones are none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from offing.config.files.layers import Layers
from offing.config.weights.scoring import load_scoring
from offing.model.reading.evidence import FieldName
from offing.model.reading.rules import ScoringRules
from offing.model.review.candidate import Proposal
from offing.model.sources.article import Article
from offing.model.values.vocabulary import EventKind
from offing.propose import propose
from offing.recognize import Recognizer
from offing.services.analysis.analyst import recognizer_of


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    """Recognition with what ships."""
    return recognizer_of(Layers.of(None))


@pytest.fixture(scope="module")
def scoring() -> ScoringRules:
    """The weights that ship."""
    return load_scoring(Layers.of(None))


def told(recognizer: Recognizer, scoring: ScoringRules, language: str, title: str, *paragraphs: str) -> Proposal:
    """The best proposal of an article of 20 November 2026."""
    article = Article(1, title, paragraphs, language, published=datetime(2026, 11, 20, tzinfo=UTC))
    return propose(article, recognizer.recognize(article), scoring).proposals[0]


def kinds(proposal: Proposal) -> list[EventKind]:
    """The kinds of the events of a proposal."""
    return [event.kind for event in proposal.facts.events]


CASES = [
    ("en", "Ghana's Huawei-built network offline for two days", "Servers crashed on Monday.", EventKind.INCIDENT),
    ("fr", "Sénégal : le centre de données de Huawei en panne", "Le réseau est hors service.", EventKind.INCIDENT),
    ("es", "La red de Huawei en Bolivia, fuera de servicio", "El sistema colapsó el lunes.", EventKind.INCIDENT),
    ("pt", "Rede da Huawei em Angola fora de serviço", "Um ataque informático parou o sistema.", EventKind.INCIDENT),
    ("zh", "华为承建的加纳政务网瘫痪", "系统遭黑客攻击。", EventKind.INCIDENT),
    ("ru", "Система Huawei в Казахстане вышла из строя", "Камеры не работают.", EventKind.INCIDENT),
    ("ar", "شبكة هواوي في السودان خارج الخدمة", "تعرض النظام لهجوم إلكتروني.", EventKind.INCIDENT),
    ("en", "Ghana hands Huawei network to new operator", "A new operator took over from Huawei.", "provider-replaced"),
    ("en", "Zambia's Huawei data centre is doubled", "The data centre was expanded.", EventKind.EXPANSION),
    ("en", "Huawei hands over data centre to Ghana", "A handover ceremony took place.", EventKind.HANDOVER),
    ("zh", "华为向加纳移交数据中心", "移交仪式在阿克拉举行。", EventKind.HANDOVER),
    ("en", "Auditor-General faults Huawei cameras in Ghana", "The audit found irregularities.", EventKind.AUDIT),
    ("pt", "Tribunal de Contas aponta falhas na rede da Huawei em Angola", "A auditoria concluiu.", EventKind.AUDIT),
    ("ru", "Счётная палата проверила камеры Huawei в Казахстане", "Аудит выявил нарушения.", EventKind.AUDIT),
    ("fr", "Le tribunal annule le contrat de Huawei au Sénégal", "Le juge a ordonné l'arrêt.", EventKind.COURT),
    ("es", "Un juez suspende el contrato de Huawei en Bolivia", "La fiscalía investiga.", EventKind.COURT),
    ("ar", "المحكمة الإدارية تلغي عقد هواوي في السودان", "صدر حكم قضائي.", EventKind.COURT),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}-{case[3]}")
def test_an_event_is_reported_in_each_language(
    recognizer: Recognizer, scoring: ScoringRules, case: tuple[str, str, str, str]
) -> None:
    """What befell a project is told with a quote that proves it."""
    language, title, lead, kind = case
    proposal = told(recognizer, scoring, language, title, lead)
    assert kind in kinds(proposal)
    quotes = [e for e in proposal.evidence if e.field is FieldName.EVENTS and e.value == kind]
    assert quotes
    assert all(quote.text in (title, lead) for quote in quotes)


def test_an_event_is_dated_by_its_sentence(recognizer: Recognizer, scoring: ScoringRules) -> None:
    """The date beside the wording is the event's, and the project's where its status has none."""
    lead = "The data centre that Huawei built in Ghana went offline on 12 November 2026 after a malware attack."
    facts = told(recognizer, scoring, "en", "Ghana's data centre offline", lead).facts
    assert [(event.kind, event.when and event.when.value) for event in facts.events] == [
        (EventKind.INCIDENT, "2026-11-12")
    ]
    assert facts.event_date is not None
    assert facts.event_date.value == "2026-11-12"


@pytest.mark.parametrize(
    "lead",
    [
        "Huawei signed a contract for a data centre in Ghana that will be handed over in 2028.",
        "Huawei builds a data centre in Ghana; there was no outage.",
        "Ghana and Huawei signed a contract for a data centre. In 2012 an earlier network had collapsed on opening.",
    ],
)
def test_what_is_denied_old_or_still_to_come_is_no_event(
    recognizer: Recognizer, scoring: ScoringRules, lead: str
) -> None:
    """Only what has happened of late befell the project."""
    assert kinds(told(recognizer, scoring, "en", "Huawei data centre for Ghana", lead)) == []


def test_a_handover_is_no_news_beside_an_audit(recognizer: Recognizer, scoring: ScoringRules) -> None:
    """Of a project that was handed over long ago the audit is told."""
    lead = "Four years after Huawei handed over the network to Ghana, the Auditor-General found that it is idle."
    assert kinds(told(recognizer, scoring, "en", "Audit faults Huawei network in Ghana", lead)) == [EventKind.AUDIT]
