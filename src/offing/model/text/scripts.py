"""Scripts: the character ranges that identify them, and the script of each language."""

from __future__ import annotations

from functools import cache

from babel.core import get_global

LATIN = "latin"
CYRILLIC = "cyrillic"
ARABIC = "arabic"
HAN = "han"
KANA = "kana"
RANGES = {
    LATIN: r"a-zA-Z\u00c0-\u024f\u1e00-\u1eff",
    CYRILLIC: r"\u0400-\u052f",
    ARABIC: r"\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff",
    HAN: r"\u3400-\u9fff\uf900-\ufaff",
    KANA: r"\u3040-\u30ff",
    "ko": r"\uac00-\ud7af\u1100-\u11ff",
    "el": r"\u0370-\u03ff",
    "he": r"\u0590-\u05ff",
    "th": r"\u0e00-\u0e7f",
    "lo": r"\u0e80-\u0eff",
    "km": r"\u1780-\u17ff",
    "my": r"\u1000-\u109f",
    "ka": r"\u10a0-\u10ff",
    "hy": r"\u0530-\u058f",
    "am": r"\u1200-\u137f",
    "hi": r"\u0900-\u097f",
    "bn": r"\u0980-\u09ff",
    "ta": r"\u0b80-\u0bff",
    "te": r"\u0c00-\u0c7f",
    "si": r"\u0d80-\u0dff",
}
# By their names in ISO 15924; a script used mainly by one language is named by that language.
_BY_ISO = dict(
    pair.split(":")
    for pair in (
        f"Latn:{LATIN} Cyrl:{CYRILLIC} Arab:{ARABIC} Hans:{HAN} Hant:{HAN} Jpan:{KANA} Kore:ko Grek:el Hebr:he Thai:th "
        "Laoo:lo Khmr:km Mymr:my Geor:ka Armn:hy Ethi:am Deva:hi Beng:bn Taml:ta Telu:te Sinh:si"
    ).split()
)


@cache
def script_of(language: str) -> str:
    """Return the script in which a language is mostly written, by CLDR; Latin if CLDR does not know the language.

    A script that is not in `RANGES` keeps its ISO 15924 name, such as Gujr.
    """
    iso = str(get_global("likely_subtags").get(language, f"{language}_Latn")).split("_")[1]
    return _BY_ISO.get(iso, iso)
