"""Worries about a project by what is found fault with, in seven languages."""

from __future__ import annotations

import pytest

from recognize.samples import found


def kinds(text: str, language: str) -> set[str | None]:
    """The kinds of worry that a text names, by itself or beside somebody who worries."""
    return {mention.key for mention in found(text, "concern", language) if mention.weight >= 0.9}


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "The pier has moved no further than two piles.", "failure"),
        ("fr", "Le chantier du pont est au point mort.", "failure"),
        ("es", "La obra del muelle sigue paralizada.", "failure"),
        ("pt", "O contrato do cais foi rescindido.", "failure"),
        ("zh", "码头工程已经停工。", "failure"),
        ("ru", "Контракт на причал расторгнут.", "failure"),
        ("ar", "توقفت أشغال الرصيف منذ الشتاء", "failure"),
        ("en", "The purchase of the ferries was never put out to tender.", "procurement"),
        ("fr", "La commande des bacs a été conclue en catimini.", "procurement"),
        ("es", "La compra de los buses nunca se licitó.", "procurement"),
        ("pt", "Afastaram a proposta mais barata.", "procurement"),
        ("zh", "采购公交车规避招标。", "procurement"),
        ("ru", "Автобусы куплены в обход тендера.", "procurement"),
        ("ar", "اشترت البلدية الحافلات لتفادي مناقصة", "procurement"),
        ("en", "The bills for the ferries have not been settled.", "debt-finance"),
        ("fr", "L'entreprise réclame ses arriérés.", "debt-finance"),
        ("es", "Nadie sabe con qué tasa se tomó el crédito.", "debt-finance"),
        ("pt", "Ninguém sabe a que taxa se tomou o crédito.", "debt-finance"),
        ("zh", "市政府拖欠工程款。", "debt-finance"),
        ("ru", "Счета за автобусы не оплачены.", "debt-finance"),
        ("ar", "فواتير الحافلات لم تسدد بعد", "debt-finance"),
        ("en", "No one in the harbour office knows the password.", "data-sovereignty"),
        ("fr", "Le registre est entre des mains étrangères.", "data-sovereignty"),
        ("es", "El registro queda en manos extranjeras.", "data-sovereignty"),
        ("pt", "O registo fica em mãos estrangeiras.", "data-sovereignty"),
        ("zh", "密码掌握在厂家。", "data-sovereignty"),
        ("ru", "Реестр оказался в чужих руках.", "data-sovereignty"),
        ("ar", "السجل بأيدي أجنبية", "data-sovereignty"),
        ("en", "There is no legal basis for the lenses.", "surveillance-rights"),
        ("fr", "Une atteinte au secret des conversations.", "surveillance-rights"),
        ("es", "Filman sin orden judicial.", "surveillance-rights"),
        ("pt", "Filmam sem ordem judicial.", "surveillance-rights"),
        ("zh", "拍摄没有法律依据。", "surveillance-rights"),
        ("ru", "Снимают без решения суда.", "surveillance-rights"),
        ("ar", "التصوير دون إذن قضائي", "surveillance-rights"),
        ("en", "The lamps on the square have been blind since May.", "failure"),
        ("fr", "Un élu demande dans quel pays seront logées les copies.", "data-sovereignty"),
        ("es", "Solo se invitó a una empresa.", "procurement"),
        ("pt", "O serviço da dívida consome as receitas.", "debt-finance"),
        ("zh", "镜头对准记者。", "surveillance-rights"),
        ("ru", "Злоумышленники обрушили портал.", "cyber-security"),
        ("ar", "ثمن الولاء لبكين", "influence"),
        ("en", "It has been handed over without a security audit.", "cyber-security"),
        ("ru", "Сеть сдана без проверки безопасности.", "cyber-security"),
        ("es", "La pista está junto a una base aérea.", "military-dual-use"),
        ("fr", "Un cadeau empoisonné, dit le maire.", "influence"),
        ("ar", "الهدايا ليست مجانية", "influence"),
    ],
)
def test_a_complaint(language: str, text: str, kind: str) -> None:
    """What a text finds fault with is a worry of its kind."""
    assert kind in kinds(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The pier was finished in spring and is in use."),
        ("en", "The lowest bidder won the contract."),
        ("fr", "Le prêt se monte à 40 millions de dollars."),
        ("es", "El banco prestó dólares para la obra."),
        ("zh", "美元贷款由中国进出口银行提供。"),
        ("ru", "Автобусы поставлены по итогам открытого тендера."),
        ("ar", "افتتح الرصيف الجديد"),
        ("zh", "第三方每年做一次渗透测试。"),
    ],
)
def test_no_complaint(language: str, text: str) -> None:
    """News that finds no fault names no worry."""
    assert kinds(text, language) == set()
