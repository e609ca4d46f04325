"""Organisations by where they stand: joined to a Chinese firm ("UTEC y Huawei"), or abbreviated behind an article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from offing.model.mention import MentionKind
from offing.recognize.capitals import run_before, run_from
from offing.recognize.draft import Draft
from offing.recognize.spans import Span, Spans

_ARTICLE = r"(?:the |its |la |le |les |el |los |as |os |a |o |l['’]|al |à la |au )?"
_BEHIND = re.compile(rf",? (?:and|et|y|e|with|con|com|avec) {_ARTICLE}")
_BEFORE = re.compile(rf" (?:and|et|y|e|with|con|com|avec) {_ARTICLE}(?:firm |company |empresa |société |sociedade )?$")
_SHORTEST = 3
_REACH = 30
_WITH_ARTICLE = re.compile(
    r"(?<![\w’'-])(?:[Ll]a|[Ee]l|[Dd]el|[Aa]l|[Dd]e la|[Ll]e|[Dd]u|[Aa]u|[Ll]['’]|[Dd]e l['’]|[Àà] l['’]"
    r"|[Dd]a|[Dd]o|[Pp]ela|[Pp]elo|[Àà]|[Aa]o|[Nn]a|[Nn]o"
    r"|com a|com o|[Tt]he|by) ?(?P<name>[A-ZÀ-Þ]{3,8}(?:-[A-Z]{1,4})?)(?![\w’'-])"
)
# Abbreviations behind articles that are no organisation of a host country: bodies of many states, taxes, techniques.
_NO_BODIES = re.compile(
    r"BID|BEI|BAD|BCIE|CAF|FMI|IMF|ONU|OMS|WHO|OIT|OTAN|NATO|OCDE|OMC|WTO|UNESCO|UNICEF|PNUD|UNDP|FAO|USAID"
    r"|JICA|AFD|KFW|KOICA|GIZ|BADEA|OPEP|OPEC|BRICS|ASEAN|CEDEAO|ECOWAS|SADC|UEMOA|CEMAC|CEEAC|CPLP|OEA|CELAC"
    r"|UNASUR|IGAD|EAC|COMESA|PIB|GDP|TVA|IVA|VAT|TIC|TICS|ICT|GPS|LED|USB|PDF|SMS|PME|PYME|CEO|PDG|FCFA|USD|EUR"
    r"|XAF|XOF|RMB|COVID|SIDA|VIH|HIV|ADN|EPC|BOT|PPP|APP|BRI|BBC|CNN|AFP|EFE|RFI|EUA|USA|EEUU|URSS|RPC|PRC|ONG"
    r"|NGO|SAV|HTA|SIM|IPO|RFID|IOT|VSAT|OTN|SUV|CCTV|UHT|FRELIMO|RENAMO|MPLA|UNITA|PAIGC|FSLN|MAS|ANC|NDC|NPP"
    r"|PCC|CIA|FBI|NSA|UTC|GMT|ISO|CHU"
)


def beside_firms(draft: Draft) -> Iterator[Span]:
    """Names that "and" or "with" joins to a Chinese firm."""
    firms = draft.of(MentionKind.FIRM)
    taken = Spans((m.start, m.end) for m in draft.mentions if m.kind in _NAMED)
    for firm in firms:
        for span in (_behind(draft.text, firm.end), _before(draft.text, firm.start)):
            if span and span[1] - span[0] >= _SHORTEST and not taken.overlap(*span):
                yield span


def with_article(draft: Draft) -> Iterator[Span]:
    """Abbreviations behind an article, as organisations at home are called: "da EDM", "la UTEC"."""
    taken = Spans((m.start, m.end) for m in draft.mentions if m.kind in _NAMED)
    for found in _WITH_ARTICLE.finditer(draft.text):
        if not _NO_BODIES.fullmatch(found["name"]) and not taken.overlap(*found.span("name")):
            yield found.span("name")


def _behind(text: str, end: int) -> Span | None:
    link = _BEHIND.match(text, end)
    run = run_from(text, link.end()) if link else []
    return (run[0].start, run[-1].end) if run else None


def _before(text: str, start: int) -> Span | None:
    link = _BEFORE.search(text, max(0, start - _REACH), start)
    run = run_before(text, link.start()) if link else []
    return (run[0].start, run[-1].end) if run else None


_NAMED = frozenset(
    {
        *(MentionKind.FIRM, MentionKind.LENDER, MentionKind.COUNTRY, MentionKind.PLACE, MentionKind.CHINA),
        *(MentionKind.MONEY, MentionKind.DATE, MentionKind.QUANTITY),
    }
)
