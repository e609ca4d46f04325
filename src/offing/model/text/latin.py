"""Latin forms of names: 浙江华陆科技 as Zhejiang Hualu Keji, Душанбе as Dushanbe, وزارة as Wzara. Pure.

Chinese is written in pinyin without tones, Russian as the English Wikipedia writes it, with the further letters of
other languages in Cyrillic. Arabic writes no short vowels, and no library adds them without a model of some hundred
megabytes: its letters are given as they stand (docs/decisions/0036-names-in-latin-letters.md). Other scripts stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

from offing.model.text.scripts import ARABIC, CYRILLIC, HAN, KANA, LATIN, RANGES
from offing.model.text.sounds import han_names

_OTHER = re.compile(f"[^\\W\\d_{RANGES[LATIN]}\u00aa\u00b5\u00ba]")
_RULED = re.compile(f"[{RANGES[HAN]}{RANGES[CYRILLIC]}{RANGES[ARABIC]}]")
_KANA = re.compile(f"[{RANGES[KANA]}]")
_MARKS = str.maketrans("，、。：；（）［］【】《》〈〉「」“”‘’·・،؛؟", ',,.:;()[][]""""""""\'\'  ,;?')
_TIDY = re.compile(r"\s+(?=[,.:;)\]]|$)|(?<=[(\[])\s+|^\s+")
_PAIR, _ODD = 2, 3  # characters
_AND = re.compile("([和与與及])")  # in no name's word, where the dictionary has none with it
_UNPUNCTUATED = re.compile(r"(?<=[,;:])(?=[^\W\d])")  # Chinese sets no blank behind a comma

# Letters of Ukrainian, Belarusian, Serbian, Macedonian, Kazakh, Kyrgyz, Tajik, Uzbek, Mongolian and Azerbaijani that
# Russian lacks, after the romanisations of the BGN and the PCGN, without their signs.
_CYRILLIC_LETTERS = (
    "ґ:g ѓ:g є:ye і:i ї:yi ў:w ђ:dj ј:j љ:lj њ:nj ћ:c ќ:k ѕ:dz џ:dz ғ:gh қ:q ң:ng ө:o ү:u ұ:u һ:h ә:a ҳ:h ҷ:j "
    "ӣ:i ӯ:u ҝ:k ҹ:j ҫ:s ҙ:z ҡ:q ѐ:e ѝ:i ь: ъ:"
)
_CYRILLIC = dict(pair.split(":") for pair in _CYRILLIC_LETTERS.split())
_CYRILLIC |= {letter.upper(): latin.capitalize() for letter, latin in _CYRILLIC.items()}
_CYRILLIC_TABLE = str.maketrans(_CYRILLIC)

_ARABIC_LETTERS = (
    "ب:b ت:t ث:th ج:j ح:h خ:kh د:d ذ:dh ر:r ز:z س:s ش:sh ص:s ض:d ط:t ظ:z غ:gh ف:f ق:q ك:k ل:l م:m ن:n ه:h "
    "پ:p چ:ch ژ:zh گ:g ک:k ڤ:v ا:a أ:a آ:a ى:a ٱ:a إ:i ئ:i ؤ:u ء: ـ:"
)
_ARABIC = dict(pair.split(":") for pair in _ARABIC_LETTERS.split())
_ARTICLE = re.compile("(?P<joined>[وبفك]?)(?:ال|(?P<to>لل))(?=..)")
_JOINED = {"و": "wa", "ب": "bi", "ف": "fa", "ك": "ka", "": ""}
_ALIFS = frozenset("اأآ")
_VOWELS = _ALIFS | frozenset("ىةوي")


@lru_cache(maxsize=16_384)
def latin(name: str) -> str:
    """Return a name in Latin letters; one that has only these, or is in a script without a rule here, as it is.

    Never raises, and is never empty for a name that has letters.
    """
    if not _RULED.search(name) or _KANA.search(name):
        return name
    text = unicodedata.normalize("NFC", name).translate(_MARKS)
    for run, in_latin in _RULES:
        text = run.sub(in_latin, text)
    tidy = _TIDY.sub("", _UNPUNCTUATED.sub(" ", " ".join(text.split())))
    return tidy if any(map(str.isalpha, tidy)) else name


def is_latin(name: str) -> bool:
    """Return whether a name has no letter of another script."""
    return not any(map(str.isalpha, _OTHER.findall(name)))


def _han(found: re.Match[str]) -> str:
    """The words of a Chinese run in pinyin, each with a capital; a character without a reading stays."""
    from pypinyin import lazy_pinyin  # takes .3 s, for tables that only a Chinese name needs

    words = ("".join(lazy_pinyin(word)) for word in _words(found[0]))
    return f" {' '.join(word.capitalize() for word in words if word)} "


def _words(run: str) -> Iterator[str]:
    """The words of a Chinese run: those of the dictionary of phrases, foreign names, and pairs of what is left.

    Names of firms, bodies and works are made of words of two characters, with a third at the end of some.
    """
    from pypinyin.seg.mmseg import seg

    single = ""
    for word in seg.cut(run):
        if len(word) == 1:
            single += word
            continue
        yield from _unlisted(single)
        single = ""
        yield from _pairs(word)
    yield from _unlisted(single)


def _unlisted(run: str) -> Iterator[str]:
    for part in _AND.split(run):
        at = 0
        for name in han_names(part):
            start = part.index(name, at)
            yield from _pairs(part[at:start])
            yield name
            at = start + len(name)
        yield from _pairs(part[at:])


def _pairs(run: str) -> Iterator[str]:
    while len(run) > _ODD:
        yield run[:_PAIR]
        run = run[_PAIR:]
    if run:
        yield run


def _cyrillic(found: re.Match[str]) -> str:
    import iuliia  # reads its schemas, in 40 ms

    run = found[0]
    romanised = str(iuliia.WIKIPEDIA.translate(run)).translate(_CYRILLIC_TABLE)
    return romanised.upper() if run.isupper() and len(run) > 1 else romanised


def _arabic(found: re.Match[str]) -> str:
    """One word: its article apart, its letters as they stand."""
    bare = "".join(char for char in unicodedata.normalize("NFKC", found[0]) if not unicodedata.combining(char))
    article = _ARTICLE.match(bare)
    stem = bare[article.end() :] if article else bare
    word = "".join(_arabic_letters(stem)).capitalize()
    if not article:
        return word
    joined = "lil" if article["to"] else f"{_JOINED[article['joined']]}-al".lstrip("-")
    return f"{joined}-{word}"


def _arabic_letters(stem: str) -> Iterator[str]:
    before = ""
    for char, after in zip(stem, f"{stem[1:]} ", strict=True):
        yield _arabic_letter(before, char, after)
        before = char


def _arabic_letter(before: str, char: str, after: str) -> str:
    """One letter: و and ي are consonants at the start and before a vowel, ع sounds like an a where none is written."""
    if char in "ويی":
        consonant = not before or after in _VOWELS
        if char == "و":
            return "w" if consonant else "u"
        return ("iy" if after == "ة" else "y") if consonant else "i"
    if char == "ع":
        return "" if {before, after} & _ALIFS else "a"
    if char == "ة":
        return "a"
    return _ARABIC.get(char, char)


_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(f"[{RANGES[HAN]}]+"), _han),
    (re.compile(f"[{RANGES[CYRILLIC]}]+"), _cyrillic),
    (re.compile(f"[{RANGES[ARABIC]}]+"), _arabic),
)
