"""What projects are counted in, unit by unit in seven languages, and what stands between a number and its noun."""

from __future__ import annotations

import pytest

from offing.model.reading.mention import Quantity
from recognize.samples import found, shipped_wording

LANGUAGES = ("en", "fr", "es", "pt", "zh", "ru", "ar")
COUNTED = {
    "buoys": (
        *("40 weather buoys", "40 bouées météorologiques", "40 boyas meteorológicas", "40 boias meteorológicas"),
        *("40个气象浮标", "40 метеобуев", "40 عوامة أرصاد"),
    ),
    "underwater gliders": (
        *("12 underwater gliders", "12 planeurs sous-marins", "12 planeadores submarinos"),
        *("12 deslizadores submarinos", "12台水下滑翔机", "12 подводных глайдеров", "12 غواصة شراعية"),
    ),
    "radars": (
        *("5 weather radars", "5 radars météorologiques", "5 radares meteorológicos", "5 radares meteorológicos"),
        *("5部天气雷达", "5 метеорадаров", "5 رادارات طقس"),
    ),
    "motor cultivators": (
        *("90 power tillers", "90 motoculteurs", "90 motocultores", "90 motocultivadores", "90台手扶拖拉机"),
        *("90 мотоблоков", "90 محراث آلي"),
    ),
    "lathes": (
        *("26 lathes", "26 machines-outils", "26 tornos", "26 tornos", "26台车床", "26 токарных станков", "26 مخرطة"),
    ),
    "presses": (
        *("24 injection presses", "24 presses à injection", "24 prensas de inyección", "24 prensas"),
        *("24台注塑机", "24 пресса", "24 مكبسا"),
    ),
    "compressors": (
        *("12 compressors", "12 compresseurs", "12 compresores", "12 compressores", "12台离心压缩机"),
        *("12 компрессоров", "12 ضاغطا"),
    ),
    "bays": (
        *("14 GIS bays", "14 travées", "14 bahías", "14 baías", "14个出线间隔", "14 ячеек КРУЭ", "14 خلية تحويل"),
    ),
    "circuit breakers": (
        *("30 circuit breakers", "30 disjoncteurs", "30 interruptores", "30 disjuntores", "30台断路器"),
        *("30 выключателей", "30 قاطع دورة"),
    ),
    "charging points": (
        *("60 fast chargers", "60 bornes de recharge", "60 puntos de recarga", "60 pontos de carregamento"),
        *("60个充电桩", "60 зарядок", "60 نقطة شحن"),
    ),
    "pumps": (
        *(
            "18 motor pumps",
            "18 motopompes",
            "18 motobombas",
            "18 motobombas",
            "18台水泵",
            "18 мотопомп",
            "18 مضخة مياه",
        ),
    ),
    "siphons": (*("3 siphons", "3 siphons", "3 sifones", "3 sifões", "3处倒虹吸", "3 дюкера", "3 سيفونات"),),
    "reservoirs": (
        *("29 water towers", "29 châteaux d'eau", "29 reservorios", "29 reservatórios", "29座水塔"),
        *("29 водохранилищ", "29 خزانا"),
    ),
    "junctions": (
        *(
            "64 crossroads",
            "64 carrefours",
            "64 esquinas",
            "64 cruzamentos",
            "64个交通路口",
            "64 перекрёстка",
            "64 تقاطعا",
        ),
    ),
    "workstations": (
        *("22 workstations", "22 postes d'analyse", "22 estaciones de trabajo", "22 postos de análise"),
        *("22台阅片工作站", "22 пульта", "22 محطة عمل"),
    ),
    "telecentres": (
        *("16 telecentres", "16 télécentres", "16 telecentros", "16 telecentros", "16个数字中心"),
        *("16 телецентров", "16 مركز معلومات"),
    ),
    "call centres": (
        *("7 call centres", "7 centres d'appels", "7 centros de llamadas", "7 centrais de atendimento"),
        *("7个呼叫中心", "7 колл-центров", "7 مراكز اتصال"),
    ),
    "panic buttons": (
        *("35 panic buttons", "35 boutons d'alerte", "35 botones de pánico", "35 botões de pânico"),
        *("35个一键报警按钮", "35 тревожных кнопок", "35 زر طوارئ"),
    ),
    "microwave links": (
        *("410 microwave links", "410 faisceaux hertziens", "410 enlaces de microondas", "410 feixes hertzianos"),
        *("410条微波链路", "410 радиорелейных линий", "410 وصلات ميكروويف"),
    ),
    "transponders": (
        *("38 transponders", "38 transpondeurs", "38 transpondedores", "38 transponders"),
        *("38个转发器", "38 транспондеров", "38 مجيبا"),
    ),
    "databases": (
        *("12 databases", "12 bases de données", "12 bases de datos", "12 bancos de dados"),
        *("12个数据库", "12 баз данных", "12 قاعدة بيانات"),
    ),
    "ATMs": (
        *("300 cash machines", "300 distributeurs automatiques", "300 cajeros automáticos", "300 caixas automáticas"),
        *("300台自动取款机", "300 банкоматов", "300 صراف آلي"),
    ),
    "municipalities": (
        *(
            "41 municipalities",
            "41 communes",
            "41 municipios",
            "41 municípios",
            "41个市镇",
            "41 муниципалитета",
            "41 بلدية",
        ),
    ),
    "registries": (
        *("178 civil registry offices", "178 centres d'état civil", "178 registros civiles", "178 conservatórias"),
        *("178个登记处", "178 ЗАГСов", "178 مكتب أحوال مدنية"),
    ),
    "fuel stations": (
        *("20 petrol stations", "20 stations-service", "20 gasolineras", "20 postos de combustível"),
        *("20座加油站", "20 автозаправок", "20 محطة وقود"),
    ),
    "swimming pools": (
        *(
            "6 swimming pools",
            "6 piscines",
            "6 piscinas",
            "6 piscinas",
            "6个游泳池",
            "6 плавательных бассейнов",
            "6 مسابح",
        ),
    ),
    "electrocardiographs": (
        *("110 ECG machines", "110 électrocardiographes", "110 electrocardiógrafos", "110 eletrocardiógrafos"),
        *("110台心电图机", "110 электрокардиографов", "110 جهاز تخطيط قلب"),
    ),
    "defibrillators": (
        *("15 defibrillators", "15 défibrillateurs", "15 desfibriladores", "15 desfibrilhadores"),
        *("15台除颤仪", "15 дефибрилляторов", "15 جهاز صدمات قلبية"),
    ),
    "anaesthesia machines": (
        *("9 anaesthesia machines", "9 appareils d'anesthésie", "9 máquinas de anestesia", "9 aparelhos de anestesia"),
        *("9台麻醉机", "9 наркозных аппаратов", "9 أجهزة تخدير"),
    ),
    "workbenches": (
        *(
            "30 workbenches",
            "30 établis",
            "30 mesas de trabajo",
            "30 bancadas",
            "30张实训台",
            "30 верстаков",
            "30 طاولة عمل",
        ),
    ),
    "garbage trucks": (
        *("25 garbage trucks", "25 bennes à ordures", "25 camiones de basura", "25 camiões de lixo"),
        *("25辆垃圾车", "25 мусоровозов", "25 شاحنة نفايات"),
    ),
    "tunnel boring machines": (
        *("3 tunnel boring machines", "3 tunneliers", "3 tuneladoras", "3 tuneladoras", "3台盾构机"),
        *("3 проходческих щита", "3 آلات حفر أنفاق"),
    ),
    "girders": (*("840 girders", "840 poutres", "840 vigas", "840 vigas", "840片箱梁", "840 балок", "840 عارضة"),),
    "sleepers": (
        *(
            "9000 sleepers",
            "9000 traverses",
            "9000 durmientes",
            "9000 travessas",
            "9000根轨枕",
            "9000 шпал",
            "9000 فلنكة",
        ),
    ),
    "governorates": (
        *("6 governorates", "6 gouvernorats", "6 gobernaciones", "6 governadorias", "6个省份政府"),
        *("6 мухафаз", "6 محافظات"),
    ),
    "sheep": (
        *("2500 sheep", "2500 moutons", "2500 ovejas", "2500 ovelhas", "2500只羊", "2500 овец", "2500 رأس من الغنم"),
    ),
    "chickens": (
        *("3000 chickens", "3000 poulets", "3000 gallinas", "3000 frangos", "3000只蛋鸡", "3000 цыплят", "3000 دجاجة"),
    ),
    "nautical miles": (
        *("40 nautical miles", "40 milles nautiques", "40 millas náuticas", "40 milhas náuticas", "40海里"),
        *("40 морских миль", "40 ميلا بحريا"),
    ),
    "persons": (
        *("24 mappers", "24 thésards", "24 muchachas", "24 informáticos", "24名测绘人员", "24 землемера", "24 مرشدا"),
    ),
}
TABLE = [
    (language, text, unit) for unit, texts in COUNTED.items() for language, text in zip(LANGUAGES, texts, strict=True)
]


