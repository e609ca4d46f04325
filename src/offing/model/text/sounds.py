"""Phonetic keys of names in any script: Suai and 苏艾, Tuzla and 图兹拉, Sebkha and السبخة.

A name is reduced to its consonants in eight classes: Chinese renders p and b, l and r, g, k and j alike, Arabic writes
few vowels, and Russian has its own letters. Vowels are left out. Equal sound is only a hint.
"""

from __future__ import annotations

import re
from functools import lru_cache

from offing.model.text.folding import fold_text

# The characters with which Chinese transcribes foreign names, by the consonant classes of their syllables. Taken from
# the Chinese names of towns abroad (GeoNames); only characters found in six or more.
_HAN_CLASSES = (
    ("", "乌烏额阿伊埃奥亞亚奧耶艾雅尤厄約约于欧歐易葉也愛宜牙俄由叶"),
    ("f", "夫瓦维維沃弗韦福菲韋费法威伍富費武佛魏斐腓甫"),
    ("fn", "文芬温溫万翁萬旺丰汶"),
    ("h", "哈赫海霍豪黑胡華花怀荷懷华"),
    ("hn", "亨漢汉翰罕洪皇红紅"),
    ("k", "克卡格科加基奇戈吉古库扎庫切瓜哥察凯盖凱傑高杰治查恰谷季考蓋喬賈乔贾丘區齊濟捷齐柯屈角徹夸"),
    ("k", "济舊奎契喀旧楚橋居彻車嘎嘉開焦可圭朱葛芝久果卓"),
    ("kn", "根金肯坎孔康甘昆泉钦贡京津琴欽冈詹干莊軍貢景將岡珍钱章"),
    ("n", "姆尼马恩纳馬納米梅莫諾诺安内因穆內默努涅昂奈讷那瑙摩密迈瑪紐纽美玛娜麦拿茅邁麥岸訥延毛揚墨"),
    ("n", "印扬牛雲奴茵慕洋"),
    ("nn", "蒙曼明芒门宁寧嫩門农農緬楠敏孟滿满缅"),
    ("p", "布巴普帕贝比波博伯皮佩貝珀拜派白彼別柏保卜匹包鲍勃不浦别瀑必坡培寶"),
    ("pn", "本畔班邦彭潘蓬平賓滨宾庞濱"),
    ("r", "尔拉爾里利雷罗勒洛羅莱萊鲁魯列盧卢劳赖吕热熱路賴瑞勞若麗丽茹略立柳呂榈律历黎烈力来廖累嘞櫚"),
    ("rn", "林兰蘭伦朗倫隆灵龙龍让靈廉任琳連连嶺冷容"),
    ("s", "斯茨塞希萨薩索沙施兹采苏茲瑟蘇謝舍泽谢佐錫策夏紹绍賽锡舒赛澤雪休肖莎祖歇樹思自溪措宰许學叙"),
    ("s", "席撒悉"),
    ("sn", "森圣什聖桑辛松兴申欣岑尚遜逊橡棕縣星宗赞興盛心雄咸仙杉"),
    ("t", "特德塔多托迪蒂达達泰杜代图圖地得陶戴島太度帝"),
    ("tn", "頓顿登滕丁丹坦敦廷東通滩灘唐湯当鄧邓堂但"),
)
_HAN = {char: of for of, chars in _HAN_CLASSES for char in chars}
_HAN_RUN = re.compile(f"[{''.join(_HAN)}]{{3,12}}")

_LETTERS = {
    **dict.fromkeys("bpпбبپ", "p"),
    **dict.fromkeys("dtдтتدطضثذ", "t"),
    **dict.fromkeys("gkqjcгкжчقكجغگخ", "k"),
    **dict.fromkeys("szxсзшщцسزشصظ", "s"),
    **dict.fromkeys("hхحه", "h"),
    **dict.fromkeys("lrлрلر", "r"),
    **dict.fromkeys("mnмнمنñ", "n"),
    **dict.fromkeys("fvwфвف", "f"),
}
_SCRIPTS = (
    ("han", re.compile("[\u3400-\u9fff]")),
    ("cyrillic", re.compile("[\u0400-\u04ff]")),
    ("arabic", re.compile("[\u0600-\u06ff]")),
)
_PAIRS = (("sch", "s"), ("sh", "s"), ("ch", "k"), ("kh", "k"), ("gh", "k"), ("ph", "f"), ("th", "t"), ("дж", "ж"))
_LAST_X = re.compile("x$")
_SOFT_C = re.compile("c(?=[eiy])")
_ARTICLE = re.compile(r"^(?:ال(?=.{3})|(?:el|al)[ -])")
_ONE_LETTER = re.compile(r"(.)\1+")
_LATER_H = re.compile("(?<=.)h")


@lru_cache(maxsize=65_536)
def sound(name: str) -> str:
    """Return the consonant classes of a name, in order: "Pokhara" gives "pkr"; empty if it has none.

    An h counts at the start only, since most languages drop it elsewhere.
    """
    if name[:1] in _HAN:
        return _ONE_LETTER.sub(r"\1", _LATER_H.sub("", "".join(_HAN.get(char, "") for char in name)))
    folded = _ONE_LETTER.sub(r"\1", _ARTICLE.sub("", fold_text(name)))
    for pair, one in _PAIRS:
        folded = folded.replace(pair, one)
    folded = _SOFT_C.sub("s", _LAST_X.sub("ks", folded))
    return _LATER_H.sub("", "".join(_LETTERS.get(char, "") for char in folded))


@lru_cache(maxsize=65_536)
def script_of(name: str) -> str:
    """Return the script of a name: names in the same script are compared as written, others by sound."""
    return next((script for script, pattern in _SCRIPTS if pattern.search(name)), "latin")


def han_names(text: str) -> list[str]:
    """Return the runs of a Chinese text that may be foreign names: all their characters are used in transcriptions."""
    return _HAN_RUN.findall(text)
