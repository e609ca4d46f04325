"""Quantities in seven languages."""

from __future__ import annotations

import pytest

from offing.model.reading.mention import Quantity
from offing.model.reading.patterns import PatternRole
from offing.recognize.quantities.unit_kinds import UnitKinds
from recognize.samples import found, shipped_wording


def sizes(text: str, language: str = "en") -> list[tuple[str, str, str]]:
    """The quantities of a text: as written, value, unit."""
    read = []
    for mention in found(text, "quantity", language):
        assert isinstance(mention.value, Quantity)
        read.append((mention.text, f"{mention.value.value.normalize():f}", mention.value.unit))
    return read


@pytest.mark.parametrize(
    ("language", "text", "value", "unit"),
    [
        ("en", "800 kilometres", "800", "km"),
        ("en", "800km", "800", "km"),
        ("en", "46-kilometre", "46", "km"),
        ("en", "900 surveillance cameras", "900", "cameras"),
        ("en", "1,200 smart CCTV cameras", "1200", "cameras"),
        ("en", "12 MW", "12", "MW"),
        ("en", "1,300-megawatt-hour", "1300", "MWh"),
        ("en", "eleven schools", "11", "schools"),
        ("en", "three million passengers", "3000000", "passengers"),
        ("en", "2020 MW", "2020", "MW"),
        ("en", "17 km²", "17", "km2"),
        ("fr", "6 000 km", "6000", "km"),
        ("fr", "seize stations de base", "16", "base stations"),
        ("fr", "500 lits", "500", "beds"),
        ("es", "10.000 toneladas", "10000", "tonnes"),
        ("es", "600 cámaras", "600", "cameras"),
        ("pt", "12,4 quilômetros", "12.4", "km"),
        ("pt", "90 carruagens", "90", "wagons"),
        ("ru", "сто школ", "100", "schools"),
        ("ru", "17 тысяч квадратных метров", "17000", "m2"),
        ("ar", "679 مبنى", "679", "buildings"),
        ("ar", "400 ميغاواط", "400", "MW"),
        ("zh", "1.2万个机柜", "12000", "racks"),
        ("zh", "900个监控摄像头", "900", "cameras"),
        ("zh", "八所学校", "8", "schools"),
        ("zh", "200公里", "200", "km"),
        ("zh", "210个车辆检测摄像头", "210", "cameras"),
        ("zh", "180名", "180", "persons"),
        ("zh", "450兆瓦", "450", "MW"),
        ("zh", "3000盏太阳能路灯", "3000", "street lights"),
        ("en", "Two drive-through cargo scanners", "2", "scanners"),
        ("fr", "30 000 m3", "30000", "m3"),
        ("en", "5,600 m²", "5600", "m2"),
        ("zh", "500千伏", "500", "kV"),
        ("zh", "3万千瓦", "30", "MW"),
        ("zh", "120个智能路灯杆", "120", "smart poles"),
        ("zh", "2000余辆", "2000", "vehicles"),
        ("zh", "900台智能POS终端", "900", "terminals"),
        ("en", "forty customs officers", "40", "persons"),
        ("en", "12 school buildings", "12", "buildings"),
        ("en", "300-bed", "300", "beds"),
        ("en", "160 km/h", "160", "km/h"),
        ("fr", "8 000 étudiants", "8000", "persons"),
        ("ru", "112 перекрёстков", "112", "junctions"),
        ("ar", "120 ألف طن", "120000", "tonnes"),
    ],
)
def test_formats(language: str, text: str, value: str, unit: str):
    """A number with what it counts is one span with value and unit."""
    assert sizes(text, language) == [(text, value, unit)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "2019 students came"),
        ("en", "one school"),
        ("en", "1 bridge"),
        ("en", "the Nam Mang 3 Hydropower Station"),
        ("en", "four-tier national data centre"),
        ("en", "CR20 stations"),
        ("en", "4K cameras"),
        ("en", "5 of its many, cameras"),
        ("en", "5 in the schools"),
        ("en", "5 very old broken wooden schools"),
        ("en", "no.5 schools"),
        ("zh", "2号机组"),
        ("zh", "三年级学生"),
        ("zh", "八台"),
        ("zh", "八台，学校"),
        ("zh", "五a"),
    ],
)
def test_what_counts_nothing(language: str, text: str):
    """Years, ordinals, names and numbers too far from a unit are no quantities."""
    assert sizes(text, language) == []


