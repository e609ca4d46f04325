"""The language of a text is told by its script and its function words."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.pages import SIGNS
from offing.extract.parts.language import code_of, language_of
from offing.model.text.language_words import LanguageWords

TEXTS = {
    "en": "The government has signed a contract with the company, and the work is to begin in March.",
    "fr": "Le gouvernement a signé un contrat avec la société, et les travaux doivent commencer en mars.",
    "es": "El gobierno ha firmado un contrato con la empresa y las obras deben comenzar en marzo.",
    "pt": "O governo assinou um contrato com a empresa e as obras devem começar em março, não antes.",
    "zh": "政府与该公司签署了合同，工程将于三月开工。",
    "ru": "Правительство подписало контракт с компанией, и работы должны начаться в марте.",
    "ar": "وقعت الحكومة عقدا مع الشركة على أن تبدأ الأعمال في مارس المقبل.",
    "de": "Die Regierung hat mit der Firma einen Vertrag unterzeichnet, und die Arbeiten sollen im März beginnen.",
    "it": "Il governo ha firmato un contratto con la società e i lavori devono iniziare nel mese di marzo.",
    "id": "Pemerintah telah menandatangani kontrak dengan perusahaan itu dan pekerjaan akan dimulai pada bulan Maret.",
    "sw": "Serikali imesaini mkataba na kampuni hiyo na kazi itaanza mwezi wa Machi katika mji mkuu.",
    "tr": "Hükümet şirket ile bir sözleşme imzaladı ve çalışmalar için başlangıç tarihi mart olarak belirlendi.",
    "vi": "Chính phủ đã ký hợp đồng với công ty và công việc sẽ bắt đầu trong tháng ba.",
    "fa": "دولت با این شرکت قراردادی را امضا کرد که کارها در ماه مارس آغاز می شود.",
    "uk": "Уряд підписав контракт з компанією, і роботи мають початися в березні, як було сказано.",
    "ja": "政府は同社と契約を結び、工事は三月に始まる予定です。",
    "ko": "정부는 이 회사와 계약을 체결했으며 공사는 3월에 시작된다.",
    "th": "รัฐบาลได้ลงนามในสัญญากับบริษัทแล้ว",
    "hi": "सरकार ने कंपनी के साथ अनुबंध पर हस्ताक्षर किए हैं।",
    "el": "Η κυβέρνηση υπέγραψε σύμβαση με την εταιρεία.",
    "am": "መንግሥት ከኩባንያው ጋር ውል ተፈራረመ።",
}


@pytest.mark.parametrize("language", TEXTS)
def test_one_sentence_is_enough(language: str) -> None:
    """Twenty-one languages, without any hint and against a wrong one."""
    assert language_of(TEXTS[language], SIGNS) == language
    assert language_of(TEXTS[language], SIGNS, "xx") == language


@pytest.mark.parametrize(
    ("text", "hints", "language"),
    [
        ("Huawei ZTE 5G", ("fr", "en"), "fr"),
        ("Huawei ZTE 5G", (), ""),
        ("12 345", (None, "", "pt-BR"), "pt"),
        ("", (), ""),
        ("Vlada je potpisala ugovor sa kompanijom i radovi će početi u martu, a ne ranije.", ("hr-HR",), "hr"),
        ("सरकारले कम्पनीसँग सम्झौतामा हस्ताक्षर गरेको छ।", ("ne",), "ne"),
        ("Xkcd qwrt plmn zxcv bnmk lkjh gfds poiu ytre wqas dfgh jklm", ("so",), "so"),
        ("yang dan di untuk dengan ini itu dalam akan tidak", ("ms",), "ms"),
        ("The " + "华为" * 30, (), "zh"),
    ],
)
def test_hints_stand_in_where_words_do_not_tell(text: str, hints: tuple[str | None, ...], language: str) -> None:
    """What the page says counts for names only, for close kin, and for languages that we do not know."""
    assert language_of(text, SIGNS, *hints) == language


@pytest.mark.parametrize(
    ("tag", "code"), [("pt-BR", "pt"), ("ZH_cn", "zh"), (" en", "en"), ("eng", ""), (None, ""), ("", "")]
)
def test_tags_give_their_code(tag: str | None, code: str) -> None:
    """The two letters with which a tag begins."""
    assert code_of(tag) == code


@given(st.text(max_size=200), st.text(max_size=10))
def test_any_text_has_a_code_or_none(text: str, hint: str) -> None:
    """Two letters or nothing; never an error."""
    assert len(language_of(text, SIGNS, hint)) in (0, 2)


def test_long_texts_cost_no_more() -> None:
    """Only the beginning is looked at."""
    start = time.process_time()
    assert language_of(TEXTS["fr"] * 50_000, SIGNS) == "fr"
    assert time.process_time() - start < 1


def test_a_further_language_is_reported_by_its_words() -> None:
    """Where its small words are known; without them a close language stands for it, whatever the page says."""
    text = "El govern ha signat un contracte amb l'empresa i les obres han de començar al març, segons els diaris."
    assert language_of(text, SIGNS, "ca") != "ca"
    words = {
        **SIGNS.words["latin"],
        "ca": frozenset(["el", "els", "les", "amb", "i", "de", "al", "ha", "han", "segons"]),
    }
    assert language_of(text, replace(SIGNS, words={**SIGNS.words, "latin": words})) == "ca"


def test_without_any_words_script_and_page_tell() -> None:
    """A script that one language has tells it; of one that many have the page's own word stands."""
    assert language_of(TEXTS["el"], LanguageWords()) == "el"
    assert language_of(TEXTS["fr"], LanguageWords(), "fr") == "fr"
    assert language_of(TEXTS["fr"], LanguageWords()) == ""
