"""Where a project stands, told by the turns of phrase of each language's press."""

from __future__ import annotations

import pytest

from offing.model.sources.article import Article
from offing.model.values.vocabulary import Status
from offing.propose.fields.topic import rank_statuses
from offing.propose.reading.scope import scope_of
from propose.spans import shipped_rules
from recognize.samples import recognizer

TOLD = (
    ("en", Status.PROPOSED, "Three bidders are vying to lay the cable to the island."),
    ("en", Status.AGREED, "The two academies agreed to set up a laboratory."),
    ("en", Status.APPROVED, "The planning permit for the dry dock has been granted."),
    ("en", Status.SIGNED, "The minister put pen to paper on the order for 70 trams."),
    ("en", Status.UNDER_CONSTRUCTION, "A quarter of the poles have been planted."),
    ("en", Status.COMPLETED, "It opened on 5 October, ten months late."),
    ("en", Status.SUSPENDED, "The contractor withdrew its staff and the yard is deserted."),
    ("en", Status.CANCELLED, "The two governments parted ways over the refinery."),
    ("en", Status.PROPOSED, "A plan for a cable car is before the assembly."),
    ("en", Status.UNDER_CONSTRUCTION, "Installation of the turnstiles goes on."),
    ("en", Status.COMPLETED, "The exchange has been handling calls since March."),
    ("en", Status.SUSPENDED, "The ministry ordered a halt to the dredging."),
    ("en", Status.CANCELLED, "The award was quashed by the court."),
    ("fr", Status.COMPLETED, "Le lycée a accueilli ses premiers étudiants."),
    ("fr", Status.SUSPENDED, "Le bailleur a cessé de payer et les ouvriers ont cessé de travailler."),
    ("fr", Status.CANCELLED, "Les députés ont rejeté le prêt."),
    ("es", Status.AGREED, "Los cancilleres intercambiaron cartas sobre el observatorio."),
    ("es", Status.UNDER_CONSTRUCTION, "El mercado está a medio hacer."),
    ("es", Status.SUSPENDED, "Un juez ordenó suspender el relleno."),
    ("pt", Status.APPROVED, "O instituto emitiu a licença de pesca."),
    ("pt", Status.UNDER_CONSTRUCTION, "O mercado está meio acabado."),
    ("pt", Status.CANCELLED, "O parlamento chumbou o projecto."),
    ("zh", Status.COMPLETED, "卫星成功发射入轨。"),
    ("zh", Status.SUSPENDED, "法院责令停工。"),
    ("ru", Status.COMPLETED, "Лицей принял первых школьников."),
    ("ru", Status.SUSPENDED, "Суд наложил арест, банк прекратил платежи."),
    ("ar", Status.COMPLETED, "استقبل المعهد طلابها وتسلم المتدربون شهاداتهم"),
    ("ar", Status.SUSPENDED, "أمرت المحكمة بتعليق الأشغال"),
    ("en", Status.SIGNED, "The island renewed the lease for ten years."),
    ("es", Status.SIGNED, "La universidad prorrogó el convenio."),
    ("en", Status.CANCELLED, "The ministry regards it as dead, the arbitrators declared the scheme dead."),
    ("fr", Status.UNDER_CONSTRUCTION, "Après trois ans, les travaux ont repris."),
    ("pt", Status.PROPOSED, "Na foz vai nascer um farol."),
    ("ru", Status.COMPLETED, "Котельная исправно работает."),
    ("ar", Status.UNDER_CONSTRUCTION, "استؤنفت الأشغال"),
    ("fr", Status.PROPOSED, "Deux groupes se disputent le marché des compteurs."),
    ("fr", Status.APPROVED, "Les sénateurs ont validé le prêt pour la centrale."),
    ("fr", Status.SIGNED, "L'État a contracté un emprunt pour la station d'épuration."),
    ("fr", Status.UNDER_CONSTRUCTION, "Le tiers des poteaux est posé et les ouvriers creusent."),
    ("fr", Status.SUSPENDED, "Plus rien ne bouge au dépôt, les travaux n'ont pas repris."),
    ("fr", Status.CANCELLED, "La ligne ne verra pas le jour."),
    ("es", Status.PROPOSED, "Cinco consorcios pugnan por la concesión del acueducto."),
    ("es", Status.SIGNED, "La Asamblea ratificó el convenio de préstamo suscrito en marzo."),
    ("es", Status.UNDER_CONSTRUCTION, "El avance físico de la obra es del 41 %."),
    ("es", Status.SUSPENDED, "La obra permanece abandonada."),
    ("es", Status.CANCELLED, "El plan del tren quedó sin efecto."),
    ("pt", Status.PROPOSED, "Quatro empresas disputam o fornecimento das turbinas."),
    ("pt", Status.UNDER_CONSTRUCTION, "Metade das estacas já está cravada e a obra prossegue."),
    ("pt", Status.SUSPENDED, "O hospital está embargado e nada mexe no terreno."),
    ("pt", Status.CANCELLED, "O governo rescindiu o contrato da barragem."),
    ("zh", Status.PROPOSED, "当局尚未选定承建商。"),
    ("zh", Status.AGREED, "双方敲定合作框架。"),
    ("zh", Status.APPROVED, "能源部向该公司颁发了经营许可。"),
    ("zh", Status.UNDER_CONSTRUCTION, "航站楼初具雏形，工程进度达四成。"),
    ("zh", Status.SUSPENDED, "承包商撤走人员，工地至今未复工。"),
    ("zh", Status.CANCELLED, "矿业部吊销了开采许可证。"),
    ("ru", Status.PROPOSED, "За подряд борются две фирмы, министерство ещё не выбрало."),
    ("ru", Status.APPROVED, "Президент подписал указ о выделении займа."),
    ("ru", Status.UNDER_CONSTRUCTION, "Смонтирована треть опор, строители тянут провод."),
    ("ru", Status.SUSPENDED, "Котлован пустует, подрядчик вывез технику."),
    ("ru", Status.CANCELLED, "Стороны расторгли договор, строить порт не будут."),
    ("ar", Status.PROPOSED, "لم تحسم الهيئة بعد خيارها بين العرضين"),
    ("ar", Status.SIGNED, "رست المناقصة على شركة من تشنغدو"),
    ("ar", Status.UNDER_CONSTRUCTION, "تم نصب نصف الأعمدة وتتواصل الأشغال"),
    ("ar", Status.SUSPENDED, "سحبت الشركة معداتها ولم تستأنف الأعمال"),
    ("ar", Status.CANCELLED, "صرفت الوزارة النظر عن المشروع"),
)


