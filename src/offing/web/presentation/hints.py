"""How the values of a field are typed, as shown in its form."""

HINTS = {
    "countries": "Kenya; Uganda",
    "firms": "Huawei:contractor; ZTE:supplier",
    "lenders": "China Exim Bank; ICBC",
    "amounts": "85000000 EUR loan; 3.5 million USD grant",
    "terms": "interest 2 percent; maturity 20 years; grace 5 years",
    "quantities": "800 km; 900 cameras",
    "event_date": "2026, 2026-03, 2026-W11 or 2026-03-12",
    "counterparts": "Ministry of ICT; Konza Technopolis",
    "places": "Konza; Nairobi",
    "concerns": "debt-finance; procurement:no tender",
    "events": "incident:offline for days",
}