def test_a_sum_is_no_quantity():
    """The number of a sum does not count what follows it."""
    assert sizes("$5 million schools") == []


@pytest.mark.parametrize(
    ("language", "text", "unit"),
    [
        ("en", "120,000 tonnes of steel a year", "t/year"),
        ("en", "with an annual capacity of 120,000 tonnes", "t/year"),
        ("es", "194.000 toneladas de laminados al año", "t/year"),
        ("fr", "50 000 mètres cubes par jour", "m3/day"),
        ("pt", "3,5 milhões de passageiros por ano", "passengers/year"),
        ("ru", "6 тысяч тонн в год", "t/year"),
        ("zh", "年产47.2万吨", "t/year"),
        ("zh", "设计时速160公里", "km/h"),
        ("ar", "مليون متر مكعب يوميا", "m3/day"),
        ("en", "120,000 tonnes. Each year rain falls", "tonnes"),
        ("en", "800 km a year", "km"),
    ],
)
def test_a_quantity_for_a_time(language: str, text: str, unit: str):
    """What flows or is made is told with the time that its clause names; lengths are not."""
    assert [size[2] for size in sizes(text, language)] == [unit]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The site lies 40 km north of the capital"),
        ("en", "The site is 40 km from the capital"),
        ("fr", "à 40 km de Bamako"),
        ("es", "a 40 kilómetros de Quito"),
        ("ru", "в 40 км от Душанбе"),
        ("zh", "距首都40公里"),
        ("zh", "首都以南63公里"),
        ("ar", "على بعد 40 كيلومترا"),
    ],
)
def test_a_distance_is_no_length(language: str, text: str):
    """How far off a place is says nothing of the project's size."""
    assert sizes(text, language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The line runs 40 km from Ota to Ibadan"),
        ("en", "It will lay 40 km of cable"),
        ("es", "de 20 a 40 kilómetros"),
        ("ru", "40 км от Оша до Узгена"),
    ],
)
def test_a_length_beside_such_words(language: str, text: str):
    """A length that is told with its two ends, or as a range, is one."""
    assert ("km" in [size[2] for size in sizes(text, language)]) is True


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "1,050 cameras, 210 of them with face recognition"),
        ("es", "1.050 cámaras, 210 de ellas con reconocimiento facial"),
        ("pt", "420 câmeras, 60 delas com reconhecimento facial"),
        ("ru", "620 камер, 90 из них новые"),
    ],
)
def test_a_share(language: str, text: str):
    """A number of the items told before takes their unit."""
    assert [size[2] for size in sizes(text, language)] == ["cameras", "cameras"]


def test_a_share_of_nothing():
    """More than what was told before is no share of it, nor is what is told far from it."""
    assert [size[1] for size in sizes("20 cameras, 210 of them")] == ["20"]
    assert [size[1] for size in sizes("900 cameras. " + "Rain fell. " * 20 + "210 of them")] == ["900"]


def test_few_people_are_no_size():
    """Three people are a scene, thirty a size."""
    assert sizes("three people") == []
    assert sizes("thirty people") == [("thirty people", "30", "persons")]


def test_no_rule_names_a_unit_that_nothing_is_counted_in():
    """Measures, units for a time and the kinds of units are all of units that a text can tell."""
    wording = shipped_wording()
    known = {form.currency for form in wording.units}
    kinds = {word.text for word in wording.pattern_words if word.role is PatternRole.UNIT_KIND}
    rated = {word.text for word in wording.pattern_words if word.role is PatternRole.RATED}
    told = UnitKinds(wording.pattern_words)
    assert (told.measures | told.vague | rated | kinds) - known == set()


