"""Bytes to text: what is declared, what is true, and a guess that says that it is one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.model.text.charset import decode, encoding_named

CHINESE = (
    "华为公司与布基纳法索政府签署了智慧城市项目合同，中国进出口银行提供贷款。"
    "官员周二在瓦加杜古表示，该项目包括九百个监控摄像头。"
)
RUSSIAN = "Компания подписала контракт на строительство умного города. Финансирование предоставил банк Китая."
FRENCH = "Le président a annoncé que l'État a décidé. Ça été très cher pour le pays, à la fin de l'année."
JAPANESE = "日本語のテキストです。中国企業がスマートシティを建設する。政府は火曜日に発表した。"


def page(text: str, charset: str = "") -> str:
    """A page that declares an encoding."""
    meta = f'<meta charset="{charset}">' if charset else ""
    return f"<html><head>{meta}<title>x</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("text", "true", "header", "meta"),
    [
        (CHINESE, "utf-8", "", ""),
        (CHINESE, "utf-8", "gbk", "gbk"),
        (CHINESE, "utf-8", "zlib_codec", "unicode_escape"),
        (CHINESE, "gbk", "gbk", ""),
        (CHINESE, "gbk", "utf-8", "gb2312"),
        (CHINESE, "gbk", "iso-8859-1", "gbk"),
        (CHINESE, "utf-16", "", "utf-8"),
        (CHINESE, "utf-16-le", "utf-8", "utf-8"),
        (CHINESE, "utf-16-be", "", ""),
        (CHINESE, "utf-32-le", "", ""),
        (CHINESE, "utf-32-be", "", ""),
        (CHINESE, "utf-8-sig", "gbk", ""),
        (RUSSIAN, "koi8-r", "", "koi8-r"),
        (RUSSIAN, "cp1251", "windows-1251", ""),
        (RUSSIAN, "mac-cyrillic", "x-mac-cyrillic", ""),
        (RUSSIAN, "mac-cyrillic", "", "X-Mac-Ukrainian"),
        (CHINESE, "gbk", "x-gbk", ""),
        (FRENCH, "latin-1", "iso-8859-1", ""),
        (JAPANESE, "shift_jis", "", "shift_jis"),
        (JAPANESE, "iso2022_jp", "iso-2022-jp", ""),
    ],
)
def test_text_is_read_as_it_was_written(text: str, true: str, header: str, meta: str) -> None:
    """What is declared decides, unless the bytes say otherwise."""
    found = decode(page(text, meta).encode(true), f"text/html; charset={header}" if header else "")
    assert found.text == page(text, meta)
    assert found.sure


@pytest.mark.parametrize(
    ("text", "true", "header"),
    [
        (CHINESE, "gbk", ""),
        (CHINESE, "gbk", "utf-8"),
        (RUSSIAN, "cp1251", "utf-8"),
        (FRENCH, "cp1252", "utf-8"),
        (JAPANESE, "euc_jp", "utf-8"),
        ("¿Qué pasó? El señor dijo que no había más información en la región.", "cp1252", ""),
    ],
)
def test_a_guess_is_right_and_says_so(text: str, true: str, header: str) -> None:
    """Undeclared and wrongly declared encodings are guessed, and the guess is flagged."""
    found = decode(page(text).encode(true), f"text/html; charset={header}" if header else "")
    assert text in found.text
    assert not found.sure


LABELS = {
    **{f"windows-{number}": f"cp{number}" for number in range(1250, 1259)},
    **{f"ibm{number}": f"cp{number}" for number in (437, 850, 852, 855, 866)},
    **{f"iso-8859-{number}": f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    "iso-8859-1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "macintosh": "mac-roman",
    "kz-1048": "kz1048",
    "ptcp154": "ptcp154",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc-jp": "euc_jp",
    "euc-kr": "cp949",
    "big5": "big5hkscs",
    "iso-2022-jp": "iso2022_jp",
    "utf-8": "utf-8",
    "utf-16": "utf-16",
    **{f"x-cp{number}": f"cp{number}" for number in range(1250, 1259)},
    **{f"iso8859{number}": f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15)},
    "iso88591": "cp1252",
    "iso88599": "cp1254",
    "iso885911": "cp874",
    "dos-874": "cp874",
    "iso-8859-6-i": "iso8859-6",
    "sun_eu_greek": "iso8859-7",
    "iso-8859-8-i": "iso8859-8",
    "logical": "iso8859-8",
    "koi": "koi8-r",
    "koi8-ru": "koi8-u",
    "x-mac-roman": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
    "X-MAC-UKRAINIAN": "mac-cyrillic",
    "GB_2312": "gb18030",
    "cn-big5": "big5hkscs",
    "x-euc-jp": "euc_jp",
    "ks_c_5601-1989": "cp949",
    "windows-949": "cp949",
    "unicode-1-1-utf-8": "utf-8",
    "ucs-2": "utf-16-le",
    "unicodeFFFE": "utf-16-be",
}


@pytest.mark.parametrize(("label", "name"), LABELS.items(), ids=LABELS)
def test_the_encodings_of_the_press_are_known_by_their_labels(label: str, name: str) -> None:
    """As browsers read them: what calls itself Latin-1 is Windows-1252."""
    assert encoding_named(label) == name


@pytest.mark.parametrize(
    "label", ["", "utf-7", "idna", "undefined", "rot13", "unicode_escape", "iso-8859-12", "cp037", "x-user-defined"]
)
def test_what_is_no_encoding_of_text_is_none(label: str) -> None:
    """Python knows codecs that hide or run what they hold."""
    assert encoding_named(label) is None


def test_a_guess_looks_where_the_text_is() -> None:
    """Half a megabyte of plain markup before the first word does not make it Western."""
    found = decode(b"<p class='x'>" * 40_000 + CHINESE.encode("gbk"))
    assert found.text.endswith(CHINESE)
    assert not found.sure
    assert "\ufffd" not in decode(b"plain words " * 9000 + b"\x80 5" + b" plain words" * 9000).text


def test_damaged_utf8_stays_utf8() -> None:
    """One broken byte in a UTF-8 text costs one character, not the text."""
    found = decode((FRENCH * 3).encode() + b"\xff" + FRENCH.encode())
    assert (found.charset, found.sure, found.text.count("\ufffd")) == ("utf-8", False, 1)


@pytest.mark.parametrize(("whole", "is_utf8"), [(200, True), (20, True), (19, False), (5, False)])
def test_a_twentieth_of_damage_is_damage(whole: int, is_utf8: bool) -> None:
    """Of the characters beyond ASCII; where more of them are broken, the text was written in something else."""
    found = decode(("é" * whole).encode() + b"\xff" + b" plain words" * 50)
    assert (found.charset == "utf-8") is is_utf8
    assert not found.sure


def _zeros(length: int, odd: int, even: int) -> bytes:
    """Bytes of which so many at odd and at even places are zero, as late as they can be."""
    body = bytearray(b"x" * length)
    for first, count in ((1, odd), (0, even)):
        for place in range(first, length, 2)[::-1][:count]:
            body[place] = 0
    return bytes(body)


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        (_zeros(512, 26, 6), "utf-16-le"),
        (_zeros(512, 25, 0), "utf-8"),
        (_zeros(512, 26, 7), "utf-8"),
        (_zeros(512, 6, 26), "utf-16-be"),
        (_zeros(512, 0, 25), "utf-8"),
        (_zeros(512, 7, 26), "utf-8"),
        (_zeros(512, 30, 30), "utf-8"),
        (_zeros(513, 0, 26), "utf-8"),
        (_zeros(20, 2, 0), "utf-16-le"),
        (_zeros(20, 0, 2), "utf-16-be"),
        (_zeros(20, 1, 0), "utf-8"),
        (_zeros(19, 9, 0), "utf-8"),
        (_zeros(19, 0, 9), "utf-8"),
        (b"x\0\0\0" * 2, "utf-32-le"),
        (b"\0\0\0x" * 2, "utf-32-be"),
        (b"xx\0\0\0x" * 2, "utf-8"),
    ],
)
def test_zeros_tell_of_wide_text_where_they_are_many_and_of_one_kind(body: bytes, charset: str) -> None:
    """More than a tenth of every other byte among the first 512, four times those beside them, of ten at least."""
    assert decode(body + b"words " * 200 * (len(body) > 500)).charset == charset


@pytest.mark.parametrize(("blanks", "sure"), [(1011, False), (1012, True)])
def test_utf7_is_looked_for_in_the_first_kilobyte(blanks: int, sure: bool) -> None:
    """In the header, too; text that holds anything beyond ASCII is no UTF-7."""
    assert decode(b" " * blanks + b"charset=utf-7").sure is sure
    assert not decode(b"plain", "text/html; charset=UTF7").sure
    assert decode("é".encode(), "text/html; charset=utf-7").sure


def test_escapes_are_read_as_declared_where_that_is_an_encoding_of_escapes() -> None:
    """Only there: in any other one they are characters, and without any of them nothing is written so."""
    escaped = "日本".encode("iso2022_jp")
    assert decode(escaped, "text/html; charset=iso-2022-jp").text == "日本"
    assert decode(escaped, "text/html; charset=shift_jis").charset == "utf-8"
    assert decode("日本".encode(), "text/html; charset=iso-2022-jp").text == "日本"


def test_what_is_declared_is_tried_by_how_much_it_proves() -> None:
    """Encodings of one byte come last, whatever names them; the header binds more than the page among others."""
    body = '<meta charset="big5"><p>中文</p>'
    assert decode(body.encode("big5"), "text/html; charset=windows-1252").charset == "big5hkscs"
    gbk, big5 = b'<meta charset="big5">\xa4\xa4', "text/html; charset=gbk"
    assert decode(gbk, big5).charset == "gb18030"


@pytest.mark.parametrize("true", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [page(CHINESE), page("x" * 2000), "<p>one two</p>"], ids=["zh", "long", "short"])
def test_wide_text_is_reported_by_its_zeros(text: str, true: str) -> None:
    """Without a mark and whatever is declared; single zeros in other text make it nothing else."""
    found = decode(text.encode(true), "text/html; charset=utf-8")
    assert (found.text, found.charset, found.sure) == (text, true, True)
    assert decode(b"<p>one\0two</p>" + b"words " * 100).charset == "utf-8"


def test_a_cut_last_character_is_no_damage() -> None:
    """A body cut at a limit may end within a character."""
    assert decode("é中".encode()[:-1]).text == "é"
    assert decode("é中".encode("utf-16")[:-1]).text == "é"
    cut = decode((RUSSIAN * 3).encode() + b"\xff" + "中".encode()[:-1])
    assert (cut.charset, cut.text.count("\ufffd")) == ("utf-8", 2)


def test_utf7_is_never_decoded() -> None:
    """UTF-7 hides markup in ASCII: the text stays as it is, and is doubted."""
    found = decode(b'<html><head><meta charset="utf-7"></head>+ADw-script+AD4-</html>')
    assert "+ADw-script" in found.text
    assert not found.sure


@given(st.binary(max_size=300), st.text(max_size=40))
def test_any_bytes_give_text(body: bytes, content_type: str) -> None:
    """Nothing raises, whatever header and body hold."""
    decode(body, content_type)
    decode(body, f"text/html; charset={content_type}")
