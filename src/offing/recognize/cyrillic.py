"""Names in Cyrillic script: a Latin name as Russian press spells it, a Cyrillic one without its case ending."""

from __future__ import annotations

import re
from collections.abc import Iterator

from offing.recognize.fold import fold_form

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
    """How a Latin name of one word may stand in a Russian text, without its ending; nothing for other names."""
    folded = fold_form(name)
    if _LATIN.fullmatch(folded):
        spelled = _TOKENS.sub(lambda match: _LETTERS[match[0]], folded)
        base = without_ending(spelled)
        yield base
        yield f"{base}ск*"


def without_ending(name: str) -> str:
    """A Cyrillic name of one word without the ending of its case, so that others fit; any other name as it is."""
    base = _ENDING.sub("", name)
    return base if _CYRILLIC.fullmatch(name) and len(base) >= _SHORTEST else name
