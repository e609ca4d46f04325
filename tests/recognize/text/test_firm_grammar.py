"""Chinese firms and institutions that no list has, by the grammar of names and of what stands beside them."""

from __future__ import annotations

import pytest

from offing.recognize.text.pinyin import is_distinctive_pinyin, is_palladius, is_pinyin
from recognize.samples import article, found, shipped_recognizer, texts


def unlisted(text: str, language: str) -> list[str]:
    """The firms of a text that no list has, as written."""
    return [firm.text for firm in found(text, "firm", language) if firm.key is None]


@pytest.mark.parametrize("word", ["Haichuang", "Zhonghao", "Weihe", "Yulong", "Rongda"])
def test_pinyin(word: str):
    """A word of Chinese syllables is known as such."""
    assert is_pinyin(word)


@pytest.mark.parametrize("word", ["Kenya", "Uganda", "Nairobi", "Company", "Supcon", "Li"])
def test_what_is_no_pinyin(word: str):
    """Words with other syllables, or one alone, are none; nor do they tell that a name is Chinese."""
    assert not is_distinctive_pinyin(word)


def test_palladius():
    """Chinese syllables in Cyrillic are known where Russian has no such words."""
    assert all(map(is_palladius, ["Чжунсинь", "Тяньлу", "Хуавэй"]))
    assert not any(map(is_palladius, ["банка", "малина", "минута", "Ли", "Huawei"]))


@pytest.mark.parametrize(
    ("language", "text", "firms"),
    [
        ("en", "sold by Ningbo Haichuang Vision in May", ["Ningbo Haichuang Vision"]),
        ("en", "from Zhejiang Lanton Information for the city", ["Zhejiang Lanton Information"]),
        ("en", "China has Inner Mongolia Lanyun Digital Livestock", ["Inner Mongolia Lanyun Digital Livestock"]),
        ("en", "In China, Zhongkuang Lanjing Engineering won", ["Zhongkuang Lanjing Engineering"]),
        ("en", "Xinyan Lanton Vision (重庆新眼视觉) supplies", ["Xinyan Lanton Vision"]),
        ("en", "signed with Lanton Digital of Nanjing for land", ["Lanton Digital"]),
        ("en", "the Lanton Steel Group of China will build", ["Lanton Steel Group of China"]),
        ("en", "Hunan Lanjing Equipment and Engineering won", ["Hunan Lanjing Equipment and Engineering"]),
        ("en", "Hunan Lanjing Medical To Build Hospital In Accra", ["Hunan Lanjing Medical"]),
        ("en", "put in by Ningbo Lanhua Vision Technology for the Royal Police", ["Ningbo Lanhua Vision Technology"]),
        ("en", "ordered from Wuhan Lanjing Digital Health for Sh412 million", ["Wuhan Lanjing Digital Health"]),
        ("en", "Anhui Huangshan Road & Bridge initialled it", ["Anhui Huangshan Road & Bridge"]),
        ("en", "It was installed by China's Lanxing Electrical here", ["Lanxing Electrical"]),
        ("fr", "livré par Hunan Lanyi Médical Numérique", ["Hunan Lanyi Médical Numérique"]),
        (
            "fr",
            "remise par Henan Lanhao Conseil en Ingénierie, bureau de Zhengzhou, mardi",
            ["Henan Lanhao Conseil en Ingénierie"],
        ),
        ("es", "la Jiangxi Lanton Eléctrica ganó", ["Jiangxi Lanton Eléctrica"]),
    ],
)
def test_trade_names(language: str, text: str, firms: list[str]):
    """A Chinese place or pinyin makes a name Chinese, a trade or legal form makes it a firm's."""
    assert unlisted(text, language) == firms


