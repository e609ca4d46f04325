"""Recognises words of Chinese syllables: Latin pinyin ("Haichuang"), Cyrillic Palladius ("Чжунсинь").

Tables of syllables: Hanyu Pinyin (ISO 7098) without tones; Palladius as Russian press writes Chinese names.
"""

from __future__ import annotations

import re
from functools import lru_cache

_PINYIN = {
    "": "a ai an ang ao e ei en er ou",
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "f": "a an ang ei en eng o ou u",
    "d": "a ai an ang ao e ei eng i ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao ei en eng i ian iang iao ie in ing iu ong u uan uo v",
    "l": "a ai an ang ao e ei eng i ian iang iao ie in ing iu ong ou u uan un uo v",
    "g": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "k": "a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo",
    "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "ch": "a ai an ang ao e en eng i ong ou u uai uan uang ui un uo",
    "sh": "a ai an ang ao e en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u uan ui un uo",
    "z": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "c": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "y": "a an ang ao e i in ing ong ou u uan ue un",
    "w": "a ai an ang ei en eng o u",
}
_PALLADIUS = {
    "": "а ай ань ан ао э эй энь эр оу и инь ин у ва вай вань ван вэй вэнь вэн во я янь ян яо е ю юань юэ юнь юн",
    "б": "а ай ань ан ао эй энь эн и янь яо е инь ин о у",
    "п": "а ай ань ан ао эй энь эн и янь яо е инь ин о оу у",
    "м": "а ай ань ан ао эй энь эн и янь яо е инь ин о оу у",
    "ф": "а ань ан эй энь эн о оу у",
    "д": "а ай ань ан ао э эн и янь яо е ин ю ун оу у уань уй унь о",
    "т": "а ай ань ан ао э эн и янь яо е ин ун оу у уань уй унь о",
    "н": "а ай ань ан ао эй энь эн и янь ян яо е инь ин ю ун у уань о юй",
    "л": "а ай ань ан ао э эй эн и янь ян яо е инь ин ю ун оу у уань унь о юй",
    "г": "а ай ань ан ао э энь эн ун оу у уа уай уань уан уй унь о",
    "к": "а ай ань ан ао э энь эн ун оу у уа уай уань уан уй унь о",
    "х": "а ай ань ан ао э эй энь эн ун оу у уа уай уань уан уй унь о э",
    "цз": "и я янь ян яо е инь ин юн ю юй юань юэ юнь а ай ань ан ао э энь эн ы ун оу у уань уй унь о",
    "ц": "и я янь ян яо е инь ин юн ю юй юань юэ юнь а ай ань ан ао э энь эн ы ун оу у уань уй унь о",
    "с": "и я янь ян яо е инь ин юн ю юй юань юэ юнь а ай ань ан ао э энь эн ы ун оу у уань уй унь о",
    "чж": "а ай ань ан ао э энь эн и ун оу у уа уань уан уй унь о",
    "ч": "а ай ань ан ао э энь эн и ун оу у уань уан уй унь о",
    "ш": "а ай ань ан ао э энь эн и оу у уа уай уань уан уй унь о",
    "ж": "ань ан ао э энь эн и ун оу у уань уй унь о",
}
_LATIN_WORD = re.compile(r"[A-Za-zÜü]{4,24}")
_CYRILLIC_WORD = re.compile(r"[А-Яа-яЁё]{4,24}")
_FEWEST, _MOST = 2, 4
# Typically Chinese: x, q, zh at the start of a syllable; цз, чж, сю, шэ, цю, хуа in Palladius.
_DISTINCTIVE_LATIN = re.compile(r"[xq]|zh|uang|iang|iong|(?:hu|gu|ku)an|iao|uo(?!r)|ng(?=[bdfhjlmnpqrstwxyz])")
_DISTINCTIVE_CYRILLIC = re.compile(
    "цз|чж|сю|ць|цю|цяо|цян|сян|ся|хуа|гуан|шэ|чэн|шэн|унь|энь|уань|эй|юань|ньш|ньт|ньл|нь|чуан"
)


# The commonest characters in Chinese company names, as pinyin.
_NAMING = re.compile(
    "(?:zhong|zhen|zheng|zhou|zhi|zhu|hua|xin|xing|xiang|xiong|xu|long|feng|tong|sheng|shun|shan|shui|hai|hong|heng|hui|tian|tai|"
    "yuan|yun|yang|ying|yong|yu|yi|rui|rong|lian|liang|lin|ling|lan|lu|li|guang|guo|jin|jing|jian|jia|jun|kun|kang|kai|ke|neng|dian|"
    "shu|jiang|xun|tuo|zhan|yue|jie|dong|gong|qiao|qing|qi|chuang|chang|cheng|chen|ning|nan|peng|ping|sen|wan|wei|wen|wu|bei|bao|bo|da|de|fa|fu|he|mei|ming|an){2,3}"
)


def _syllables(table: dict[str, str], fewest: int = _FEWEST) -> re.Pattern[str]:
    found = {initial + final for initial, finals in table.items() for final in finals.split()}
    ordered = sorted(found, key=len, reverse=True)
    one = f"(?:{'|'.join(ordered)})"
    return re.compile(f"{one}{{{fewest},{_MOST}}}")


_ANY_LATIN = _syllables(_PINYIN, 1)
_LATIN, _CYRILLIC = _syllables(_PINYIN), _syllables(_PALLADIUS)


@lru_cache(maxsize=8192)
def is_pinyin(word: str) -> bool:
    """Whether a word consists of two to four Chinese syllables: "Zhonghao", but "Panama" too."""
    return _LATIN_WORD.fullmatch(word) is not None and _LATIN.fullmatch(word.lower()) is not None


@lru_cache(maxsize=8192)
def is_syllabic(word: str) -> bool:
    """Whether a word consists of one or more Chinese syllables, as the parts of personal names do."""
    return _ANY_LATIN.fullmatch(word.lower()) is not None


@lru_cache(maxsize=8192)
def is_distinctive_pinyin(word: str) -> bool:
    """Whether such a word is hardly of another language: it has an x, a zh, an -uang."""
    return is_pinyin(word) and _DISTINCTIVE_LATIN.search(word.lower()) is not None


@lru_cache(maxsize=8192)
def is_naming_pinyin(word: str) -> bool:
    """Whether a word consists of syllables common in firm names: Hualong, Hengyuan, Nanhai."""
    return _LATIN_WORD.fullmatch(word) is not None and _NAMING.fullmatch(word.lower()) is not None


@lru_cache(maxsize=8192)
def is_palladius(word: str) -> bool:
    """Whether a Cyrillic word consists of two to four Chinese syllables that rarely occur together elsewhere."""
    low = word.lower()
    return (
        _CYRILLIC_WORD.fullmatch(word) is not None
        and _CYRILLIC.fullmatch(low) is not None
        and _DISTINCTIVE_CYRILLIC.search(low) is not None
    )
