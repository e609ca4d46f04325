"""Goods: things that a firm makes and sells, named beside it or at the top of a text; who brings them supplies them.

"cameras by X", "les onduleurs X", "оборудование X", 由X制造的电表: goods; a road, a bridge or a network are works.
"""

from __future__ import annotations

import re
from functools import lru_cache

from offing.model.mention import Mention

_LATIN = (
    # English
    "cameras?|scanners?|meters?|bus(?:es)?|trains?|trainsets?|locomotives?|wagons?|carriages?|trams?|terminals?|servers?|software|"
    "radios?|drones?|equipment|machines?|machinery|turbines?|panels?|inverters?|batter(?:y|ies)|antennas?|tablets?|laptops?|"
    "computers?|vehicles?|trucks?|cranes?|transformers?|cables?|devices?|handsets?|radars?|kits?|gear|hardware|screens?|"
    "whiteboards?|ambulances?|tractors?|generators?|modules?|chips?|sensors?|blades?|vaccines?|"
    # French
    "caméras?|portiques?|compteurs?|autobus|rames?|tramways?|terminaux|serveurs?|logiciels?|progiciels?|équipements?|matériels?|"
    "panneaux|onduleurs?|batteries?|antennes?|tablettes?|ordinateurs?|véhicules?|camions?|grues?|transformateurs?|câbles?|"
    "appareils?|écrans?|fours?|tracteurs?|éoliennes?|"
    # Spanish
    "cámaras?|escáner(?:es)?|medidor(?:es)?|autobús|autobuses|trenes|locomotoras?|vagones|tranvías?|terminales|servidores|equipos|"
    "equipamientos?|máquinas?|maquinaria|turbinas?|paneles|inversores|baterías?|antenas?|tarjetas?|tabletas?|computadoras?|"
    "vehículos?|camiones|grúas?|transformadores|aparatos?|radares|pantallas?|tractores|aerogeneradores|"
    # Portuguese
    "câmaras|câmeras?|contadores|autocarros?|ônibus|comboios?|trens|carruagens|terminais|rádios?|equipamentos?|painéis|baterias?|"
    "cartões|computadores|viaturas?|veículos?|camiões|guindastes?|pórticos?|cabos|aparelhos?|ecrãs?|ambulâncias?|tratores"
)
_RUSSIAN = (
    "камер|сканер|сч[её]тчик|автобус|электробус|поезд|локомотив|вагон|трамва|терминал|сервер|раци[йяи]|дрон|беспилотник|оборудовани|"
    "турбин|инвертор|батаре|антенн|планшет|компьютер|автомобил|кран[аыов]|трансформатор|кабел|прибор|радар|станк|аппарат|"
    "программно\\w+ обеспечени|техник[аиу]|модул|датчик|вакцин"
)
_ARABIC = (
    "كاميرا|كاميرات|ماسحات|عداد|عدادات|حافلات|حافلة|قطارات|قاطرات|عربات|خوادم|برمجيات|أجهزة|معدات|آلات|توربينات|ألواح|بطاريات|هوائيات|"
    "بطاقات|لوحات|سيارات|شاحنات|رافعات|أوناش|محولات|كابلات|رادارات|رادار|شاشات|طائرات|عتاد|لقاحات"
)
_HAN = (
    "设备|摄像头|摄像机|水表|电表|公交车|客车|列车|机车|动车组|服务器|软件|无人机|机器人|机器|风机|组件|逆变器|电池|天线|卡片|平板|电脑|车辆|卡车|"
    "起重机|岸桥|变压器|电缆|光缆|仪器|雷达|安检机|扫描仪|大屏|救护车|拖拉机|终端|疫苗|制证机|接收机|传感器|叶片"
)
_GOODS = re.compile(
    rf"(?<![^\W_])(?:{_LATIN})(?![^\W_])|(?<![^\W_])(?:{_RUSSIAN})\w{{0,8}}|"
    rf"(?<![\u0600-\u06ff])[ولبك]?(?:ال)?(?:{_ARABIC})(?![\u0600-\u06ff])|{_HAN}",
    re.IGNORECASE,
)
_BEFORE, _BEHIND = 32, 22  # characters between goods and the firm that brings them
_STOP = re.compile(r"[.;:!?。；！？\n]")


@lru_cache(maxsize=256)
def goods_of(text: str) -> tuple[str, ...]:
    """The words for goods in a stretch of text."""
    return tuple(match[0] for match in _GOODS.finditer(text))


def before(text: str, firm: Mention) -> bool:
    """Whether goods are named right before a firm in its sentence: cameras by X."""
    near = _STOP.split(text[max(0, firm.start - _BEFORE) : firm.start])[-1]
    return bool(goods_of(near))


def behind(text: str, firm: Mention) -> bool:
    """Whether goods are named right behind a firm: X's cameras, X设备."""
    return bool(goods_of(_STOP.split(text[firm.end : firm.end + _BEHIND])[0]))
