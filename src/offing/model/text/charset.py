"""Bytes to text for documents of the open web, whose declared encoding is often wrong. Pure.

Part of the model because polling and extraction share these rules but may not import each other.
Order: byte order mark, bytes that are valid UTF-8, the declared encoding, a guess; a guess
is reported, so that nobody takes mojibake for news.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from encodings import normalize_encoding

from charset_normalizer import from_bytes
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, resolve_encoding

# Encodings that the press has used; Python knows many more codecs, some of which are not text encodings.
_MULTIBYTE = frozenset({"gb18030", "big5hkscs", "big5", "cp932", "euc_jp", "cp949", "johab", "hz"})
_STATEFUL = frozenset({"iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_jp_3", "iso2022_jp_ext", "iso2022_kr"})
_SINGLE = frozenset({
    *(f"cp{number}" for number in (*range(1250, 1259), 437, 850, 852, 855, 866, 874)),
    *(f"iso8859-{number}" for number in (*range(2, 9), 10, 13, 14, 15, 16)),  # 1, 9, 11 mean cp1252, 1254, 874
    *("koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "kz1048", "ptcp154"),
})  # fmt: skip
_UNICODE = ("utf-8", "utf-16", "utf-32")
# Labels of the WHATWG's Encoding Standard that neither Python nor w3lib knows, https://encoding.spec.whatwg.org, with
# the encoding browsers use for them; labels that browsers refuse to read are left out.
_LABELS = {
    label: name
    for name, labels in {
        **{f"cp{number}": f"x_cp{number}" for number in range(1250, 1259)},
        **{f"iso8859-{number}": f"iso8859{number}" for number in (2, 3, 4, 5, 10, 13, 14)},
        "iso8859-6": "iso88596 iso_8859_6_e iso_8859_6_i csiso88596e csiso88596i",
        "iso8859-7": "iso88597 sun_eu_greek",
        "iso8859-8": "iso88598 iso_8859_8_e iso_8859_8_i csiso88598e csiso88598i visual logical",
        "iso8859-15": "iso885915 csisolatin9",
        "cp1252": "x_cp1252 iso88591",
        "cp1254": "x_cp1254 iso88599",
        "cp874": "dos_874 iso885911",
        "koi8-r": "koi koi8",
        "koi8-u": "koi8_ru",
        "mac-roman": "mac x_mac_roman csmacintosh",
        "mac-cyrillic": "x_mac_cyrillic x_mac_ukrainian",
        "gb18030": "gb_2312 csgb2312 x_gbk",
        "big5hkscs": "cn_big5 x_x_big5",
        "euc_jp": "x_euc_jp cseucpkdfmtjapanese",
        "cp949": "windows_949 ks_c_5601_1989 ksc_5601 iso_ir_149 cseuckr csksc56011987",
        "utf-8": "unicode_1_1_utf_8 unicode11utf8 unicode20utf8 x_unicode20utf8",
        "utf-16-le": "unicode unicodefeff csunicode ucs_2 iso_10646_ucs_2",
        "utf-16-be": "unicodefffe",
    }.items()
    for label in labels.split()
}
# Western before Central European: a few accented letters are not enough to distinguish them.
_GUESSES = ["gb18030", "big5", "cp932", "euc_jp", "cp949", "cp1251", "koi8_r", "cp1256", "cp1252", "cp1253", "cp874"]
_ASCII = bytes(range(0x80))
_SAMPLE = 64 * 1024
_WIDE_SAMPLE = 512
_HEAD = 1024
_UTF7 = re.compile(r"(?:charset|encoding)\s*=\s*[\"']?\s*utf-?7\b", re.IGNORECASE)
_ZERO_SHARE = 0.1  # of every other byte; text in a one-byte encoding has no zero bytes at all
_BROKEN_SHARE = 0.05  # of the characters beyond ASCII: up to this share, text is damaged UTF-8, not another encoding


def _labelled(label: str) -> codecs.CodecInfo | None:
    name = _LABELS.get(normalize_encoding(label).lower())
    return codecs.lookup(name) if name else None


codecs.register(_labelled)  # w3lib asks Python which encoding a header or document names


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a document. `sure` is False if the encoding was guessed or bytes were replaced."""

    text: str
    charset: str
    sure: bool


