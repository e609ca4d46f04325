"""Derives Cyrillic forms of names: Latin names as Russian press spells them, Cyrillic names without case endings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from offing.recognize.text.folded_text import fold_form

_LATIN = re.compile(r"[a-z]{5,}")
_CYRILLIC = re.compile("[\u0400-\u04ff]{5,}")
_ENDING = re.compile("(?:ского|скому|ской|скую|ским|ском|ская|ский|ское|ские|ских|[аеиоуыэюяй])$", re.IGNORECASE)
_SHORTEST = 4
# Longer spellings first; folded Cyrillic: й is и, ё is е.
_SPELLED = (
    *(
        ("shch", "щ"),
        ("sch", "ш"),
        ("zh", "ж"),
        ("kh", "х"),
        ("ch", "ч"),
        ("sh", "ш"),
        ("ts", "ц"),
        ("ph", "ф"),
        ("th", "т"),
    ),
    *(
        ("ya", "я"),
        ("yu", "ю"),
        ("yo", "е"),
        ("ye", "е"),
        ("ia", "ия"),
        ("ou", "у"),
        ("oo", "у"),
        ("ee", "и"),
        ("ck", "к"),
    ),
    *(
        ("a", "а"),
        ("b", "б"),
        ("c", "к"),
        ("d", "д"),
        ("e", "е"),
        ("f", "ф"),
        ("g", "г"),
        ("h", "х"),
        ("i", "и"),
        ("j", "дж"),
    ),
    *(
        ("k", "к"),
        ("l", "л"),
        ("m", "м"),
        ("n", "н"),
        ("o", "о"),
        ("p", "п"),
        ("q", "к"),
        ("r", "р"),
        ("s", "с"),
        ("t", "т"),
    ),
    *(("u", "у"), ("v", "в"), ("w", "в"), ("x", "кс"), ("y", "и"), ("z", "з")),
)
_TOKENS = re.compile("|".join(latin for latin, _ in _SPELLED))
_LETTERS = dict(_SPELLED)


def in_cyrillic(name: str) -> Iterator[str]:
    """The forms of a one-word name in a Russian text: without its ending, and as an adjective.

    None for names of several words, and for scripts other than Latin and Cyrillic.
    """
    folded = fold_form(name)
    spelled = _TOKENS.sub(lambda match: _LETTERS[match[0]], folded) if _LATIN.fullmatch(folded) else folded
    base = _ENDING.sub("", spelled)
    if _CYRILLIC.fullmatch(spelled) and len(base) >= _SHORTEST:
        yield base
        yield f"{base}ск*"
