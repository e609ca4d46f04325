"""Text as offing keeps it: cleaned once, at the border where foreign data comes in. Pure.

Part of the model because polling and extraction share these rules but may not import each other.
Cleaning is idempotent, so offsets counted in cleaned text stay right.
Figures: docs/limits.md, Sizes.
"""

from __future__ import annotations

import html
import re
import sys
import unicodedata

LONGEST_TOKEN = 1000
_LONGEST_MARKS = 30  # UAX 15, Stream-Safe Text Format; longer runs make normalisation quadratic

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
# Zero-width space, word joiner, byte order mark, soft hyphen, tag characters: they hide words from readers
# and from matching. The joiners are spelling in Arabic, Persian, Indic scripts and emoji, and are kept there.
_INVISIBLE = re.compile(r"[\u00ad\u180e\u200b\u2060-\u2064\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]+")
_JOINER = re.compile(
    r"(?<![\u0590-\u1fff\u2600-\u27bf\ufb1d-\ufdff\ufe0f\ufe70-\ufefc\U0001f000-\U0001faff])[\u200c\u200d]+"
)
_JOINERS = re.compile(r"([\u200c\u200d])[\u200c\u200d]+")
_BIDI = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f]+")
_MARKS = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    rf"\ufe20-\ufe2f]{{{_LONGEST_MARKS}}})[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f"
    r"\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_LONG_TOKEN = re.compile(rf"([!-~\u00a1-\u024f\u0370-\u058f]{{{LONGEST_TOKEN}}})[!-~\u00a1-\u024f\u0370-\u058f]+")

_TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>")
_BLOCK_TAG = re.compile(
    r"</?(?:p|br|div|li|ul|ol|h[1-6]|tr|td|th|table|blockquote|section|article|hr|dd|dt|dl|figure|figcaption)\b[^<>]*>",
    re.IGNORECASE,
)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NUMBER = re.compile(r"(?:[xX]([0-9a-fA-F]{1,32})|([0-9]{1,32}));?")
_UNFIT_BYTES = bytes({*range(0x20)} - {*b"\t\n\r"})
_MAYBE_ENTITY = re.compile(r"&[#\w]{2,32};")


def clean_text(text: str) -> str:
    """Return one line of plain text: NFC, no controls, surrogates, invisible or direction marks; white space collapsed.

    Never raises. `clean_text(clean_text(x)) == clean_text(x)`.
    """
    line = text.replace("\n", " ").replace("\t", " ").replace("\r", " ").replace("\xa0", " ")
    if not line.isprintable():  # few texts hold unprintable ones: the patterns cost ten times as much as the check
        line = _without_unseen(text)
    if not line.isascii():
        line = unicodedata.normalize("NFC", _MARKS.sub(r"\1", line))
    return " ".join(line.split())


def _without_unseen(text: str) -> str:
    text = _CONTROL.sub("", _SURROGATE.sub("\ufffd", text))
    text = _BIDI.sub("", _INVISIBLE.sub("", text))
    return _JOINERS.sub(r"\1", _JOINER.sub("", text))


def shorten_tokens(text: str) -> str:
    """Return the text with unbroken runs of letters truncated if longer than any word.

    Scripts without spaces are kept.
    """
    return _LONG_TOKEN.sub(r"\1", text)


def strip_markup(text: str) -> str:
    """Return the text of a piece of HTML: comments, scripts and tags out, character references resolved. Linear.

    Only what looks like a tag goes: `<` before a letter up to the next `>`. "GDP < 5 %" stays.
    """
    if "<" in text:
        for start, end in (("<!--", "-->"), ("<script", "</script"), ("<style", "</style")):
            text = _without(text, start, end)
        text = _TAG.sub("", _BLOCK_TAG.sub(" ", text))
    return html.unescape(text) if _MAYBE_ENTITY.search(text) else text


def lines_of(text: str) -> list[str]:
    """Return the lines of a text that may hold markup, possibly escaped twice: blocks and line breaks end them."""
    once = html.unescape(text) if "&lt;" in text else text
    return strip_markup(_BLOCK_TAG.sub("\n", once)).splitlines()


def plain(text: str) -> str:
    """Return cleaned plain text of a string that may hold markup."""
    return clean_text(strip_markup(text))


def fit_for_xml(text: str) -> str:
    """The text with every character that XML cannot represent replaced by U+FFFD, whether literal or as a reference.

    Markup parsers raise on these, or pass them on to a database that refuses them (docs/limits.md, L7).
    """
    fit = text if _is_fit(text) else _NOT_IN_XML.sub("\ufffd", text)
    start, *references = fit.split("&#")
    return "".join((start, *map(_mended, references))) if references else fit


def _is_fit(text: str) -> bool:
    """Return whether XML can represent all literal characters.

    Several times as fast as searching for those it cannot.
    """
    try:
        raw = text.encode()
    except UnicodeEncodeError:  # surrogates
        return False
    return len(raw.translate(None, _UNFIT_BYTES)) == len(raw) and "\ufffe" not in text and "\uffff" not in text


def _mended(behind: str) -> str:
    """Return the text after the `&#` of a reference, including it.

    The reference is replaced if XML cannot represent it.
    """
    found = _NUMBER.match(behind)
    if found:
        number = int(found[1], 16) if found[1] else int(found[2])
        if number > sys.maxunicode or _NOT_IN_XML.match(chr(number)):
            return "\ufffd" + behind[found.end() :]
    return "&#" + behind


def cut_bytes(text: str, limit: int) -> str:
    """Return the longest prefix of cleaned text that takes at most `limit` bytes as UTF-8."""
    raw = text.encode("utf-8", "replace")
    return text if len(raw) <= limit else raw[:limit].decode("utf-8", "ignore").rstrip()


def _without(text: str, start: str, end: str) -> str:
    """Return the text without what lies between two marks; an opening mark that is never closed removes the rest."""
    lower = text.lower() if start != "<!--" else text
    if len(lower) != len(text) or start not in lower:  # a few letters grow when lowered; tags still go later
        return text
    kept, at = [], 0
    while (found := lower.find(start, at)) >= 0:
        kept.append(text[at:found])
        closing = lower.find(end, found + len(start))
        if closing < 0:
            return "".join(kept)
        at = lower.find(">", closing) + 1 or len(text)
    return "".join([*kept, text[at:]])