@pytest.mark.parametrize(
    ("language", "text", "value", "unit"),
    [
        ("en", "84 intersections", "84", "junctions"),
        ("fr", "42 carrefours", "42", "junctions"),
        ("es", "1.150 módulos fotovoltaicos", "1150", "solar modules"),
        ("pt", "620 habitações", "620", "homes"),
        ("zh", "5600块光伏组件", "5600", "solar modules"),
        ("ru", "1 400 квартир", "1400", "apartments"),
        ("ar", "35 سيارة إسعاف", "35", "ambulances"),
        ("en", "300 ultrasound machines", "300", "ultrasound scanners"),
        ("fr", "seize échographes", "16", "ultrasound scanners"),
        ("ru", "12 томографов", "12", "CT scanners"),
        ("es", "750 usuarios", "750", "users"),
        ("pt", "90 câmaras municipais", "90", "town halls"),
        ("en", "800 interactive flat panels", "800", "smart boards"),
        ("zh", "3200根管桩", "3200", "piles"),
        ("en", "five launch pads", "5", "launch pads"),
        ("ar", "ثمانية مستودعات", "8", "warehouses"),
        ("ru", "60 биометрических терминалов", "60", "fingerprint readers"),
        ("fr", "2 500 emplois", "2500", "jobs"),
        ("en", "forty forecasters", "40", "persons"),
        ("en", "92,000 single-phase meters", "92000", "meters"),
        ("en", "60,000 meters", "60000", "meters"),
        ("en", "400 meters", "400", "m"),
        ("zh", "五十万千瓦", "500", "MW"),
        ("pt", "26 bairros", "26", "neighbourhoods"),
    ],
)
def test_the_unit_is_what_the_text_calls_it(language: str, text: str, value: str, unit: str):
    """What two words tell apart has two units: homes and apartments, subscribers and users, bridges and viaducts."""
    assert sizes(text, language) == [(text, value, unit)]


@pytest.mark.parametrize(
    ("language", "text", "unit"),
    [
        ("es", "un edificio de 12 plantas", "storeys"),
        ("es", "la torre tendrá ocho plantas", "storeys"),
        ("es", "doce plantas de oficinas", "storeys"),
        ("es", "tres plantas de tratamiento", "plants"),
        ("es", "el hospital recibió dos plantas de oxígeno", "plants"),
        ("es", "montará cinco plantas en el norte", "plants"),
    ],
)
def test_a_word_for_two_things(language: str, text: str, unit: str):
    """Plantas are storeys beside a building, else plants."""
    assert [size[2] for size in sizes(text, language)] == [unit]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "at 2,400 metres above sea level"),
        ("fr", "2 400 mètres d'altitude"),
        ("es", "a 2.400 metros sobre el nivel del mar"),
        ("pt", "2.400 metros de altitude"),
        ("zh", "海拔2400米"),
        ("ru", "2 400 метров над уровнем моря"),
        ("ar", "2400 متر فوق سطح البحر"),
    ],
)
def test_an_altitude_is_no_length(language: str, text: str):
    """How high a place lies says nothing of the project's size."""
    assert sizes(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "value", "unit"),
    [
        ("en", "4,200 electronic seals", "4200", "seals"),
        ("fr", "sept salles d'audience", "7", "courtrooms"),
        ("es", "30 lectores de tarjetas", "30", "readers"),
        ("pt", "14 creches", "14", "kindergartens"),
        ("zh", "25座微波塔", "25", "towers"),
        ("zh", "6套车道式检查设备", "6", "scanners"),
        ("ru", "18 эстакад", "18", "viaducts"),
        ("ar", "تسعة مبان", "9", "buildings"),
        ("fr", "cent manœuvres", "100", "persons"),
        ("en", "24 sirens", "24", "sirens"),
        ("fr", "22 coopératives", "22", "cooperatives"),
        ("es", "dos hangares", "2", "hangars"),
        ("pt", "40 colmeias", "40", "beehives"),
        ("zh", "24个警报器", "24", "sirens"),
        ("ru", "22 кооператива", "22", "cooperatives"),
        ("ar", "90 عمودا", "90", "poles"),
        ("es", "90 mil bombas al año", "90000", "pumps/year"),
    ],
)
def test_rarer_things(language: str, text: str, value: str, unit: str):
    """What is counted more seldom has its unit, too."""
    assert [size[1:] for size in sizes(text, language)] == [(value, unit)]


def test_since_is_no_hectare():
    """Portuguese há is since, whatever number stands before it."""
    assert sizes("Desde 2008 há arroz", "pt") == []
    assert sizes("30 ha de arroz", "pt") == [("30 ha", "30", "hectares")]


def test_all_of_which_some_are_reported():
    """The number of all takes the noun of its part, though a verb follows it."""
    read = sizes("Six racks out of twenty had been restarted")
    assert [size[1:] for size in read] == [("6", "racks"), ("20", "racks")]
