"""The texts of the codebook: one for each rule of docs/codebook.md, with what the rule wants of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """A text, and the firms, lenders and countries that the rule wants of it; `queued` None where it says nothing."""

    title: str
    lead: str
    firms: tuple[str, ...] = ()
    lenders: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    queued: bool | None = True


def signed(country: str, body: str, with_whom: str, what: str) -> str:
    """A sentence about a contract."""
    return f"{country}'s {body} signed a contract with {with_whom} on Monday to {what}."


CASES = {
    "mainland-state": Case(
        "Kenya signs road contract with CRBC",
        signed("Kenya", "roads authority", "China Road and Bridge Corporation (CRBC)", "build a highway at Naivasha"),
        firms=("crbc",),
        countries=("KEN",),
    ),
    "mainland-private": Case(
        "Zambia buys cameras",
        signed("Zambia", "interior ministry", "Hikvision", "supply 300 cameras in Lusaka"),
        firms=("hikvision",),
        countries=("ZMB",),
    ),
    "unlisted": Case(
        "Zambia picks Chinese firm for cameras",
        signed(
            "Zambia",
            "interior ministry",
            "Hangzhou Lanjing Optics Technology, a Chinese company,",
            "supply 300 cameras in Lusaka",
        ),
        firms=("Hangzhou Lanjing Optics Technology",),
        countries=("ZMB",),
    ),
    "public-body": Case(
        "Ground station in Kiruna opens",
        "The Chinese Academy of Sciences has built a remote-sensing ground station in Kiruna, Sweden.",
        firms=("chinese-academy-of-sciences",),
        countries=("SWE",),
    ),
    "listed-in-hong-kong": Case(
        "Egypt opens digital classrooms",
        signed("Egypt", "education ministry", "the Hong Kong-listed NetDragon", "build 200 classrooms in Cairo"),
        firms=("netdragon",),
        countries=("EGY",),
    ),
    "controlled-abroad": Case(
        "CPFL builds solar park",
        "CPFL Energia signed a contract on Monday to build a solar park in Bahia, Brazil, for 300 million reais.",
        firms=("cpfl",),
        countries=("BRA",),
    ),
    "controlled-in-hong-kong": Case(
        "Togo expands terminal",
        signed("Togo", "government", "China Merchants Port", "expand the container terminal of Lomé"),
        firms=("cmport",),
        countries=("TGO",),
    ),
    "control-told-by-the-text": Case(
        "Ghana picks operator for port",
        signed(
            "Ghana",
            "ports authority",
            "Sunrise Harbour Holdings of Hong Kong, which the Chinese state firm China Merchants controls,",
            "expand the terminal of Tema",
        ),
        firms=("china-merchants",),
        countries=("GHA",),
    ),
    "subsidiary": Case(
        "Zong extends its network in Pakistan",
        "CMPak signed a contract on Monday to build 300 towers for its 4G network in Balochistan, Pakistan.",
        firms=("cmpak",),
        countries=("PAK",),
    ),
    "local-name": Case(
        "Kenya signs for data centre",
        signed("Kenya", "ICT Authority", "Huawei Technologies Kenya Ltd", "build a data centre at Konza"),
        firms=("huawei",),
        countries=("KEN",),
    ),
    "branch": Case(
        "Kribi gets another quay",
        "The Cameroon branch of China Harbour Engineering Company signed a contract on Monday to build a quay.",
        firms=("chec",),
        countries=("CMR",),
    ),
    "joint-venture": Case(
        "Mozambique signs for towers",
        signed("Mozambique", "government", "Torres Unidas, in which China Tower holds 10 percent,", "build 200 towers"),
        firms=("china-tower",),
        countries=("MOZ",),
    ),
    "joint-venture-partner": Case(
        "Joint venture to build data centre in Angola",
        "A joint venture of Inspur and the Angolan firm Multitel signed a contract with Angola's government on Monday "
        "to build a data centre in Luanda.",
        firms=("inspur",),
        countries=("AGO",),
    ),
    "joint-venture-listed": Case(
        "KCIC begins line to Surabaya",
        "Kereta Cepat Indonesia China (KCIC) has begun construction of a high-speed line to Surabaya, Indonesia, "
        "the transport ministry said.",
        firms=("crec",),
        countries=("IDN",),
    ),
    "hong-kong-firm": Case(
        "Panama renews concession of ports",
        "Panama's maritime authority renewed the concession of the Hong Kong company CK Hutchison on Monday for the "
        "ports of Balboa and Cristobal. China welcomed the decision.",
        countries=("PAN",),
        queued=None,
    ),
    "taiwan-firm": Case(
        "Paraguay picks Foxconn",
        signed("Paraguay", "government", "the Taiwanese company Foxconn", "build a bus plant in Asunción")
        + " China protested against the deal.",
        countries=("PRY",),
        queued=False,
    ),
    "open": Case(
        "Zimbabwe picks provider for biometric database",
        signed("Zimbabwe", "government", "an undisclosed private provider", "build a biometric database")
        + " Officials had visited China before.",
        countries=("ZWE",),
        queued=None,
    ),
    "open-beside-another": Case(
        "Zimbabwe picks provider for biometric database",
        "Zimbabwe's government picked an undisclosed private provider on Monday for a biometric database. The Chinese "
        "CloudWalk worked on the facial database before.",
        countries=("ZWE",),
        queued=None,
    ),
    "policy-bank": Case(
        "Senegal gets loan for data centre",
        "China Eximbank signed a loan of 70 million euros with Senegal on Monday for the national data centre in "
        "Diamniadio, which Huawei builds.",
        firms=("huawei",),
        lenders=("china-eximbank",),
        countries=("SEN",),
    ),
    "commercial-bank": Case(
        "Angola borrows for power plant",
        "ICBC signed a loan of $500 million with Angola's government on Monday for a power plant at Soyo, built by "
        "China Machinery Engineering Corporation.",
        firms=("cmec",),
        lenders=("icbc",),
        countries=("AGO",),
    ),
    "bank-abroad": Case(
        "Zambia borrows for solar plant",
        "Bank of China Zambia signed a loan of $40 million with Zambia's government on Monday for a solar plant in "
        "Kabwe, built by PowerChina.",
        firms=("powerchina",),
        lenders=("boc-zambia",),
        countries=("ZMB",),
    ),
    "insurer": Case(
        "Benin signs for road",
        "Sinosure insures the loan of $200 million that Benin signed on Monday for a road from Cotonou, built by "
        "China Railway Group.",
        firms=("crec",),
        lenders=("sinosure",),
        countries=("BEN",),
    ),
    "government": Case(
        "Uganda gets video conferencing",
        "The Chinese government donated video conferencing systems worth $2 million to Uganda's health ministry on "
        "Monday; Huawei supplied them.",
        firms=("huawei",),
        lenders=("china-government",),
        countries=("UGA",),
    ),
    "province": Case(
        "Uganda receives buses from Yantai",
        "Uganda received 20 buses on Monday for the schools of Gulu, a gift from the municipality of Yantai in "
        "China; Yutong built them.",
        firms=("yutong",),
        lenders=("municipality of Yantai",),
        countries=("UGA",),
    ),
    "bank-of-hong-kong": Case(
        "Kenya borrows for road",
        "The Bank of East Asia of Hong Kong signed a loan of $100 million with Kenya on Monday for a road near Nairobi "
        "that China Wu Yi builds.",
        firms=("china-wuyi",),
        countries=("KEN",),
    ),
    "aiib": Case(
        "AIIB lends for broadband in Bangladesh",
        "The Asian Infrastructure Investment Bank approved a loan of $165 million on Monday for a broadband network in "
        "Bangladesh that ZTE will build under a signed contract.",
        firms=("zte",),
        countries=("BGD",),
    ),
    "ndb": Case(
        "NDB lends to Egypt",
        "The New Development Bank approved a loan of $150 million on Monday for a water plant in Egypt that China "
        "State Construction Engineering Corporation builds under a signed contract.",
        firms=("cscec",),
        countries=("EGY",),
    ),
    "aiib-alone": Case(
        "AIIB lends to Kenya",
        "The Asian Infrastructure Investment Bank signed a loan of $165 million with Kenya on Monday for a road from "
        "Nairobi; a Spanish contractor will build it.",
        countries=("KEN",),
        queued=False,
    ),
    "other-multilateral": Case(
        "CDB lends to Belize",
        "The Caribbean Development Bank (CDB) approved a loan of $20 million for a road in Belmopan, Belize, "
        "that China Harbour Engineering Company will build under a signed contract.",
        firms=("chec",),
        countries=("BLZ",),
    ),
    "mainland-site": Case(
        "Guizhou picks Huawei",
        "Guizhou province signed a contract with Huawei on Monday to build a data centre in Guiyang.",
        firms=("huawei",),
        queued=False,
    ),
    "hong-kong-site": Case(
        "Hong Kong police buy cameras",
        "The Hong Kong police signed a contract with Hikvision on Monday to supply 2,000 cameras in Kowloon.",
        firms=("hikvision",),
        queued=False,
    ),
    "macao-site": Case(
        "Macau picks Alibaba Cloud",
        "The government of Macao signed a contract with Alibaba Cloud on Monday to build a data centre in Taipa.",
        firms=("alibaba-cloud",),
        queued=False,
    ),
    "taiwan-site": Case(
        "Taichung opens data centre",
        "Taichung city in Taiwan signed a contract with Inspur on Monday to build a data centre for $20 million.",
        firms=("inspur",),
        queued=None,
    ),
    "taiwan-site-queue": Case(
        "Taipei picks Huawei",
        "Taipei city signed a contract with Huawei on Monday to build a smart city platform.",
        firms=("huawei",),
        queued=False,
    ),
}