def read(text: str, language: str) -> list[tuple[str, str]]:
    """The quantities of a text: value, unit."""
    values = [mention.value for mention in found(text, "quantity", language)]
    return [(f"{value.value.normalize():f}", value.unit) for value in values if isinstance(value, Quantity)]


@pytest.mark.parametrize(("language", "text", "unit"), TABLE)
def test_what_is_counted(language: str, text: str, unit: str):
    """One item has one unit, whichever language counts it."""
    value = "".join(char for char in text if char.isdigit())
    assert read(text, language) == [(value, unit)]


def test_the_languages_know_nearly_the_same_units():
    """Whoever adds a unit gives its wordings in all languages; what only a few write is told in English at least."""
    written: dict[str, set[str]] = {}
    for form in shipped_wording().units:
        written.setdefault(form.currency, set()).add(form.language)
    latin = {"en", "fr", "es", "pt"}
    lacking = {
        unit for unit, languages in written.items() if {*LANGUAGES} - languages - (latin if "*" in languages else set())
    }
    assert len(lacking) < len(written) / 20


@pytest.mark.parametrize(
    ("language", "text", "sizes"),
    [
        ("en", "three 230 kV substations", [("3", "substations"), ("230", "kV")]),
        ("en", "six 3.5-metre antennas", [("6", "antennas"), ("3.5", "m")]),
        ("en", "two 230/132 kV substations", [("2", "substations")]),
        ("zh", "62座11千伏开关站", [("62", "substations"), ("11", "kV")]),
        ("zh", "两台60万千瓦机组", [("2", "turbines"), ("600", "MW")]),
        ("ru", "три 125-МВА трансформатора", [("3", "transformers"), ("125", "MVA")]),
        ("en", "five 40 schools", [("40", "schools")]),
        ("en", "five 40, cameras", []),
    ],
)
def test_things_with_their_rating(language: str, text: str, sizes: list[tuple[str, str]]):
    """What each of the items is rated at may stand between their number and their noun."""
    assert read(text, language) == sizes