@pytest.mark.parametrize(
    ("language", "text", "firms"),
    [
        ("en", "trucks from Lanwell, a Shanghai start-up, arrived", ["Lanwell"]),
        ("en", "SpaceLan Dongfang, a commercial satellite firm from Changchun, signed", ["SpaceLan Dongfang"]),
        ("en", "Lanwave Marine, headquartered in Qingdao, will dredge", ["Lanwave Marine"]),
        ("en", "Lanwave, of Shanghai, made the machines", ["Lanwave"]),
        ("en", "Lanjing, from the southern Chinese city of Zhuhai, delivered", ["Lanjing"]),
        ("en", "Shenzhen-based Lanwave won", ["Lanwave"]),
        ("en", "a company from Shenzhen called Lanwave", ["Lanwave"]),
        ("en", "a company from Shenzhen, “Lanwave”", ["Lanwave"]),
        ("en", "“Lanwave”, a maker from Hefei, won", ["Lanwave"]),
        ("en", "Lanrail, a subsidiary of Huawei, builds", ["Lanrail"]),
        ("en", "Huawei's subsidiary Lanrail builds", ["Lanrail"]),
        ("en", "Lanwave, a Chinese-owned miner, left", ["Lanwave"]),
        ("en", "Lanmed Medical, part of China's health plan, sells", ["Lanmed Medical"]),
        ("es", "la empresa china Lanqi Puentes y CRBC ganan", ["Lanqi Puentes"]),
        ("fr", "à une société de Ningbo, Lanwave Vision, pour", ["Lanwave Vision"]),
        ("fr", "Le chinois Lanway équipera la caisse", ["Lanway"]),
        ("fr", "Le chinois Li Ming est venu", []),
        ("es", "la firma Lantong Redes, con sede en Hangzhou, instala", ["Lantong Redes"]),
        ("es", "Lanfeng Minerals, de capital chino, paró", ["Lanfeng Minerals"]),
        ("pt", "A chinesa Lanway entregará 40 autocarros", ["Lanway"]),
        ("pt", "da Lanway, uma empresa privada de Xiangyang, na China", ["Lanway"]),
        ("ru", "кабель — фуцзяньская Lanping Cable, а", ["Lanping Cable"]),
        ("ru", "отправлено шэньчжэньской «Ланьвэй» вчера", ["Ланьвэй"]),
        ("ru", "поставила китайская Lanping Information", ["Lanping Information"]),
        ("ru", "у фирмы «Ганьсу Ланьлу»", ["Ганьсу Ланьлу"]),
        ("ru", "Китай. Компания «Ланьчжунсинь» строит", ["Ланьчжунсинь"]),
        ("ru", "Агентство «Синьхуа» сообщило из Китая", []),
        ("ar", "فازت شركة «لانفيكول» الصينية بعقد", ["لانفيكول"]),
        ("ar", "قالت المجموعة الصينية «لانهاي للمواد» إن", ["لانهاي للمواد"]),
        ("ar", "نفذتها شركة «أنهوي لاني لتقنية المعلومات»", ["أنهوي لاني لتقنية المعلومات"]),
        ("ar", "شركة شاندونغ لانهاي للطاقة الكهربائية", ["شاندونغ لانهاي للطاقة الكهربائية"]),
        ("ar", "مدير شركة شاندونغ لانهاي للطاقة، اليوم", ["شاندونغ لانهاي للطاقة"]),
        ("ar", "شركة شاندونغ لانهاي للأنظمة الذكية الأسبوع الماضي", ["شاندونغ لانهاي للأنظمة الذكية"]),
        ("ar", "الصين ومؤسسة «كوسيدار»", []),
        ("zh", "中国企业海蓝信通科技与运营商签约", ["海蓝信通科技"]),
        ("en", "Lanyun Medical, the Chinese supplier, came", ["Lanyun Medical"]),
        ("en", "The Chinese-owned Great Lan Solar will", ["Great Lan Solar"]),
        ("en", "Hangzhou's Lancheng Metering won", ["Lancheng Metering"]),
        ("en", "between China's Lanhua and Zambia", ["Lanhua"]),
        ("en", "In China, Sinolantech Engineering left", ["Sinolantech Engineering"]),
        ("en", "built by Lanline (Shenzhen) for", ["Lanline"]),
        ("fr", "Les Chinois de Lanlong Pétrole partent", ["Lanlong Pétrole"]),
        ("fr", "L'entreprise Lanlu Travaux Publics, basée à Wuhan, a", ["Lanlu Travaux Publics"]),
        ("pt", "Uma empresa de Shenzhen, a Lanlan Biometria, imprime", ["Lanlan Biometria"]),
        ("ru", "строит «Ланьтай Лу Цяо» из провинции Хэнань", ["Ланьтай Лу Цяо"]),
        ("ru", "Завод строит ООО «Лань Цемент» с китайским капиталом", ["Лань Цемент"]),
        ("ar", "وردتها شركة لانيونفنغ ومقرها هانغتشو", ["لانيونفنغ"]),
        ("ar", "فازت الشركة الصينية لانكيلين للعدادات بالمناقصة", ["لانكيلين للعدادات"]),
        ("ar", "عملاق الاتصالات الصيني قال", []),
    ],
)
def test_firms_beside_their_place_or_owner(language: str, text: str, firms: list[str]):
    """A place in China, a Chinese owner or an adjective beside a name makes a firm of it."""
    assert unlisted(text, language) == firms


@pytest.mark.parametrize(
    "text",
    [
        "The Shanghai Cooperation Organisation met in Beijing Municipality",
        "the port of Shanghai and the Chamber of Commerce of Shanghai",
        "Guangdong Province and Hunan University of China's professor",
        "he said “the evolution of the market” in China",
        "Zhang Wei, of the Red Cross, came",
    ],
)
def test_places_bodies_and_sayings_are_no_firms(text: str):
    """A province, an organisation, a saying in quotes are none."""
    assert [name for name in unlisted(text, "en") if "University" not in name] == []


