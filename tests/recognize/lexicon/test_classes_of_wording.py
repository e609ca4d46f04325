"""Classes of wording that tell how a project comes about, how far it is, and what it is about: one sentence of each."""

from __future__ import annotations

import pytest

from offing.model.reading.mention import MentionKind
from offing.model.sources.article import Article
from offing.services.analysis.analyse import Analyst
from offing.services.analysis.analyst import load_analyst

MODE, STATUS, SECTOR, RECORD = MentionKind.MODE, MentionKind.STATUS, MentionKind.SECTOR, MentionKind.RECORD_TYPE
SIGNAL = MentionKind.SIGNAL


@pytest.fixture(scope="module")
def analyst() -> Analyst:
    """With all that ships."""
    return load_analyst(None)


TOLD = [
    ("en", "The utility placed an order for 400 pumps.", MODE, "sale"),
    ("fr", "La régie a signé un contrat de fourniture.", MODE, "sale"),
    ("es", "La empresa firmó un contrato de suministro.", MODE, "sale"),
    ("pt", "A empresa assinou um contrato de fornecimento.", MODE, "sale"),
    ("zh", "该局签订采购合同。", MODE, "sale"),
    ("ru", "Город подписал контракт на закупку автобусов.", MODE, "sale"),
    ("ar", "وقعت البلدية عقد توريد حافلات.", MODE, "sale"),
    ("en", "It will sell the power to the grid.", MODE, "investment"),
    ("fr", "L'exploitant vendra le courant à la régie.", MODE, "investment"),
    ("es", "La firma venderá la energía al Estado.", MODE, "investment"),
    ("pt", "A central reverte para o Estado.", MODE, "investment"),
    ("zh", "上网电价已定，期满移交。", MODE, "investment"),
    ("ru", "Фирма построит и эксплуатирует станцию.", MODE, "investment"),
    ("ar", "ستتولى الشركة بيع الكهرباء.", MODE, "investment"),
    ("en", "The ministry sends ten nurses to study in Wuhan.", RECORD, "training-cooperation"),
    ("fr", "Six mois de stage sont prévus.", RECORD, "training-cooperation"),
    ("es", "Serán seis meses de capacitación.", RECORD, "training-cooperation"),
    ("pt", "São seis meses de estágio.", RECORD, "training-cooperation"),
    ("zh", "两校合作办学。", RECORD, "training-cooperation"),
    ("ru", "Врачи поедут на стажировку.", RECORD, "training-cooperation"),
    ("ar", "ستة أشهر من التدريب.", RECORD, "training-cooperation"),
    ("en", "Two towers are going up on the hill.", STATUS, "under-construction"),
    ("fr", "L'hôpital sort de terre.", STATUS, "under-construction"),
    ("es", "Ya se instalan los postes.", STATUS, "under-construction"),
    ("pt", "As torres estão a ser erguidas.", STATUS, "under-construction"),
    ("zh", "工人正在吊装。", STATUS, "under-construction"),
    ("ru", "Рабочие заливают фундамент.", STATUS, "under-construction"),
    ("ar", "يجري تركيب الأعمدة.", STATUS, "under-construction"),
    ("en", "Lorries carry an electronic seal.", SECTOR, "digital-finance-customs-tax"),
    ("es", "Los camiones llevan precintos electrónicos.", SECTOR, "digital-finance-customs-tax"),
    ("zh", "车辆加装电子关锁。", SECTOR, "digital-finance-customs-tax"),
    ("ru", "Грузовики получат электронные пломбы.", SECTOR, "digital-finance-customs-tax"),
    ("ar", "تحمل الشاحنات الأقفال الإلكترونية.", SECTOR, "digital-finance-customs-tax"),
    ("fr", "Un réseau privé 5G couvre les quais.", SECTOR, "telecom-connectivity"),
    ("pt", "Uma rede privada 5G cobre o cais.", SECTOR, "telecom-connectivity"),
    ("en", "Eight firms bought the tender documents.", SIGNAL, "tender-open"),
    ("fr", "Huit sociétés ont retiré le dossier.", SIGNAL, "tender-open"),
    ("es", "Ocho empresas compraron los pliegos.", SIGNAL, "tender-open"),
    ("pt", "Oito empresas levantaram o caderno.", SIGNAL, "tender-open"),
    ("zh", "八家企业购买标书。", SIGNAL, "tender-open"),
    ("ru", "Восемь фирм забрали документацию.", SIGNAL, "tender-open"),
    ("ar", "سحبت ثماني شركات كراسة الشروط.", SIGNAL, "tender-open"),
    ("en", "The delegation left without a contract.", SIGNAL, "no-deal"),
    ("fr", "Rien n'a été signé.", SIGNAL, "no-deal"),
    ("es", "La misión se fue sin acuerdos.", SIGNAL, "no-deal"),
    ("pt", "A missão terminou sem acordos.", SIGNAL, "no-deal"),
    ("zh", "代表团空手而归。", SIGNAL, "no-deal"),
    ("ru", "Делегация уехала без контрактов.", SIGNAL, "no-deal"),
    ("ar", "انتهت الزيارة من دون توقيع أي وثيقة.", SIGNAL, "no-deal"),
    ("en", "The court ordered the firm to pay damages to the family.", SIGNAL, "crime"),
    ("fr", "Il est poursuivi pour pots-de-vin.", SIGNAL, "crime"),
    ("es", "El juez condenó al director por soborno.", SIGNAL, "crime"),
    ("pt", "O tribunal condenou o gerente.", SIGNAL, "crime"),
    ("zh", "法院判决赔偿。", SIGNAL, "crime"),
    ("ru", "Суд приговорил посредника за взятку.", SIGNAL, "crime"),
    ("ar", "قضت المحكمة بالسجن بتهمة رشوة.", SIGNAL, "crime"),
]


@pytest.mark.parametrize(("language", "text", "kind", "key"), TOLD)
def test_a_class_of_wording_is_known(analyst: Analyst, language: str, text: str, kind: MentionKind, key: str) -> None:
    """Each class in each language that has it."""
    found = analyst.recognizer.recognize(Article(1, "", (text,), language))
    assert key in {mention.key for mention in found if mention.kind is kind}


@pytest.mark.parametrize(
    ("text", "key"),
    [("The lights go on in May if all goes to plan.", "signed"), ("Much of it goes to waste.", "signed")],
)
def test_sayings_sign_nothing(analyst: Analyst, text: str, key: str) -> None:
    """What only sounds like an award."""
    found = analyst.recognizer.recognize(Article(1, "", (text,), "en"))
    assert not [m for m in found if m.kind is STATUS and m.key == key and m.weight > 0.05]