@pytest.mark.parametrize(
    ("language", "text", "size"),
    [
        ("zh", "提供2000台平板电脑", ("2000", "tablets")),
        ("zh", "装了2010余个摄像头", ("2010", "cameras")),
        ("ru", "тремя насосными станциями", ("3", "pumping stations")),
        ("ru", "Насосные станции: 16", ("16", "pumping stations")),
        ("ru", "рабочих мест — 700", ("700", "workplaces")),
        ("ar", "محطتي الضخ", ("2", "pumping stations")),
        ("ar", "قمرين صناعيين", ("2", "satellites")),
        ("ar", "محطتين فرعيتين", ("2", "substations")),
        ("en", "340,000 household meters", ("340000", "meters")),
    ],
)
def test_how_languages_count(language: str, text: str, size: tuple[str, str]):
    """A measure word is behind no year; cases, pairs and compounds are read, the longer wording before the shorter."""
    assert read(text, language) == [size]


@pytest.mark.parametrize(
    ("language", "text", "size"),
    [
        ("es", "Las cámaras son de los ministerios. Se colgaron 540 equipos", ("540", "cameras")),
        ("es", "Los ministerios compraron 540 equipos", ("540", "devices")),
        ("en", "The roads are bad. It bought 60 further units", ("60", "units")),
    ],
)
def test_devices_are_no_places(language: str, text: str, size: tuple[str, str]):
    """A general word stands for an item that was named before, never for a place or an office."""
    assert read(text, language)[-1] == size
