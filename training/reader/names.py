"""Names to substitute in texts: firms, lenders and towns from the lexicons, and invented firms.

Invented firms have a brand of Chinese syllables with a spelling in each of four scripts, so that a text in any of the
seven languages can name one as its press would.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

LEXICONS = Path(__file__).parents[2] / "config/lexicons"
LATIN = ("en", "fr", "es", "pt")
LANGUAGES = (*LATIN, "zh", "ru", "ar")
_SYLLABLES = tuple(
    tuple(entry.split(":"))
    for entry in (
        *("hua:хуа:华:هوا", "tong:тун:通:تونغ", "zhong:чжун:中:تشونغ", "xin:синь:信:شين", "da:да:达:دا"),
        *("hai:хай:海:هاي", "yuan:юань:源:يوان", "feng:фэн:丰:فنغ", "rui:жуй:瑞:روي", "lian:лянь:联:ليان"),
        *("heng:хэн:恒:هنغ", "kang:кан:康:كانغ", "jia:цзя:嘉:جيا", "tai:тай:泰:تاي", "long:лун:隆:لونغ"),
        *("bo:бо:博:بو", "wan:вань:万:وان", "sheng:шэн:盛:شنغ", "ming:мин:明:مينغ", "yi:и:亿:يي"),
        *("ke:кэ:科:كه", "jing:цзин:晶:جينغ", "hong:хун:宏:هونغ", "de:дэ:德:ده", "fu:фу:富:فو"),
        *("shi:ши:仕:شي", "lan:лань:蓝:لان", "qiang:цян:强:تشيانغ", "bei:бэй:北:بي", "nan:нань:南:نان"),
        *("guang:гуан:光:قوانغ", "yun:юнь:云:يون", "tian:тянь:天:تيان", "ze:цзэ:泽:زه", "hui:хуэй:汇:هوي"),
    )
)
_SEATS = tuple(
    tuple(entry.split(":"))
    for entry in (
        *("Shenzhen:Шэньчжэнь:深圳:شنتشن", "Hangzhou:Ханчжоу:杭州:هانغتشو", "Jiangsu:Цзянсу:江苏:جيانغسو"),
        *("Shandong:Шаньдун:山东:شاندونغ", "Hubei:Хубэй:湖北:خوبي", "Sichuan:Сычуань:四川:سيتشوان"),
        *("Anhui:Аньхой:安徽:آنهوي", "Wuhan:Ухань:武汉:ووهان", "Xi'an:Сиань:西安:شيان", "Fujian:Фуцзянь:福建:فوجيان"),
        *("Ningbo:Нинбо:宁波:نينغبو", "Henan:Хэнань:河南:خنان", "Chongqing:Чунцин:重庆:تشونغتشينغ"),
        *("Guangdong:Гуандун:广东:قوانغدونغ", "Yunnan:Юньнань:云南:يوننان", "Qingdao:Циндао:青岛:تشينغداو"),
        *("Hunan:Хунань:湖南:هونان", "Dalian:Далянь:大连:داليان", "Suzhou:Сучжоу:苏州:سوتشو", "Hefei:Хэфэй:合肥:خفي"),
    )
)
_LINES = tuple(
    tuple(entry.split(":"))
    for entry in (
        *("Construction:Констракшн:建设:للإنشاءات", "Engineering:Инжиниринг:工程:للهندسة"),
        *("Technology:Текнолоджи:科技:للتكنولوجيا", "Telecom:Телеком:通信:للاتصالات", "Power:Пауэр:电力:للطاقة"),
        *("Information:Информейшн:信息:للمعلومات", "Water Works:Уотер:水务:للمياه", "Medical:Медикал:医疗:الطبية"),
        *("Software:Софт:软件:للبرمجيات", "Electric:Электрик:电气:للكهرباء", "Mining:Майнинг:矿业:للتعدين"),
        *("Road & Bridge:Роуд энд Бридж:路桥:للطرق والجسور", "Optoelectronics:Оптоэлектроникс:光电:للبصريات"),
        *("Agriculture:Агро:农业:الزراعية", "Satellite:Сателлайт:卫星:للأقمار الصناعية", "Transport:Транс:交通:للنقل"),
        *(
            "New Energy:Нью Энерджи:新能源:للطاقة الجديدة",
            "Education:Эдьюкейшн:教育:للتعليم",
            "Data:Дата:数据:للبيانات",
        ),
    )
)
_ENDS = ("", "", "", "", " Co.", " Co., Ltd", " Group", " Corporation", " Holdings", " International")
_ENDS_ZH = ("", "", "公司", "集团", "有限公司", "股份有限公司", "集团有限公司")
_SCRIPTS = {"ru": 1, "zh": 2, "ar": 3}
_INVENTED = 0.6  # share of invented firms among substitutes
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Names:
    """Names by language."""

    firms: Mapping[str, Sequence[str]]
    lenders: Mapping[str, Sequence[str]]
    places: Mapping[str, Sequence[str]]
    countries: Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]]

    def firm(self, language: str, rng: Random) -> tuple[str, str]:
        """Return a random firm, and the part of its name that is used as its short name ("" if there is none)."""
        if rng.random() < _INVENTED or not self.firms[language]:
            return _invented(_SCRIPTS.get(language, 0), rng)
        name = rng.choice(self.firms[language])
        return name, "" if " " in name or len(name) > 4 else name


def names_of(folder: Path = LEXICONS) -> Names:
    """Return the names in the lexicons, except forms with a wildcard."""
    return Names(
        firms=_by_language(folder / "firm_aliases.csv", "alias"),
        lenders=_by_language(folder / "lender_aliases.csv", "alias"),
        places=_by_language(folder / "places.csv", "place", frozenset({"city", "capital", "region", "province"})),
        countries=_countries(folder / "country_forms.csv"),
    )


def _by_language(file: Path, column: str, kinds: frozenset[str] = frozenset()) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for row in _rows(file):
        name = row[column]
        languages = LATIN if row["lang"] == "*" and name.isascii() else (row["lang"],)
        if "*" not in name and len(name) >= _SHORTEST and (not kinds or row["kind"] in kinds):
            for language in languages:
                found.setdefault(language, []).append(name)
    return found


def _countries(file: Path) -> dict[str, dict[str, dict[str, list[str]]]]:
    """Return the forms by language, country and kind."""
    found: dict[str, dict[str, dict[str, list[str]]]] = {}
    for row in _rows(file):
        if row["kind"] in ("name", "demonym") and "*" not in row["form"]:
            kinds = found.setdefault(row["lang"], {}).setdefault(row["country"], {})
            kinds.setdefault(row["kind"], []).append(row["form"])
    return found


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _invented(script: int, rng: Random) -> tuple[str, str]:
    """Return an invented firm and its brand, in a script: 0 Latin, 1 Cyrillic, 2 Han, 3 Arabic."""
    seat, line = (rng.choice(entries)[script] for entries in (_SEATS, _LINES))
    brand = "".join(syllable[script] for syllable in rng.sample(_SYLLABLES, 2))
    seat = seat if rng.random() < 0.5 else ""
    if script == _SCRIPTS["zh"]:
        return f"{seat}{brand}{line}{rng.choice(_ENDS_ZH)}", brand
    brand = brand if script == _SCRIPTS["ar"] else brand.capitalize()
    line = line if rng.random() < 0.8 else ""
    end = rng.choice(_ENDS) if script == 0 else ""
    return " ".join(part for part in (seat, brand, line) if part) + end, brand
