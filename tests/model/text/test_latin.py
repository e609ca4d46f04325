"""Names in Latin letters."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.model.text.latin import is_latin, latin

NAMES = {
    "中国港湾工程有限责任公司": "Zhongguo Gangwan Gongcheng Youxian Zeren Gongsi",
    "浙江华陆科技有限公司": "Zhejiang Hualu Keji Youxian Gongsi",
    "重庆银行（厦门）": "Chongqing Yinhang (Xiamen)",  # 重 and 厦 have two readings
    "教育、青年和体育部": "Jiaoyu, Qingnian He Tiyu Bu",
    "G3全球": "G3 Quanqiu",
    "蒙巴萨": "Mengbasa",
    "Министерство цифрового развития": "Ministerstvo tsifrovogo razvitiya",
    "ОАО «РЖД»": "OAO «RZHD»",
    "Объект Королёв": "Obyekt Korolyov",
    "Қазақстан Темір Жолы": "Qazaqstan Temir Zholy",
    "Тоҷикистон": "Tojikiston",
    "وزارة التربية": "Wzara al-Trbiya",
    "الرياض": "al-Ryad",
    "العراق": "al-Araq",
    "للجنة العليا": "lil-Jna al-Alya",
    "وَالسُّعُودِيَّة": "wa-al-Saudiya",  # with its short vowels, which are left out
    "باور تشاينا": "Baur Tshaina",
    "Côte d'Ivoire": "Côte d'Ivoire",
    "서울": "서울",  # in no script that has a rule
    "東京タワー": "東京タワー",  # Japanese, whose characters are read otherwise
    "ء": "ء",
    "12 %": "12 %",
    "": "",
}
HAN, CYRILLIC, ARABIC = "[\u4e00-\u9fa5]", "[\u0400-\u045f]", "[\u0621-\u064a]"
LETTERS = (
    "\u4e2d\u56fd\u534e\u548c\u00e9abZ\u0416\u0449\u044c\u049b\u0628\u0639\u0648\u064a\u0629"
    "\uac00\u30ab\U00020000 -,\uff08\u3001\ud800\x00"
)
ANY = st.text(max_size=30) | st.text(st.sampled_from(LETTERS), max_size=12)


@pytest.mark.parametrize("name", NAMES)
def test_names_in_latin_letters(name: str) -> None:
    """Chinese by words, Cyrillic as in English texts, Arabic by its letters; everything else as it is."""
    assert latin(name) == NAMES[name]


@given(ANY)
def test_no_name_raises_and_none_with_letters_comes_out_empty(name: str) -> None:
    """Whatever the text."""
    romanised = latin(name)
    assert any(map(str.isalpha, romanised)) or not any(map(str.isalpha, name))


@given(st.text(st.characters(max_codepoint=0x24F)))
def test_latin_text_is_unchanged(name: str) -> None:
    """Accents, signs and blanks too."""
    assert is_latin(name)
    assert latin(name) == name


@given(st.lists(st.from_regex(HAN, fullmatch=True) | st.from_regex(CYRILLIC, fullmatch=True), min_size=1, max_size=12))
def test_nothing_of_the_other_script_is_left(letters: list[str]) -> None:
    """Of what has a reading; and the form is its own Latin form."""
    romanised = latin("".join(letters))
    left = re.findall(f"{CYRILLIC}|{ARABIC}", romanised)
    assert not left or romanised == "".join(letters)  # signs alone, ь or ъ, have no letter in Latin
    assert latin(romanised) == romanised or re.search(HAN, romanised)