def decode(body: bytes, content_type: str = "") -> Decoded:
    """Return the text of an HTML, XML or JSON document.

    Args:
        body: the bytes, possibly cut at a limit: an incomplete last character does not count as damage.
        content_type: the Content-Type header, "" if there was none.
    """
    marked, mark = read_bom(body)
    if marked and mark:
        return _lenient(body[len(mark) :], marked, sure=True)
    wide = _wide_without_mark(body)
    if wide:
        return _lenient(body, wide, sure=True)
    declared = tuple(dict.fromkeys(_declared(body, content_type)))
    for name in (*_stateful(declared, body), "utf-8", *sorted(declared, key=_is_single)):
        text = _strict(body, name)
        if text is not None:
            return Decoded(text, name, sure=not (text.isascii() and _names_utf7(body, content_type)))
    return _guessed(body, declared)


def encoding_named(label: str) -> str | None:
    """Return the text encoding that browsers use for a label; None if it names none.

    Python also knows codecs that are not text encodings, such as `undefined` and `idna`.
    """
    resolved = resolve_encoding(label)
    name = codecs.lookup(resolved).name if resolved else ""
    known = name in _MULTIBYTE or name in _STATEFUL or name in _SINGLE or name.startswith(_UNICODE)
    return name if known else None


def _declared(body: bytes, content_type: str) -> Iterator[str]:
    """Yield the text encodings that header and document declare, most binding first; Unicode is tried anyway."""
    for label in (http_content_type_encoding(content_type), html_body_declared_encoding(body)):
        name = encoding_named(label) if label else None
        if name and not name.startswith(_UNICODE):
            yield name


def _names_utf7(body: bytes, content_type: str) -> bool:
    """Return whether UTF-7 is declared: it can hide markup in ASCII, so it is never decoded."""
    return bool(_UTF7.search(content_type) or _UTF7.search(body[:_HEAD].decode("ascii", "ignore")))


def _stateful(declared: Iterable[str], body: bytes) -> tuple[str, ...]:
    """Return declared encodings whose bytes are all ASCII, so that they would pass as valid UTF-8."""
    return tuple(name for name in declared if name in _STATEFUL and b"\x1b" in body)


def _is_single(name: str) -> bool:
    """Return whether an encoding is single-byte: these decode any bytes, so they prove nothing and are tried last."""
    return name in _SINGLE


def _strict(body: bytes, name: str) -> str | None:
    try:
        return codecs.getincrementaldecoder(name)("strict").decode(body, final=False)
    except UnicodeError:
        return None


def _lenient(body: bytes, name: str, *, sure: bool) -> Decoded:
    return Decoded(codecs.getincrementaldecoder(name)("replace").decode(body, final=False), name, sure)


def _wide_without_mark(body: bytes) -> str | None:
    """UTF-16 or UTF-32 without a byte order mark, whatever is declared: most bytes of its markup are zero."""
    if body[1:4] == b"\0\0\0":
        return "utf-32-le"
    if body[:3] == b"\0\0\0":
        return "utf-32-be"
    head = body[:_WIDE_SAMPLE]
    odd, even = head[1::2].count(0), head[0::2].count(0)
    half = len(head) // 2
    if odd > _ZERO_SHARE * half >= 1 and even < odd / 4:
        return "utf-16-le"
    if even > _ZERO_SHARE * half >= 1 and odd < even / 4:
        return "utf-16-be"
    return None


def _guessed(body: bytes, declared: tuple[str, ...]) -> Decoded:
    """Return damaged UTF-8 if most of it is UTF-8, else the likeliest of the press's encodings."""
    utf8 = body.decode("utf-8", "replace")
    broken = utf8.count("\ufffd")
    beyond = sum(1 for char in utf8 if char > "\x7f") - broken
    if broken <= _BROKEN_SHARE * beyond:
        return Decoded(utf8, "utf-8", sure=False)
    best = from_bytes(_sample(body), cp_isolation=_GUESSES).best()
    return _lenient(body, best.encoding if best else next(iter(declared), "cp1252"), sure=False)


def _sample(body: bytes) -> bytes:
    """Return the part of the body around its first non-ASCII bytes; the markup before them carries no information."""
    first = len(body) - len(body.lstrip(_ASCII))
    return body[max(0, first - 100) : first + _SAMPLE]
