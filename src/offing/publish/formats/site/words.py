"""How the pages of the site write values: words of closed lists, numbers, names of files. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from typing import Any

from offing.model.values import iso
from offing.publish.cells import clean

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def said(word: str) -> str:
    """A word of a closed list or the name of a column, for people: "under construction", "e-government"."""
    return re.sub(r"(?<!\be)-|_", " ", word)


def figure(text: str) -> str:
    """A number with commas between its thousands; what is no number stays as it is."""
    whole, dot, part = text.partition(".")
    return f"{int(whole):,}{dot}{part}" if whole.isdecimal() and whole.isascii() else text


def percent(share: float) -> str:
    """A share as a percentage; never 0 % or 100 % where it is not."""
    if 0 < share < 0.01 or 0.99 < share < 1:  # noqa: PLR2004 -- what would be rounded to nothing or to all
        return f"{share:.1%}" if 0.001 <= share <= 0.999 else "under 0.1%" if share < 0.5 else "over 99.9%"  # noqa: PLR2004 -- the same
    return f"{share:.0%}"


def slug(key: str) -> str:
    """A name of a file for a key; different keys have different ones, also where letters are not told apart."""
    plain = re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")[:60]
    if plain and (key == plain or iso.country_by_alpha3(key)):
        return plain
    return "-".join(filter(None, (plain, hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:8])))


def safe_link(url: str) -> str:
    """The address where a browser may go there, else "": a script or a file of the reader's own is no source."""
    url = clean(url).strip()
    return url if re.match(r"https?://[^\s]", url, re.IGNORECASE) else ""


def language(code: str) -> str:
    """A language as HTML names it; "" where it is unknown."""
    return code if _LANGUAGE.fullmatch(code) else ""


def direction(code: str) -> str:
    """The direction in which a text of a language is written; "auto" where that is unknown."""
    return "rtl" if code.partition("-")[0] in RIGHT_TO_LEFT else "ltr" if code else "auto"


FILTERS: Mapping[str, Callable[..., Any]] = {
    "said": said,
    "figure": figure,
    "percent": percent,
    "slug": slug,
    "safe_link": safe_link,
    "language": language,
    "direction": direction,
}
