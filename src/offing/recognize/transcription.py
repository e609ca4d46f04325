"""How Arabic and Russian press spells English names of firms: تشاينا كونستراكشن, «Чайна Роуд энд Бридж», سي آر بي سي.

A name is spelled word by word; an abbreviation is spelled in Arabic by the English names of its letters. Spellings
vary, so that each name has several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice, product

_MOST_SPELLINGS = 24  # of one name in one script
_ABBREVIATION = re.compile(r"[A-Z]{3,6}")
_SHORT = 3  # words of a name that needs its form
_FORMS = frozenset({"corporation", "company", "group"})
_LEGAL = frozenset({"co", "ltd", "inc", "limited", "llc"})
# Folding makes all kinds of alif one, and final yeh and teh.
_LETTERS: Mapping[str, str] = dict(
    entry.split(":")
    for entry in (
        *("A:ايه اي", "B:بي", "C:سي", "D:دي", "E:اي", "F:اف", "G:جي غي", "H:اتش ايتش", "I:اي", "J:جيه جي", "K:كيه كي"),
        *("L:ال", "M:ام", "N:ان", "O:او", "P:بي", "Q:كيو", "R:ار", "S:اس", "T:تي", "U:يو", "V:في", "W:دبليو"),
        *("X:اكس", "Y:واي", "Z:زد زي"),
    )
)
_ARABIC: Mapping[str, str] = {
    "china": "تشاينا شاينا",
    "and": "اند",
    "of": "اوف",
    "state": "ستيت",
    "national": "ناشيونال ناشونال",
    "international": "انترناشيونال انترناشونال",
    "overseas": "اوفرسيز",
    "communications": "كوميونيكيشنز كوميونيكيشن كومونيكيشنز كوميونيكاشنز",
    "communication": "كوميونيكيشن كومونيكيشن",
    "telecommunication": "تيليكوميونيكيشن تيليكومونيكيشن",
    "telecommunications": "تيليكوميونيكيشنز تيليكوميونيكيشن",
    "telecom": "تيليكوم تليكوم",
    "mobile": "موبايل",
    "unicom": "يونيكوم",
    "construction": "كونستراكشن كونستركشن كونستركشين",
    "engineering": "انجنيرينغ انجينيرينغ انجنيرنغ انجينيرنج انجنيرنج",
    "civil": "سيفيل",
    "railway": "ريلواي رايلواي ريلوي",
    "rail": "ريل",
    "road": "رود",
    "bridge": "بريدج بردج",
    "harbour": "هاربور هاربر",
    "harbor": "هاربور هاربر",
    "port": "بورت",
    "ports": "بورتس",
    "shipping": "شيبينغ شيبنغ",
    "merchants": "ميرشانتس مرشانتس ميرشنتس",
    "power": "باور",
    "electric": "الكتريك اليكتريك",
    "electronics": "الكترونيكس اليكترونيكس",
    "energy": "انرجي انيرجي",
    "petroleum": "بتروليوم بيتروليوم",
    "offshore": "اوفشور",
    "oil": "اويل",
    "technology": "تكنولوجي تيكنولوجي",
    "technologies": "تكنولوجيز تيكنولوجيز",
    "group": "غروب جروب",
    "corporation": "كوربوريشن كوربريشن",
    "company": "كومباني",
    "holdings": "هولدينغز هولدنغز",
    "holding": "هولدينغ هولدنغ",
    "investment": "انفستمنت انفيستمنت",
    "development": "ديفلوبمنت ديفيلوبمنت",
    "industry": "اندستري",
    "industries": "اندستريز",
    "industrial": "اندستريال",
    "machinery": "ماشينري",
    "import": "امبورت",
    "export": "اكسبورت",
    "wall": "وول",
    "great": "غريت جريت",
    "three": "ثري",
    "gorges": "غورجيز جورجيز",
    "grid": "غريد جريد",
    "resources": "ريسورسز",
    "mining": "ماينينغ",
    "nonferrous": "نونفيروس",
    "metallurgical": "ميتالورجيكال",
    "steel": "ستيل",
    "nuclear": "نيوكلير",
    "aerospace": "ايروسبيس",
    "satellite": "ساتلايت",
    "smart": "سمارت",
    "cloud": "كلاود",
    "digital": "ديجيتال",
    "solar": "سولار",
    "water": "ووتر",
    "environment": "انفايرونمنت",
    "medical": "ميديكال",
    "auto": "اوتو",
    "motor": "موتور",
    "heavy": "هيفي",
    "airport": "ايربورت",
    "geo": "جيو",
    "first": "فيرست",
    "bureau": "بيرو",
    "huawei": "هواوي",
    "shanghai": "شنغهاي شانغهاي",
    "beijing": "بكين بيجين بيجينغ",
    "shenzhen": "شنتشن شينزين",
}
_RUSSIAN: Mapping[str, str] = {
    "china": "чайна",
    "and": "энд",
    "of": "оф",
    "state": "стейт",
    "national": "нэшнл нэшенл нешнл нэйшнл",
    "international": "интернэшнл интернешнл интернэшенл интернейшнл интернейшенл",
    "overseas": "оверсиз",
    "communications": "коммуникейшнс коммьюникейшнс комьюникейшнз коммьюникейшнз",
    "communication": "коммуникейшн коммьюникейшн",
    "telecommunication": "телекоммуникейшн",
    "telecom": "телеком",
    "mobile": "мобайл",
    "unicom": "юником",
    "construction": "констракшн констракшен",
    "engineering": "инжиниринг энджиниринг",
    "civil": "сивил",
    "railway": "рейлвей рэйлвэй рейлвэй рэйлвей райлвей",
    "rail": "рейл рэйл",
    "road": "роуд",
    "bridge": "бридж",
    "harbour": "харбор харбур харбоур",
    "harbor": "харбор харбур",
    "port": "порт",
    "ports": "портс",
    "shipping": "шиппинг",
    "merchants": "мерчантс мерчентс",
    "power": "пауэр",
    "electric": "электрик",
    "electronics": "электроникс",
    "energy": "энерджи",
    "petroleum": "петролеум",
    "offshore": "оффшор",
    "oil": "ойл",
    "technology": "технолоджи текнолоджи",
    "technologies": "технолоджис технолоджиз текнолоджис",
    "group": "групп груп",
    "corporation": "корпорейшн корпорэйшн",
    "company": "компани",
    "holdings": "холдингс",
    "holding": "холдинг",
    "investment": "инвестмент",
    "development": "девелопмент",
    "industry": "индастри",
    "industries": "индастриз индастрис",
    "industrial": "индастриал",
    "machinery": "машинери",
    "import": "импорт",
    "export": "экспорт",
    "wall": "уолл",
    "great": "грейт",
    "three": "три",
    "gorges": "горджес",
    "grid": "грид",
    "resources": "ресорсиз ресурсез",
    "mining": "майнинг",
    "nonferrous": "нонферрос",
    "steel": "стил",
    "nuclear": "нуклеар",
    "aerospace": "аэроспейс",
    "satellite": "сателлайт",
    "smart": "смарт",
    "cloud": "клауд",
    "digital": "диджитал",
    "solar": "солар",
    "water": "уотер",
    "medical": "медикал",
    "auto": "авто",
    "motor": "мотор",
    "heavy": "хэви",
    "airport": "эйрпорт",
    "first": "фёрст ферст",
    "huawei": "хуавэй",
    "shanghai": "шанхай",
    "beijing": "бейджин бэйцзин",
    "shenzhen": "шэньчжэнь",
}


def transcribed(name: str) -> Iterator[str]:
    """How a Latin name may be spelled in Arabic and Russian, as far as its words are known; often not at all."""
    if _ABBREVIATION.fullmatch(name):
        yield from _joined([_LETTERS[letter].split() for letter in name])
        return
    words = [word for word in re.findall(r"[a-z0-9]+", name.lower().replace("&", "and")) if word not in _LEGAL]
    for spelled in (words, words[:-1] if len(words) > _SHORT and words[-1] in _FORMS else []):
        for spellings in (_ARABIC, _RUSSIAN):
            if len(spelled) > 1 and all(word in spellings for word in spelled):
                yield from _joined([spellings[word].split() for word in spelled])


def _joined(choices: list[list[str]]) -> Iterator[str]:
    return (" ".join(chosen) for chosen in islice(product(*choices), _MOST_SPELLINGS))