@pytest.mark.parametrize(
    ("language", "text", "bodies"),
    [
        (
            "en",
            "Nurses from Lanjing Medical University of Shanghai trained",
            ["Lanjing Medical University of Shanghai"],
        ),
        ("en", "the Yunnan Provincial Institute of Lan Sciences gave", ["Yunnan Provincial Institute of Lan Sciences"]),
        ("en", "a professor at the Hunan Lan University said", []),
        ("en", "the Shanghai-based Lan University", ["Lan University"]),
        ("en", "the China-Uganda Friendship Hospital", []),
        ("en", "the Chinese Institute", ["Chinese Institute"]),
        ("fr", "le Premier Hôpital de l'université de Lanzhou ouvre", ["Premier Hôpital de l'université de Lanzhou"]),
        ("fr", "L'Université de Nanning et l'Institut chinois ouvrent", ["Université de Nanning"]),
        ("fr", "l'hôpital chinois ouvre", []),
        ("pt", "um instituto público de Xangai", []),
        ("es", "La Universidad de Lan de Shandong enviará", ["Universidad de Lan de Shandong"]),
        ("ru", "Уханьский железнодорожный колледж учит", ["Уханьский железнодорожный колледж"]),
        ("ru", "при участии Первой больницы Ухани", ["Первой больницы Ухани"]),
        ("ar", "وقعت جامعة نينغبو مذكرة", ["جامعة نينغبو"]),
        ("zh", "长沙蓝晶职业技术学院教师", ["长沙蓝晶职业技术学院"]),
        ("zh", "长沙蓝晶学院教授说", []),
        ("zh", "海南友谊医院", []),
    ],
)
def test_institutions(language: str, text: str, bodies: list[str]):
    """Chinese universities and hospitals take part; those where somebody works, and the host's own, don't."""
    assert unlisted(text, language) == bodies


def shipped(text: str, kind: str = "firm") -> list[str | None]:
    """The keys of what the shipped lexicon finds."""
    return [m.key for m in shipped_recognizer().recognize(article(text)) if m.kind == kind]


def test_the_employer_of_a_quoted_person_is_no_party():
    """A listed university counts where it takes part, not where a professor works."""
    assert shipped("Tsinghua University trains engineers in China") == ["tsinghua"]
    assert shipped("a professor at Tsinghua University in China said") == []


def test_a_short_name_in_brackets_that_is_listed_names_the_entity():
    """A long form that no list has is the firm whose abbreviation stands behind it."""
    assert set(shipped("Lanjing Bridge Group of China (CRBC) builds in Kenya; Chinese")) == {"crbc"}


def test_a_place_behind_a_listed_name_is_its_unit():
    """TBEA Xinjiang New Energy is TBEA, not a firm of Xinjiang."""
    assert shipped("TBEA Xinjiang New Energy won in China") == ["tbea"]


@pytest.mark.parametrize(
    ("language", "text", "lenders"),
    [
        ("fr", "La province du Gansu offre les équipements", ["province du Gansu"]),
        ("en", "paid by the Hubei provincial government", ["Hubei provincial government"]),
        ("ru", "платит провинция Хубэй", ["провинция Хубэй"]),
        ("zh", "由甘肃省赠送", ["甘肃省"]),
        ("en", "Hubei province is large", []),
    ],
)
def test_provinces_that_give(language: str, text: str, lenders: list[str]):
    """A Chinese province is a lender that no list has where it gives or pays."""
    assert texts(text, "lender", language) == lenders


@pytest.mark.parametrize(
    ("language", "text", "firms"),
    [
        ("en", "Fuzhou's Ruichuan Education equips schools", ["Ruichuan Education"]),
        (
            "en",
            "the contract with Jiangxi Hydro and Civil Engineering Company",
            ["Jiangxi Hydro and Civil Engineering Company"],
        ),
        ("en", "the builder Ningbo Dongfang Meter left", ["Ningbo Dongfang Meter"]),
        ("en", "wells by Hebei No. 3 Geological Brigade ran dry", ["Hebei No. 3 Geological Brigade"]),
        ("en", "Wuhan Lanjing e-Ticketing Software won", ["Wuhan Lanjing e-Ticketing Software"]),
        ("en", "Sichuan Provincial People's Hospital sends nurses", ["Sichuan Provincial People's Hospital"]),
        ("en", "Beijing's Belt and Road Commerce", []),
        ("fr", "le premier hôpital de Kunming formera", ["premier hôpital de Kunming"]),
        ("es", "El Instituto de Geología de Guangxi trabajará en Perú con China", ["Instituto de Geología de Guangxi"]),
        ("es", "la empresa Ningbo Haitian Medidores ganó", ["Ningbo Haitian Medidores"]),
        ("pt", "o Hospital n.º 3 de Changsha envia médicos", ["Hospital n.º 3 de Changsha"]),
        ("zh", "承包商南通六建撤离。", ["南通六建"]),
        ("zh", "与江西瑞达超声签署合同", ["江西瑞达超声"]),
        ("zh", "河北地矿局第三地质大队打井", ["河北地矿局第三地质大队"]),
    ],
)
def test_further_names(language: str, text: str, firms: list[str]):
    """Places that own a firm, trades of all kinds, numbers in names, and provincial bodies."""
    assert unlisted(text, language) == firms


def test_a_bank_is_no_firm_besides():
    """China Merchants Bank does not name China Merchants."""
    assert shipped("China Merchants Bank lends to Kenya") == []


def test_another_firm_of_the_same_place_is_not_the_listed_one():
    """What a listed place and word go on with is a name of its own."""
    assert shipped("Shandong Luneng Tower Cranes Engineering works in China") == [None]
