"""Where names of firms and institutions end, and what is no firm: verbs, nicknames, bare nouns."""

from __future__ import annotations

import pytest

from offing.recognize.text.arabic_verbs import ArabicVerbs, is_verb
from recognize.samples import found, shipped_wording


def unlisted(text: str, language: str) -> list[str]:
    """The firms of a text that no list has, as written."""
    return [firm.text for firm in found(text, "firm", language) if firm.key is None]


@pytest.mark.parametrize(
    ("language", "text", "firms"),
    [
        ("ar", "قال مستشفى النجمة يعيد البرنامج الصيني", []),
        ("ar", "مستشفى الأم الذي تبنيه شركة صينية", []),
        ("ar", "شركة تشجيانغ للموانئ مشغلة للرصيف", ["تشجيانغ للموانئ"]),
        ("ar", "الصين: يفحص معهد نينغبو للقياس العدادات", ["معهد نينغبو للقياس"]),
        ("ar", "وقعت جامعة يوننان الاتفاقية", ["جامعة يوننان"]),
        ("ar", "أرسلت جامعة ووهان للمشروع خبراء", ["جامعة ووهان"]),
        ("es", "El Chino Pérez vende fruta", []),
        ("es", "el chino Gómez vende fruta", []),
        ("es", "la china Lanway vende autobuses", ["Lanway"]),
        ("pt", "a universidade e instituto chinês assinam", []),
        ("pt", "a academia chinesa vai treinar", []),
        ("pt", "a Academia Chinesa de Lanologia vai treinar", ["Academia Chinesa de Lanologia"]),
    ],
)
def test_ends_of_names(language: str, text: str, firms: list[str]):
    """A name ends before a verb, a participle and whom it serves; nicknames and nouns alone name no firm."""
    assert unlisted(text, language) == firms


@pytest.mark.parametrize(
    ("language", "text", "firms"),
    [
        ("ar", "قدمت فرق من تشانغتشون للصيانة خدماتها", ["تشانغتشون للصيانة"]),
        ("ar", "يشرف مكتب شانشي للاستشارات الهندسية على البناء", ["شانشي للاستشارات الهندسية"]),
        ("ar", "أعد معهد هوانغخه للتصميم الدراسات", ["معهد هوانغخه للتصميم"]),
        ("ar", "زار وفد من تشانغتشون المستشفى", []),
        ("ar", "وصلت حافلات من ووهان للطرق الجديدة", []),
        (
            "en",
            "the Changjiang Institute of Survey, Planning and Design drew it for Togo",
            ["Changjiang Institute of Survey, Planning and Design"],
        ),
        ("en", "the Huanghe Design Institute drew it for Sudan", ["Huanghe Design Institute"]),
        ("en", "a ship sailed down the Yangtze to Sudan", []),
        ("ru", "Институт проектирования Хуанхэ начертил плотину", ["Институт проектирования Хуанхэ"]),
        ("zh", "黄河蓝勘设计院负责设计，苏丹付款。", ["黄河蓝勘设计院"]),
    ],
)
def test_institutes_of_rivers_and_those_who_work(language: str, text: str, firms: list[str]):
    """Rivers of China name institutes as its towns do; an Arabic trade behind a place names who works, not goods."""
    assert unlisted(text, language) == firms


def test_arabic_verbs():
    """Verbs with an object are known; Chinese places with the same first letters are none."""
    assert all(map(is_verb, ["تشيدها", "تنفذها", "يديرها"]))
    assert not any(map(is_verb, ["تشيجيانغ", "يوننان", "لانهاي"]))
    text = "معهد ينتاي للقياس"
    assert ArabicVerbs(shipped_wording().pattern_words).before(text, 0, len(text)) == len(text)