@pytest.mark.parametrize(("language", "status", "sentence"), TOLD)
def test_a_turn_of_phrase_tells_the_status(language: str, status: Status, sentence: str) -> None:
    """The first status is the one that the sentence tells."""
    article = Article(1, "News", (sentence,), language)
    ranked = rank_statuses(scope_of(article, recognizer().recognize(article), shipped_rules()))
    assert ranked[0].key == status


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The choir went to Wuhan for a week."),
        ("fr", "Les élèves aiment la musique."),
        ("es", "El ministro habló con la prensa."),
        ("zh", "天气晴朗。"),
        ("ru", "Погода хорошая."),
        ("ar", "الطقس جميل"),
    ],
)
def test_where_nothing_happens_no_status_is_reported(language: str, sentence: str) -> None:
    """A sentence without works tells none."""
    article = Article(1, "News", (sentence,), language)
    assert rank_statuses(scope_of(article, recognizer().recognize(article), shipped_rules())) == []


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The governor received a delegation and opened an exhibition."),
        ("en", "The council approved the minutes."),
        ("fr", "Le préfet a reçu une délégation."),
        ("fr", "Le tribunal a ouvert une enquête."),
        ("es", "El rector entregó una carta."),
        ("pt", "O ministro abriu um inquérito."),
        ("ru", "Губернатор принял делегацию."),
        ("ar", "استقبل الوزير السفير"),
    ],
)
def test_what_is_done_to_something_else_is_no_status(language: str, sentence: str) -> None:
    """A delegation received, an inquiry opened, minutes approved: no works are meant."""
    article = Article(1, "News", (sentence,), language)
    assert rank_statuses(scope_of(article, recognizer().recognize(article), shipped_rules())) == []
